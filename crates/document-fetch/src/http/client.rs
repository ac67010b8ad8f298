//! A document by its URL: attempts and redirects.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Url};

use super::body::Budget;
use super::exchange::{Exchange, Received, ask};
use super::failure::{Failure, Kind};
use super::host::Queue;
use super::time_left::TimeLeft;
use super::url;
use crate::options::Limits;

/// Who asks: the program, its version and where to read about it.
const USER_AGENT: &str = concat!(
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// Asks for documents, for a whole run.
#[derive(Debug)]
pub(crate) struct Client {
    /// Made when it is needed: reading the certificates of the system takes a while.
    remote: OnceLock<reqwest::Client>,
    /// Without the proxies of the environment, which know nothing of this machine, and without certificates.
    local: reqwest::Client,
    limits: Limits,
    queue: Queue,
    budget: Budget,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a Url,
    /// The entity tag of what is there; without one the whole document is asked for. It is said at this URL alone: elsewhere it
    /// would be another resource's (RFC 9110 §8.8.3).
    pub(crate) etag: Option<&'a str>,
    /// The origins that redirects may lead to.
    pub(crate) origins: &'a BTreeSet<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What it is now; None if that is what the entity tag is of.
    pub(crate) found: Option<Received>,
    /// Where that was, after all redirects.
    pub(crate) at: Url,
    /// Where it is now, if the server says that it will stay there.
    pub(crate) moved_to: Option<Url>,
}

impl Client {
    pub(crate) fn new(limits: &Limits) -> reqwest::Result<Self> {
        let none = std::iter::empty();
        let local = builder(limits).no_proxy().tls_certs_only(none);
        Ok(Self {
            remote: OnceLock::new(),
            local: local.build()?,
            queue: Queue::new(limits.at_once, limits.per_host),
            budget: Budget::new(limits.together),
            limits: limits.clone(),
        })
    }

    pub(super) fn http(&self, target: &Url) -> Result<&reqwest::Client, Failure> {
        if url::is_local(target) {
            return Ok(&self.local);
        }
        if let Some(made) = self.remote.get() {
            return Ok(made);
        }
        let made = builder(&self.limits).build().map_err(Failure::of_request)?;
        Ok(self.remote.get_or_init(|| made))
    }

    pub(super) fn queue(&self) -> &Queue {
        &self.queue
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Says that a document of so many bytes is no longer kept.
    pub(crate) fn dropped(&self, bytes: usize) {
        self.budget.give(bytes);
    }

    /// Asks until there is an answer, or no use in asking again.
    pub(crate) async fn get(&self, asked: Ask<'_>) -> Result<Answer, Failure> {
        let mut waits = ExponentialBuilder::new()
            .with_min_delay(self.limits.first_wait)
            .with_max_delay(self.limits.longest_wait)
            .with_max_times(self.limits.attempts.saturating_sub(1))
            .with_jitter()
            .build();
        let left = TimeLeft::new(self.limits.per_document);
        let mut attempts = 1;
        loop {
            let failure = match self.attempt(asked, &left).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if !failure.may_pass {
                return Err(failure);
            }
            if let Some(wait) = failure.wait.filter(|wait| *wait > self.limits.longest_wait) {
                return Err(asks_for_too_long(&failure, wait));
            }
            let Some(wait) = waits.next() else {
                return Err(after(failure, attempts));
            };
            let wait = failure.wait.unwrap_or_default().max(wait);
            if !left.take(wait) {
                return Err(after(failure, attempts));
            }
            tokio::time::sleep(wait).await;
            attempts += 1;
        }
    }

    /// One attempt, along its redirects.
    async fn attempt(&self, asked: Ask<'_>, left: &TimeLeft) -> Result<Answer, Failure> {
        let mut target = asked.url.clone();
        let mut seen = vec![target.clone()];
        // Where it is for good: only as long as every step of the way is.
        let mut moved_to = None;
        let mut is_permanent = true;
        loop {
            let is_first = target == *asked.url;
            let etag = asked.etag.filter(|_| is_first);
            let exchange = ask(self, &target, etag, &self.budget, left).await?;
            let (to, permanent) = match exchange {
                Exchange::NotModified => {
                    return Ok(Answer {
                        found: None,
                        at: target,
                        moved_to,
                    });
                }
                Exchange::Document(received) => {
                    // That of another URL would be sent to this one the next time.
                    let etag = received.etag.filter(|_| is_first);
                    return Ok(Answer {
                        found: Some(Received { etag, ..received }),
                        at: target,
                        moved_to,
                    });
                }
                Exchange::Elsewhere { to, permanent } => (to, permanent),
            };
            let next = destination(&target, to.as_deref(), permanent, asked.origins)?;
            if seen.contains(&next) {
                let message = format!("is redirected in a circle, by way of {}", url::shown(&next));
                return Err(Failure::new(Kind::Redirect, message));
            }
            if seen.len() > self.limits.redirects {
                let message = format!("is redirected more than {} times", self.limits.redirects);
                return Err(Failure::new(Kind::Redirect, message));
            }
            is_permanent &= permanent;
            if is_permanent {
                moved_to = Some(next.clone());
            }
            seen.push(next.clone());
            target = next;
        }
    }
}

fn builder(limits: &Limits) -> ClientBuilder {
    ClientBuilder::new()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(limits.total)
}

/// Where a redirect leads, if that is a place that may be asked.
fn destination(
    from: &Url,
    to: Option<&str>,
    permanent: bool,
    origins: &BTreeSet<String>,
) -> Result<Url, Failure> {
    let wrong = |message: String| Failure::new(Kind::Redirect, message);
    let to = to.ok_or_else(|| wrong("is redirected without saying where to".to_owned()))?;
    let mut next = from
        .join(to)
        .map_err(|_| wrong("is redirected to something that is no URL".to_owned()))?;
    next.set_fragment(None);
    if url::may_be_asked(&next) && origins.contains(&url::origin(&next)) {
        return Ok(next);
    }
    let verb = match permanent {
        true => "has moved permanently to",
        false => "is redirected to",
    };
    let shown = url::shown(&next);
    Err(wrong(format!(
        "{verb} {shown}, which is not at a place that the manifest names for this API"
    )))
}

fn asks_for_too_long(failure: &Failure, wait: Duration) -> Failure {
    Failure {
        message: format!(
            "{} and asks to wait {} seconds, which is longer than this run does",
            failure.message,
            wait.as_secs()
        ),
        may_pass: false,
        ..failure.clone()
    }
}

fn after(failure: Failure, attempts: usize) -> Failure {
    if attempts < 2 {
        return failure;
    }
    Failure {
        message: format!("{} ({attempts} attempts)", failure.message),
        ..failure
    }
}
