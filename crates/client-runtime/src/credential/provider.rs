//! Credentials that are asked for, because they expire.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::SecretString;

use super::Credential;

type BoxError = Box<dyn Error + Send + Sync>;
type Asked = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

/// Where a secret comes from that is not known when a client is built.
#[derive(Clone)]
pub(crate) struct Provider {
    ask: Arc<dyn Fn() -> Asked + Send + Sync>,
    make: Arc<dyn Fn(SecretString) -> Credential + Send + Sync>,
}

impl Provider {
    pub(super) fn new<A, S, E>(
        make: impl Fn(SecretString) -> Credential + Send + Sync + 'static,
        ask: impl Fn() -> A + Send + Sync + 'static,
    ) -> Self
    where
        A: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        let ask = move || -> Asked {
            let asked = ask();
            Box::pin(async move { asked.await.map(S::into).map_err(E::into) })
        };
        Self {
            ask: Arc::new(ask),
            make: Arc::new(make),
        }
    }

    /// The credential with some value, which says where it is sent.
    pub(super) fn example(&self) -> Credential {
        (self.make)(SecretString::from("x"))
    }

    /// Asks for the secret.
    pub(crate) async fn credential(&self) -> Result<Credential, Unavailable> {
        let secret = (self.ask)()
            .await
            .map_err(|error| Unavailable::Failed(error.into()))?;
        Ok((self.make)(secret))
    }
}

/// Why there is no credential.
#[derive(Clone, Debug)]
pub(crate) enum Unavailable {
    /// What the provider says.
    Failed(Arc<dyn Error + Send + Sync>),
    /// What it gave cannot be sent.
    Flawed(String),
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(_) => f.write_str("the provider failed"),
            Self::Flawed(flaw) => write!(f, "what the provider gave cannot be sent: {flaw}"),
        }
    }
}

impl Error for Unavailable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(&**error),
            Self::Flawed(_) => None,
        }
    }
}
