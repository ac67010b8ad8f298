//! What can be set.

use std::time::Duration;

use super::servers::Servers;
use super::{BuildError, base_url, http};
use crate::credential::Credential;
use crate::inner::{Inner, Shared};
use crate::secrets::Secrets;

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
            max_response_bytes: MAX_RESPONSE_BYTES,
        }
    }

    /// Another server: an absolute URL without user, query and fragment; slashes at its end do not matter. It has to be
    /// `https`, unless its host is `localhost`, in 127.0.0.0/8 or `::1`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = base_url::Unchecked(url.into());
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
        self.credentials.retain(|(have, _)| *have != setting);
        self.credentials.push((setting, credential));
        self
    }

    /// How long a call may take, from connecting to the last byte of the body; `None` for no limit. 30 seconds unless
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
        let (url, base_url) = base_url::check("base_url", &self.base_url.0, self.allow_http)?;
        let servers = self.servers.prepare(&url, self.allow_http)?;
        let mut credentials = Vec::new();
        for (index, (setting, credential)) in self.credentials.iter().enumerate() {
            let earlier = self.credentials[..index]
                .iter()
                .find(|(_, earlier)| earlier.place() == credential.place());
            if let Some((earlier, _)) = earlier {
                let problem =
                    format!("it is sent in the same place as `{earlier}`; give one of them");
                return Err(BuildError::new(setting, problem));
            }
            let prepared = credential.prepare();
            credentials.push(prepared.map_err(|flaw| BuildError::new(setting, flaw))?);
        }
        let secrets = self
            .credentials
            .iter()
            .flat_map(|(_, credential)| credential.secrets());
        let secrets = Secrets::new(secrets);
        let client = http::client(&self, &url, &servers)?;
        let inner = Inner::new(Shared {
            base_url: url,
            servers,
            credentials,
            secrets,
            max_response_bytes: self.max_response_bytes,
            timeout: self.timeout,
        });
        Ok((base_url, client, inner))
    }
}
