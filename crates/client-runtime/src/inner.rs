//! What every call of a client shares.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use crate::config::MAX_RESPONSE_BYTES;
use crate::credential::Prepared;
use crate::secrets::Secrets;

/// What a generated client holds beside its HTTP client: credentials and limits. Made by [`Config::build`]; a clone is
/// a reference to the same value.
///
/// [`Config::build`]: crate::Config::build
#[derive(Clone)]
pub struct Inner(Arc<Shared>);

pub(crate) struct Shared {
    /// Credentials go to this URL's origin and nowhere else.
    pub(crate) base_url: Url,
    pub(crate) credentials: Vec<Prepared>,
    pub(crate) secrets: Secrets,
    /// The longest body of a success that is read, in bytes.
    pub(crate) max_response_bytes: usize,
    /// The time for a whole call, redirects included; `None` is no bound.
    pub(crate) timeout: Option<Duration>,
}

impl Inner {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &self.0.credentials)
            .field("max_response_bytes", &self.0.max_response_bytes)
            .finish()
    }
}

/// Which call a response belongs to. It travels in the response's extensions, because generated code hands a response
/// on without saying where it came from.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) inner: Inner,
    pub(crate) operation: &'static str,
}

/// Without a call no credential is in play: a request that is still being put together, or a response made up for a test.
static NO_SECRETS: Secrets = Secrets::none();

/// The longest body of a success that is read, in bytes.
pub(crate) fn max_response_bytes(call: Option<&Call>) -> usize {
    call.map_or(MAX_RESPONSE_BYTES, |call| {
        call.inner.shared().max_response_bytes
    })
}

/// What must not be shown in anything about this call.
pub(crate) fn secrets(call: Option<&Call>) -> &Secrets {
    call.map_or(&NO_SECRETS, |call| &call.inner.shared().secrets)
}
