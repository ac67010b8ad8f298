//! A credential as it is given.

use std::error::Error;
use std::fmt;
use std::future::Future;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderName};
use secrecy::{ExposeSecret, SecretString};

use super::provider::Provider;
use super::value::{Check, Flaw, check, header_value};
use super::{Place, Prepared};

/// From this length on a part of a credential is taken for a secret of its own.
const KEY_LENGTH: usize = 8;

/// A credential, by the security scheme that it is for (OpenAPI 3.1 §4.8.27, Security Scheme Object).
///
/// Values are checked by [`Config::build`](crate::Config::build), not here. `Debug` shows the scheme and never the value.
#[derive(Clone)]
pub struct Credential {
    scheme: Scheme,
    /// Who is asked for the secret, in place of the one that is there.
    provider: Option<Provider>,
}

#[derive(Clone)]
enum Scheme {
    Header {
        name: String,
        secret: SecretString,
    },
    Bearer(SecretString),
    Basic {
        user: SecretString,
        password: SecretString,
    },
    Query {
        name: String,
        secret: SecretString,
    },
    Cookie {
        name: String,
        secret: SecretString,
    },
}

impl Credential {
    fn of(scheme: Scheme) -> Self {
        Self {
            scheme,
            provider: None,
        }
    }

    /// `type: apiKey`, `in: header`: the secret is the field's whole value.
    pub fn header(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Header {
            name: name.into(),
            secret: secret.into(),
        })
    }

    /// `type: http`, `scheme: bearer`, and the access token of `oauth2` and `openIdConnect` (RFC 6750 §2.1). The token
    /// is given without the word `Bearer`.
    pub fn bearer(secret: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Bearer(secret.into()))
    }

    /// `type: http`, `scheme: basic` (RFC 7617). Both parts count as secret, since some vendors take a key as the user
    /// name. The password may be empty; the user name must not hold a colon.
    pub fn basic(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// `type: apiKey`, `in: query`. The secret becomes part of the URL, which proxies and servers write into their
    /// logs; nothing here shows it.
    pub fn query(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Query {
            name: name.into(),
            secret: secret.into(),
        })
    }

    /// `type: apiKey`, `in: cookie` (RFC 6265 §4.2).
    pub fn cookie(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Cookie {
            name: name.into(),
            secret: secret.into(),
        })
    }

    /// The same credential with a secret that is not known yet, or expires: `ask` gives it before the first call, and again
    /// after an answer with status 401. What it has now does not count; of [`basic`](Self::basic) it is the password that is asked for.
    ///
    /// Calls at the same time wait for one answer. The asking goes on when the call that began it is given up. What `ask` says of a
    /// failure is kept as text, without URLs and without this client's credentials.
    ///
    /// ```
    /// use client_runtime::Credential;
    ///
    /// # async fn new_token() -> Result<String, std::io::Error> { Ok(String::new()) }
    /// let credential = Credential::bearer("").provided_by(new_token);
    /// ```
    #[must_use]
    pub fn provided_by<A, S, E>(self, ask: impl Fn() -> A + Send + Sync + 'static) -> Self
    where
        A: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self {
            provider: Some(Provider::new(ask)),
            ..self
        }
    }

    /// Who is asked for the secret, if it is not known.
    pub(crate) fn provider(&self) -> Option<&Provider> {
        self.provider.as_ref()
    }

    /// The same credential with a secret that is known now.
    pub(super) fn with_secret(&self, new: SecretString) -> Self {
        let mut scheme = self.scheme.clone();
        match &mut scheme {
            Scheme::Header { secret, .. }
            | Scheme::Bearer(secret)
            | Scheme::Query { secret, .. }
            | Scheme::Cookie { secret, .. }
            | Scheme::Basic {
                password: secret, ..
            } => *secret = new,
        }
        Self {
            scheme,
            provider: None,
        }
    }

    /// Checks the values and makes them ready to be sent.
    pub(crate) fn prepare(&self) -> Result<Prepared, Flaw> {
        if self.provider.is_some() {
            // The rest of it is checked now, the secret when it is known.
            return self.with_secret(SecretString::from("x")).prepare();
        }
        match &self.scheme {
            Scheme::Header { name, secret } => Ok(Prepared::header(
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| Flaw::FieldName)?,
                header_value(check(secret, Check::HeaderValue)?)?,
            )),
            Scheme::Bearer(secret) => {
                let secret = check(secret, Check::HeaderValue)?;
                let value = header_value(&format!("Bearer {secret}"))?;
                Ok(Prepared::header(AUTHORIZATION, value))
            }
            Scheme::Basic { user, password } => {
                let user = check(user, Check::UserName)?;
                let password = check(password, Check::Password)?;
                let encoded = STANDARD.encode(format!("{user}:{password}"));
                let value = header_value(&format!("Basic {encoded}"))?;
                Ok(Prepared::header(AUTHORIZATION, value))
            }
            Scheme::Query { name, secret } => {
                let secret = check(secret, Check::NotEmpty)?;
                Ok(Prepared::query(name.clone(), secret))
            }
            Scheme::Cookie { name, secret } => {
                // A cookie's name is a token (RFC 6265 §4.1.1), as a field's name is.
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| Flaw::CookieName)?;
                let secret = check(secret, Check::CookieValue)?;
                Ok(Prepared::cookie(name.clone(), secret))
            }
        }
    }

    /// Every value that must not be shown anywhere.
    pub(crate) fn secrets(&self) -> Vec<String> {
        match &self.scheme {
            Scheme::Header { secret, .. } => {
                // `Token abc`, `Token token="abc"`: the last part alone is the secret, too.
                let whole = secret.expose_secret();
                let last = whole.rsplit([' ', '=']).find(|part| !part.is_empty());
                let last = last.map(|part| part.trim_matches('"').to_owned());
                let last = last.filter(|part| part.len() >= KEY_LENGTH);
                last.into_iter().chain([whole.to_owned()]).collect()
            }
            Scheme::Bearer(secret)
            | Scheme::Query { secret, .. }
            | Scheme::Cookie { secret, .. } => vec![secret.expose_secret().to_owned()],
            Scheme::Basic { user, password } => {
                let (user, password) = (user.expose_secret(), password.expose_secret());
                let encoded = STANDARD.encode(format!("{user}:{password}"));
                let mut secrets = vec![password.to_owned(), encoded];
                // A user name is an ordinary word, such as "user", unless it is as long as a key: some vendors take the
                // key as the user and anything as the password.
                if password.is_empty() || user.len() >= KEY_LENGTH {
                    secrets.push(user.to_owned());
                }
                secrets
            }
        }
    }

    pub(crate) fn place(&self) -> Place {
        match &self.scheme {
            Scheme::Header { name, .. } => Place::Header(name.to_ascii_lowercase()),
            Scheme::Bearer(_) | Scheme::Basic { .. } => {
                Place::Header(AUTHORIZATION.as_str().to_owned())
            }
            Scheme::Query { name, .. } => Place::Query(name.clone()),
            Scheme::Cookie { name, .. } => Place::Cookie(name.clone()),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Credential").field(&self.place()).finish()
    }
}
