//! The HTTP clients of transfers, which know nothing of the client's credentials.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};

use super::http::{ChangeHttp, set_up, user_agent};
use super::{BuildError, Config};
use crate::origin;

/// What HTTP clients of transfers are made with, and those that were. They are not the client's own, because that may send header
/// fields and cookies with every request, and nobody can take them off again.
pub(crate) struct StorageHttp {
    user_agent: HeaderValue,
    connect_timeout: Option<Duration>,
    change: Option<ChangeHttp>,
    remote: OnceLock<Client>,
    /// What is meant for this machine must not go to the proxy that the environment names.
    local: OnceLock<Client>,
}

/// A client that was made shows header fields that it was told to send.
impl fmt::Debug for StorageHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StorageHttp")
            .field("connect_timeout", &self.connect_timeout)
            .field("change", &self.change)
            .finish_non_exhaustive()
    }
}

impl StorageHttp {
    pub(super) fn of(config: &Config) -> Result<Self, BuildError> {
        Ok(Self {
            user_agent: user_agent(config)?,
            connect_timeout: config.connect_timeout,
            change: None,
            remote: OnceLock::new(),
            local: OnceLock::new(),
        })
    }

    /// The same with a change, which is made before the rules of this crate.
    pub(crate) fn changed(
        &self,
        change: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self {
            user_agent: self.user_agent.clone(),
            connect_timeout: self.connect_timeout,
            change: Some(ChangeHttp(Arc::new(change))),
            remote: OnceLock::new(),
            local: OnceLock::new(),
        }
    }

    /// The client for this URL, made when it is needed first.
    ///
    /// # Errors
    ///
    /// If it cannot be set up.
    pub(crate) fn client(&self, url: &Url) -> Result<&Client, BuildError> {
        let is_local = origin::is_loopback(url);
        let place = if is_local { &self.local } else { &self.remote };
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let client = self.build(is_local)?;
        Ok(place.get_or_init(|| client))
    }

    fn build(&self, is_local: bool) -> Result<Client, BuildError> {
        let mut builder = Client::builder().user_agent(self.user_agent.clone());
        if is_local {
            builder = builder.no_proxy();
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(change) = &self.change {
            builder = (change.0)(builder);
        }
        // Bytes are kept as they came: what a storage says of their length is of those.
        let builder = builder.no_gzip().no_brotli().no_zstd().no_deflate();
        set_up(builder.redirect(Policy::none()).referer(false))
    }
}
