//! A fresh URL in place of one that has expired.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use reqwest::StatusCode;

use crate::error::Error;
use crate::secrets::Secrets;

type BoxError = Box<dyn StdError + Send + Sync>;
type Asked = Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send>>;

/// What storages answer to a signature that is over: S3, CloudFront and Azure 403, Google and S3's temporary credentials 400, others that
/// the credential is wrong or that nothing is there. One of these may mean something else; a fresh URL then costs one call.
const EXPIRED: [StatusCode; 5] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::GONE,
];

/// Where a fresh URL comes from. It is asked once at most: a fresh one that is refused has not expired.
pub(super) struct Renewal(Box<dyn FnOnce() -> Asked + Send>);

impl Renewal {
    pub(super) fn new<A, S, E>(ask: impl FnOnce() -> A + Send + 'static) -> Self
    where
        A: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<String>,
        E: Into<BoxError>,
    {
        Self(Box::new(|| {
            let asked = ask();
            Box::pin(async move { asked.await.map(S::into).map_err(E::into) })
        }))
    }

    /// The fresh URL.
    ///
    /// # Errors
    ///
    /// The refusal of the old one, with why there is no fresh one as its source, which may quote the old one and does not show
    /// its secrets.
    pub(super) async fn url(self, refusal: Error, secrets: &Secrets) -> Result<String, Error> {
        let said = (self.0)().await;
        said.map_err(|error| refusal.because("there is no fresh URL", &*error, secrets))
    }
}

/// Whether an answer to a download may mean that its URL has expired.
pub(super) fn is_expiry(error: &Error) -> bool {
    error.is_status()
        && error
            .status()
            .is_some_and(|status| EXPIRED.contains(&status))
}

impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewal")
    }
}
