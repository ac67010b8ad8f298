//! What every call of a client shares.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderName;

use crate::config::{MAX_RESPONSE_BYTES, StorageHttp};
use crate::credential::{Held, Ready};
use crate::deadline::Deadline;
use crate::error::{CallError, Report};
use crate::options::CallOptions;
use crate::retry::RetryPolicy;
use crate::secrets::Secrets;
use crate::server::Server;

/// What a generated client holds beside its HTTP client: credentials and limits. Made by [`Config::build`]; a clone is
/// a reference to the same value.
///
/// [`Config::build`]: crate::Config::build
#[derive(Clone)]
pub struct Inner {
    shared: Arc<Shared>,
    /// What this clone has of its own.
    options: CallOptions,
}

pub(crate) struct Shared {
    pub(crate) base_url: Url,
    /// Where else the calls of some operations go.
    pub(crate) servers: Vec<Server>,
    pub(crate) credentials: Held,
    /// The longest body of a success that is read, in bytes.
    pub(crate) max_response_bytes: usize,
    /// The time for a call, redirects and retries included, and for each piece of a body that is read in pieces; `None` is no bound.
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    /// The header field that keeps a call from being carried out twice, if the API has one.
    pub(crate) idempotency_key: Option<HeaderName>,
    /// For what goes to or comes from URLs outside of the API.
    pub(crate) storage_http: Arc<StorageHttp>,
}

impl Inner {
    pub(crate) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
            options: CallOptions::default(),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The same credentials and limits, with these options for calls; what they do not set stays as it is.
    #[must_use]
    pub fn with_options(&self, options: &CallOptions) -> Self {
        Self {
            shared: self.shared.clone(),
            options: options.or(&self.options),
        }
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.options.timeout_beside(self.shared.timeout)
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        self.options.own_retry().unwrap_or(&self.shared.retry)
    }

    /// Where the calls of an operation go that the document places at this server: a URL without a slash at its end.
    ///
    /// # Errors
    ///
    /// If the server is none that can be called.
    pub fn server_url(&self, documented: &str) -> Result<&str, CallError> {
        let server = self
            .shared
            .servers
            .iter()
            .find(|server| server.documented == documented);
        let problem = match server.map(|server| &server.url) {
            Some(Ok((_, text))) => return Ok(text),
            Some(Err(problem)) => problem,
            None => "the client does not know it",
        };
        Err(CallError::new(Report::invalid_request(format!(
            "the operation's server, `{documented}`, cannot be called: {problem} (the builder's server_url sets another)"
        ))))
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("base_url", &self.shared.base_url.as_str())
            .field("servers", &self.shared.servers)
            .field("credentials", &self.shared.credentials)
            .field("max_response_bytes", &self.shared.max_response_bytes)
            .field("timeout", &self.timeout())
            .field("retry", self.retry_policy())
            .finish()
    }
}

/// Which call a response belongs to. It travels in the response's extensions, because generated code hands a response
/// on without saying where it came from.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) inner: Inner,
    pub(crate) operation: &'static str,
    /// The path of the operation in the document.
    pub(crate) path: &'static str,
    pub(crate) deadline: Deadline,
    /// Those that the request was sent with.
    pub(crate) credentials: Arc<Ready>,
}

/// Without a call no credential is in play: a request that is still being put together, or a response made up for a test.
static NO_SECRETS: Secrets = Secrets::none();

/// The longest body of a success that is read, in bytes.
pub(crate) fn max_response_bytes(call: Option<&Call>) -> usize {
    call.map_or(MAX_RESPONSE_BYTES, |call| {
        call.inner.shared().max_response_bytes
    })
}

/// When the body of a response has to be there.
pub(crate) fn deadline(call: Option<&Call>) -> Deadline {
    call.map_or(Deadline::NONE, |call| call.deadline)
}

/// How long each piece of a body may take that is read in pieces.
pub(crate) fn timeout(call: Option<&Call>) -> Option<Duration> {
    call.and_then(|call| call.inner.timeout())
}

/// What must not be shown in anything about this call.
pub(crate) fn secrets(call: Option<&Call>) -> &Secrets {
    call.map_or(&NO_SECRETS, |call| &call.credentials.secrets)
}
