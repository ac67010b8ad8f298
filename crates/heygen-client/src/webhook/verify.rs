//! Whether a delivery comes from HeyGen.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::{ExposeSecret, SecretString};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::HeaderMap;
use sha2::Sha256;

use super::{Delivery, WebhookError, header};

const SIGNATURE: &str = "Heygen-Signature";
const TIMESTAMP: &str = "Heygen-Timestamp";

/// As HeyGen recommends it.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// What deliveries to an endpoint are checked with.
#[derive(Clone)]
#[must_use = "nothing is checked until a delivery is verified"]
pub struct Webhook {
    secret: SecretString,
    signature_header: String,
    tolerance: Option<Duration>,
}

impl Webhook {
    /// For an endpoint with this secret, all of it: `whsec_` is part of it.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            signature_header: SIGNATURE.to_owned(),
            tolerance: Some(TOLERANCE),
        }
    }

    /// The header field that has the signature: `Heygen-Signature` unless set. Older deliveries have been seen with `signature`.
    pub fn signature_header(mut self, name: impl Into<String>) -> Self {
        self.signature_header = name.into();
        self
    }

    /// How far `Heygen-Timestamp` may be from now, in either direction: five minutes unless set. A delivery without it is refused then.
    ///
    /// HeyGen sends a delivery that was not taken again for up to a day. Whether it has a new time then is not known: where such deliveries are
    /// refused ([`NotRecent`](WebhookError::NotRecent)), a day is the tolerance.
    ///
    /// With `None` nobody looks at it: for deliveries that wait in a queue before they are verified, and for older ones, which do not have it.
    pub fn tolerance(mut self, tolerance: impl Into<Option<Duration>>) -> Self {
        self.tolerance = tolerance.into();
        self
    }

    /// Reads a delivery that comes from HeyGen now. The signature is compared in constant time, before anything of the body is read.
    ///
    /// # Errors
    ///
    /// See [`WebhookError`].
    #[inline]
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, WebhookError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// Reads a delivery that came at another time, as one out of a queue or of a test.
    ///
    /// # Errors
    ///
    /// See [`WebhookError`].
    #[inline]
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<Delivery, WebhookError> {
        let secret = self.secret.expose_secret();
        // With an empty one anybody can sign; white space is what a file or a terminal has added.
        if secret.is_empty() || secret.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(WebhookError::UnusableSecret);
        }
        let name = &self.signature_header;
        let signature = header::hash(header::one(headers, name)?);
        let signature = signature.ok_or_else(|| WebhookError::MalformedHeader(name.clone()))?;
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
        let mut mac = mac.map_err(|_| WebhookError::UnusableSecret)?;
        mac.update(body);
        mac.verify_slice(&signature)
            .map_err(|_| WebhookError::WrongSignature)?;
        let sent_at = self.sent_at(headers, now)?;
        Delivery::read(headers, body, sent_at)
    }

    /// When it was sent, which is recent if that is asked for.
    #[inline]
    fn sent_at(
        &self,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<Option<SystemTime>, WebhookError> {
        let at = || {
            let seconds = header::seconds(header::one(headers, TIMESTAMP)?);
            let at = seconds.and_then(|at| UNIX_EPOCH.checked_add(Duration::from_secs(at)));
            at.ok_or_else(|| WebhookError::MalformedHeader(TIMESTAMP.to_owned()))
        };
        let Some(tolerance) = self.tolerance else {
            return Ok(at().ok());
        };
        let at = at()?;
        let off_by = now
            .duration_since(at)
            .unwrap_or_else(|later| later.duration());
        if off_by > tolerance {
            return Err(WebhookError::NotRecent { off_by });
        }
        Ok(Some(at))
    }
}

/// Not the secret.
impl fmt::Debug for Webhook {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("signature_header", &self.signature_header)
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
