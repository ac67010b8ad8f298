//! What can be set.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderName;

use super::environment::Variables;
use super::http::ChangeHttp;
use super::servers::Servers;
use super::{BuildError, StorageHttp, base_url, http};
use crate::credential::{Credential, Held};
use crate::inner::{Inner, Shared};
use crate::retry::RetryPolicy;

/// The longest body of a success that is read unless set otherwise, in bytes: 64 MiB.
pub(crate) const MAX_RESPONSE_BYTES: usize = 64 * 1024 * 1024;

/// A call in a program that a person waits for should have ended by then.
const TIMEOUT: Duration = Duration::from_secs(30);

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a client; a generated `ClientBuilder` wraps it. Values are checked by [`build`](Self::build).
#[derive(Clone, Debug)]
pub struct Config {
    base_url: base_url::Unchecked,
    servers: Servers,
    allow_http: bool,
    credentials: Vec<(&'static str, Credential)>,
    pub(super) timeout: Option<Duration>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) user_agent: String,
    pub(super) user_agent_prefix: Option<String>,
    pub(super) change_http: Option<ChangeHttp>,
    pub(super) decompress: bool,
    pub(super) variables: Variables,
    /// Pairs of credentials that the API takes one of.
    alternatives: Vec<(&'static str, &'static str)>,
    retry: RetryPolicy,
    idempotency_key: Option<&'static str>,
    max_response_bytes: usize,
}

impl Config {
    /// The defaults. `base_url` is the document's first server, or empty if it has none that is absolute; `user_agent`
    /// is the client's crate and version, as in `heygen-client/0.1.0`.
    #[must_use]
    pub fn new(base_url: &str, user_agent: &str) -> Self {
        Self {
            base_url: base_url::Unchecked(base_url.to_owned()),
            servers: Servers::default(),
            allow_http: false,
            credentials: Vec::new(),
            timeout: Some(TIMEOUT),
            connect_timeout: Some(CONNECT_TIMEOUT),
            user_agent: user_agent.to_owned(),
            user_agent_prefix: None,
            change_http: None,
            decompress: false,
            variables: Variables::default(),
            alternatives: Vec::new(),
            retry: RetryPolicy::default(),
            idempotency_key: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
        }
    }

    /// Another server: an absolute URL without user, query and fragment; slashes at its end do not matter. It has to be
    /// `https`, unless its host is `localhost`, in 127.0.0.0/8 or `::1`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = base_url::Unchecked(url.into());
        self.variables.forget("base_url");
        self
    }

    /// A server that the document names for some operations, absolute or relative to the base URL. Credentials go there
    /// only if `takes_credentials` says so or it has the base URL's origin.
    #[must_use]
    pub fn operation_server(mut self, documented: &'static str, takes_credentials: bool) -> Self {
        self.servers.add(documented, takes_credentials);
        self
    }

    /// Another URL for a server that the document names for some operations, with the same conditions as
    /// [`base_url`](Self::base_url). Credentials go to it if [`operation_server`](Self::operation_server) says so of the one in
    /// whose place it is, or it has the base URL's origin.
    #[must_use]
    pub fn server_url(mut self, documented: &str, url: impl Into<String>) -> Self {
        self.servers.replace(documented, url.into());
        self
    }

    /// Permits `http` for any host. Everybody on the way to it can then read the credentials.
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// A credential; `setting` is the builder's method that it was given to, for use in errors. The last one given for
    /// a setting counts.
    #[must_use]
    pub fn credential(mut self, setting: &'static str, credential: Credential) -> Self {
        for (one, other) in self.alternatives.clone() {
            let excluded = match setting {
                setting if setting == one => other,
                setting if setting == other => one,
                _ => continue,
            };
            // What somebody says here counts more than what is in the environment.
            if self.variables.has(excluded) {
                self.credentials.retain(|(have, _)| *have != excluded);
                self.variables.forget(excluded);
            }
        }
        self.put_credential(setting, credential)
    }

    pub(super) fn put_credential(mut self, setting: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(have, _)| *have != setting);
        self.credentials.push((setting, credential));
        self.variables.forget(setting);
        self
    }

    /// Two settings of credentials that the API takes one of, never both: to give both is an error.
    #[must_use]
    pub fn alternatives(mut self, one: &'static str, other: &'static str) -> Self {
        self.alternatives.push((one, other));
        self
    }

    /// How long a call may take, with all its attempts, from connecting to the last byte of the body; `None` for no limit. 30 seconds unless
    /// set. Zero is refused.
    ///
    /// A body that is read piece by piece has that long to begin, and then for each piece.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// How long connecting may take, of the whole; `None` for no limit of its own. 10 seconds unless set. Zero is
    /// refused.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// The whole value of `user-agent` (RFC 9110 §10.1.5): visible ASCII and spaces.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// What stands before the client's own name in `user-agent`: the program's name and version, as in `my-app/1.2`.
    #[must_use]
    pub fn user_agent_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.user_agent_prefix = Some(prefix.into());
        self
    }

    /// A change to the HTTP client, made before the rules of this crate: redirects, `referer`, https and decompression are not
    /// for it to choose. The last one given counts.
    #[must_use]
    pub fn configure_http(
        mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.change_http = Some(ChangeHttp(Arc::new(change)));
        self
    }

    /// Asks for compressed answers and takes them apart, in the ways that features of reqwest say (`gzip` is one of this crate).
    /// Limits are those of what comes out. Not done unless set.
    #[must_use]
    pub fn decompress(mut self) -> Self {
        self.decompress = true;
        self
    }

    /// When a call is made again by itself; see [`RetryPolicy`] for what it does unless set.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The header field by which the API knows a call that is made again. Calls with a method that is not idempotent get a
    /// random key in it, one for all attempts of a call, unless the caller gives one; they are made again then like others.
    #[must_use]
    pub fn idempotency_key(mut self, field: &'static str) -> Self {
        self.idempotency_key = Some(field);
        self
    }

    /// The longest body of a success that is read, in bytes; a longer one is an error. 64 MiB (67,108,864) unless set.
    /// A [`ByteStream`](crate::ByteStream) has no limit.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Checks the settings and makes the parts of a client: its base URL without a slash at the end, its HTTP client,
    /// and its credentials and limits.
    ///
    /// # Errors
    ///
    /// If a setting is wrong, two credentials would be sent in the same place, or the HTTP client cannot be set up.
    pub fn build(self) -> Result<(String, reqwest::Client, Inner), BuildError> {
        self.variables.check()?;
        let named = |error: BuildError| self.variables.named(error);
        let base_url = base_url::check("base_url", &self.base_url.0, self.allow_http);
        let (url, base_url) = base_url.map_err(named)?;
        let servers = self.servers.prepare(&url, self.allow_http)?;
        for (one, other) in &self.alternatives {
            let given = |setting| self.credentials.iter().any(|(have, _)| have == setting);
            if given(one) && given(other) {
                let one = self.variables.name_of(one);
                let problem = format!("`{one}` is given as well, and the API takes one of the two");
                return Err(named(BuildError::new(other, problem)));
            }
        }
        for (index, (setting, credential)) in self.credentials.iter().enumerate() {
            let earlier = self.credentials[..index]
                .iter()
                .find(|(_, earlier)| earlier.place() == credential.place());
            if let Some((earlier, _)) = earlier {
                let problem =
                    format!("it is sent in the same place as `{earlier}`; give one of them");
                return Err(named(BuildError::new(setting, problem)));
            }
            let flaw = credential.prepare().err();
            if let Some(flaw) = flaw {
                return Err(named(BuildError::new(setting, flaw)));
            }
        }
        let credentials = self.credentials.iter().map(|(_, one)| one.clone());
        let credentials = Held::new(credentials.collect())
            .map_err(|flaw| BuildError::new("credentials", flaw))?;
        let idempotency_key = self.idempotency_key.map(HeaderName::try_from).transpose();
        let idempotency_key = idempotency_key.map_err(|_| {
            BuildError::new("idempotency_key", "it is not the name of a header field")
        })?;
        let client = http::client(&self, &url, &servers)?;
        let storage_http = Arc::new(StorageHttp::of(&self)?);
        let inner = Inner::new(Shared {
            base_url: url,
            servers,
            credentials,
            retry: self.retry,
            idempotency_key,
            max_response_bytes: self.max_response_bytes,
            timeout: self.timeout,
            storage_http,
        });
        Ok((base_url, client, inner))
    }
}
