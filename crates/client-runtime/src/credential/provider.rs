//! Credentials that are asked for, because they expire.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::SecretString;

use crate::error::Scrubbed;
use crate::secrets::Secrets;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;
type Asked = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

/// Where a secret comes from that is not known when a client is built.
#[derive(Clone)]
pub(crate) struct Provider(Arc<dyn Fn() -> Asked + Send + Sync>);

impl Provider {
    pub(super) fn new<A, S, E>(ask: impl Fn() -> A + Send + Sync + 'static) -> Self
    where
        A: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        Self(Arc::new(move || {
            let asked = ask();
            Box::pin(async move { asked.await.map(S::into).map_err(E::into) })
        }))
    }

    /// Asks for the secret. What the program's own code says of a failure is kept as text, without URLs and without `secrets`:
    /// it is an error of a call to somebody, as a rule.
    pub(super) async fn secret(&self, secrets: &Secrets) -> Result<SecretString, Unavailable> {
        (self.0)().await.map_err(|error| {
            let error: &(dyn Error + 'static) = &*error;
            Unavailable::Failed(Arc::new(Scrubbed::new(error, secrets)))
        })
    }
}

/// Why there is no credential.
#[derive(Clone, Debug)]
pub(crate) enum Unavailable {
    /// What the provider says.
    Failed(Arc<Scrubbed>),
    /// What it gave cannot be sent.
    Flawed(String),
    /// It panicked, or nobody runs it any more.
    Gone,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(_) => f.write_str("the provider of the credential failed"),
            Self::Flawed(flaw) => write!(
                f,
                "what the provider of the credential gave cannot be sent: {flaw}"
            ),
            Self::Gone => f.write_str(
                "the provider of the credential panicked, or the runtime that asked it ended",
            ),
        }
    }
}

impl Error for Unavailable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(&**error),
            Self::Flawed(_) | Self::Gone => None,
        }
    }
}
