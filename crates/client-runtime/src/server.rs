//! Where calls may go, and credentials with them.

use reqwest::{Request, Url};

use crate::credential::Ready;
use crate::inner::Shared;
use crate::origin;

/// A server that the document names for some operations, beside the base URL.
#[derive(Debug)]
pub(crate) struct Server {
    /// As the document has it.
    pub(crate) documented: &'static str,
    /// Whether the manifest names its origin as one that credentials go to.
    pub(crate) takes_credentials: bool,
    /// The URL and its text without a slash at the end, or why there is none.
    pub(crate) url: Result<(Url, String), String>,
}

impl Server {
    fn has_origin_of(&self, url: &Url) -> bool {
        self.url
            .as_ref()
            .is_ok_and(|(own, _)| origin::same(own, url))
    }
}

impl Shared {
    /// Whether a call may go to this URL: it has the origin of the base URL or of an operation's server.
    pub(crate) fn may_call(&self, url: &Url) -> bool {
        origin::same(&self.base_url, url)
            || self.servers.iter().any(|server| server.has_origin_of(url))
    }

    /// Whether credentials go to this URL: it has the origin of the base URL, or of a server that the manifest names.
    pub(crate) fn takes_credentials(&self, url: &Url) -> bool {
        let named = |server: &Server| server.takes_credentials && server.has_origin_of(url);
        origin::same(&self.base_url, url) || self.servers.iter().any(named)
    }

    /// Adds credentials to a request that may have them.
    pub(crate) fn add_credentials(&self, ready: &Ready, request: &mut Request) {
        if self.takes_credentials(request.url()) {
            for credential in &ready.credentials {
                credential.apply(request);
            }
        }
    }
}
