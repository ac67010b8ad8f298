//! Sending a transfer until there is an answer that the caller gets.

use std::fmt;
use std::slice;
use std::sync::Arc;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::{Body, Method, Request, Response, Url};
use tokio::time::sleep;

use super::address::{Rules, secrets_of};
use super::counted::Counted;
use super::progress::Listener;
use super::quiet::Quiet;
use crate::FilePart;
use crate::config::StorageHttp;
use crate::credential::Ready;
use crate::deadline::{Deadline, TimedOut};
use crate::error::{CallError, Error, Kind, Report};
use crate::inner::{Call, Inner};
use crate::operation::OperationInfo;
use crate::origin;
use crate::redirect::Answered;
use crate::retry::Attempts;
use crate::secrets::Secrets;
use crate::sending::{self, Watch};
use crate::spans::Span;

/// As many hops as reqwest follows by default.
const MAX_REDIRECTS: usize = 10;

/// What is sent, and where.
pub(super) struct Job {
    /// What errors call it.
    pub(super) operation: &'static str,
    pub(super) inner: Inner,
    pub(super) http: Arc<StorageHttp>,
    pub(super) method: Method,
    /// Why there is none never quotes it.
    pub(super) url: Result<Url, &'static str>,
    pub(super) headers: Result<HeaderMap, &'static str>,
    /// `None` for a download.
    pub(super) file: Option<FilePart>,
    pub(super) listener: Listener,
}

/// Neither the URL nor a header field, which may be signatures.
impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("method", &self.method)
            .field("file", &self.file)
            .field("listener", &self.listener)
            .finish_non_exhaustive()
    }
}

impl Job {
    pub(super) fn new(
        operation: &'static str,
        inner: &Inner,
        http: &Arc<StorageHttp>,
        method: Method,
        url: &str,
    ) -> Self {
        Self {
            operation,
            inner: inner.clone(),
            http: Arc::clone(http),
            method,
            url: Rules::of(&inner.shared().base_url).read(url),
            headers: Ok(HeaderMap::new()),
            file: None,
            listener: Listener::default(),
        }
    }

    /// The same with another URL.
    pub(super) fn set_url(&mut self, url: &str) {
        self.url = Rules::of(&self.inner.shared().base_url).read(url);
    }

    /// What must not be shown of its URL.
    pub(super) fn secrets(&self) -> Secrets {
        let url = self.url.as_ref();
        url.map_or_else(|_| Secrets::none(), |url| secrets_of(slice::from_ref(url)))
    }

    pub(super) fn add_header(&mut self, name: &str, value: &[u8]) {
        let Ok(headers) = &mut self.headers else {
            return;
        };
        match (HeaderName::try_from(name), HeaderValue::from_bytes(value)) {
            (Ok(name), Ok(value)) => {
                headers.append(name, value);
            }
            _ => self.headers = Err("a header field holds a character that HTTP does not allow"),
        }
    }

    /// The answer, which is a success.
    pub(super) async fn answer(&self) -> Result<Response, Error> {
        let info = OperationInfo::new(self.operation, "");
        let ready = Prepared::of(self).map_err(|problem| {
            Error::from_report(Report {
                operation: Some(self.operation),
                ..Report::invalid_request(problem)
            })
        })?;
        let span = Span::of(&ready.request(&ready.url), &info);
        let outcome = span.over(ready.attempts(&span)).await;
        let outcome = outcome.map_err(CallError::new);
        span.end(&outcome);
        let response = outcome?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(Error::from_response(response, &info).await)
        }
    }
}

/// A job of which nothing is wrong.
struct Prepared<'j> {
    job: &'j Job,
    client: &'j reqwest::Client,
    url: Url,
    headers: HeaderMap,
    quiet: Arc<Quiet>,
}

impl<'j> Prepared<'j> {
    fn of(job: &'j Job) -> Result<Self, String> {
        let url = job.url.clone()?;
        let mut headers = job.headers.clone()?;
        if headers.contains_key(TRANSFER_ENCODING) {
            return Err("`transfer-encoding` is not for the caller to choose".to_owned());
        }
        // A list of header fields that are signed may have it; it is stated once, by the body.
        if let Some(stated) = headers.remove(CONTENT_LENGTH) {
            let length = job.file.as_ref().map_or(0, FilePart::length).to_string();
            if stated.as_bytes() != length.as_bytes() {
                return Err(format!(
                    "its `content-length` is not {length}, which is the length in bytes of what is sent"
                ));
            }
        }
        let client = job.http.client(&url).map_err(|error| error.to_string())?;
        Ok(Self {
            job,
            client,
            url,
            headers,
            quiet: Arc::new(Quiet::of(job.inner.timeout())),
        })
    }

    /// Without a body.
    fn request(&self, url: &Url) -> Request {
        let mut request = Request::new(self.job.method.clone(), url.clone());
        // What a caller wrote for one place may be meant for nobody else.
        if origin::same(url, &self.url) {
            *request.headers_mut() = self.headers.clone();
        }
        request
    }

    fn call(&self, urls: &[Url]) -> Call {
        Call {
            inner: self.job.inner.clone(),
            operation: self.job.operation,
            path: "",
            deadline: Deadline::after(self.job.inner.timeout()),
            credentials: Arc::new(Ready::nothing_but(secrets_of(urls))),
        }
    }

    async fn attempts(&self, span: &Span) -> Result<Response, Report> {
        let mut attempts = Attempts::of(&self.request(&self.url), &self.job.inner, false);
        let is_once = self.job.file.as_ref().is_some_and(FilePart::is_stream);
        loop {
            span.attempt();
            let outcome = self.attempt().await;
            let wait = if is_once {
                None
            } else {
                attempts.wait(&outcome)
            };
            match wait.filter(|wait| self.quiet.leaves(*wait)) {
                Some(wait) => {
                    span.retry(&outcome, wait);
                    drop(outcome);
                    sleep(wait).await;
                }
                None => return outcome.map(|answered| answered.response),
            }
        }
    }

    /// Sends it once, and a download to where redirects lead.
    async fn attempt(&self) -> Result<Answered, Report> {
        let mut urls = vec![self.url.clone()];
        let rules = Rules::of(&self.job.inner.shared().base_url);
        let mut url = self.url.clone();
        loop {
            let call = self.call(&urls);
            let mut response = self.send(&url, &call).await.map_err(|report| Report {
                redirected: urls.len() > 1,
                ..report
            })?;
            let target = rules.redirected(&response);
            let may_follow = self.job.file.is_none() && urls.len() <= MAX_REDIRECTS;
            match target.filter(|_| may_follow) {
                Some(target) => {
                    urls.push(target.clone());
                    url = target;
                }
                None => {
                    response.extensions_mut().insert(call);
                    return Ok(Answered {
                        response,
                        repeated: None,
                    });
                }
            }
        }
    }

    async fn send(&self, url: &Url, call: &Call) -> Result<Response, Report> {
        let mut request = self.request(url);
        if let Some(file) = &self.job.file {
            let counted = Counted::new(file, self.job.listener.clone(), Arc::clone(&self.quiet));
            let counted = counted.map_err(|spent| Report {
                operation: Some(call.operation),
                ..Report::invalid_request(spent.to_string())
            })?;
            *request.body_mut() = Some(Body::wrap(counted));
            self.quiet.end();
        }
        let of_body = |error| Report::from_request_body(error, call);
        sending::state_empty(&mut request).await.map_err(of_body)?;
        let watch = Watch::over(&mut request);
        // A redirect may lead to this machine or away from it.
        let client = self.job.http.client(url).unwrap_or(self.client);
        let sent = self.quiet.keep(client.execute(request)).await;
        let answer = sent.map_err(|TimedOut| Report {
            operation: Some(call.operation),
            cause: Some(TimedOut.into()),
            ..Report::new(Kind::Transport)
        })?;
        let response = answer.map_err(|error| match watch.error() {
            Some(error) => of_body(error),
            None => Report::from_reqwest(error, Some(call)),
        })?;
        if self.job.file.is_some() {
            self.quiet.end();
        }
        Ok(response)
    }
}
