//! Why a delivery is not taken.

use std::fmt;
use std::time::Duration;

/// Why a delivery is refused. It shows nothing of the secret, the signature or the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty, or holds white space or a control character: it is not what HeyGen gave.
    UnusableSecret,
    /// This header field is missing.
    MissingHeader(String),
    /// This header field is there several times.
    RepeatedHeader(String),
    /// This header field is not what it has to be: 64 hexadecimal digits of a signature, the digits of Unix seconds.
    MalformedHeader(String),
    /// The signature is of another body or by another secret.
    WrongSignature,
    /// The signature is right, and the delivery was not sent about now.
    NotRecent {
        /// How far the time of sending is from now.
        off_by: Duration,
    },
    /// The signature is right, and the body is not JSON with an `event_type`.
    UnreadableBody {
        /// The line in which it is not, from 1.
        line: usize,
        /// The byte of the line, from 1; 0 if the line has none.
        column: usize,
    },
}

impl fmt::Display for WebhookError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnusableSecret => f.write_str(
                "the secret of the webhook is empty, or holds white space or a control character",
            ),
            Self::MissingHeader(name) => write!(f, "the delivery has no header field {name:?}"),
            Self::RepeatedHeader(name) => {
                write!(f, "the delivery has the header field {name:?} several times")
            }
            Self::MalformedHeader(name) => {
                write!(f, "the delivery's header field {name:?} is not what it has to be")
            }
            Self::WrongSignature => f.write_str(
                "the delivery's signature is wrong: another secret, another body, or not from HeyGen",
            ),
            Self::NotRecent { off_by } => {
                let seconds = off_by.as_secs();
                write!(f, "the delivery was sent {seconds} seconds before or after now")
            }
            Self::UnreadableBody { line, column } => write!(
                f,
                "the delivery's body is not an event, at line {line} column {column}"
            ),
        }
    }
}

impl std::error::Error for WebhookError {}
