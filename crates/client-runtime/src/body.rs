//! Reading a body without trusting its length.

use std::pin::Pin;

use bytes::Bytes;
use reqwest::Response;

use crate::deadline::TimedOut;
use crate::inner;

/// How much of a body an error keeps, in bytes: 64 KiB.
pub(crate) const KEPT: usize = 64 * 1024;

/// How much of an error's body is read to find its typed form, in bytes: 1 MiB. An error page that is longer is not
/// what the document describes.
pub(crate) const ERROR_LIMIT: usize = 1024 * 1024;

/// How much memory is set aside because a server says that it will need it.
const TRUSTED_LENGTH: u64 = 1024 * 1024;

pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

/// Why reading stopped.
pub(crate) enum End {
    Complete,
    /// The body is longer than the limit; what was read is a prefix.
    Limit,
    /// The connection failed; what was read is a prefix.
    Failed(reqwest::Error),
    /// The time of the call is over; what was read is a prefix.
    TimedOut,
}

/// A response whose body was taken out.
pub(crate) type Received = (Response, Body);

/// Reads at most `limit` bytes. A body that says beforehand that it is longer is read only as far as an error keeps it.
///
/// Boxed, so that it is compiled with this crate and not for each type of answers.
pub(crate) fn receive(
    mut response: Response,
    limit: usize,
) -> Pin<Box<dyn Future<Output = Received> + Send>> {
    Box::pin(async move {
        let body = read(&mut response, limit).await;
        (response, body)
    })
}

async fn read(response: &mut Response, limit: usize) -> Body {
    let deadline = inner::deadline(response.extensions().get());
    let announced = response.content_length().unwrap_or(0);
    let is_too_long = usize::try_from(announced).map_or(true, |announced| announced > limit);
    let limit = if is_too_long { limit.min(KEPT) } else { limit };
    let mut bytes =
        Vec::with_capacity(usize::try_from(announced.min(TRUSTED_LENGTH)).unwrap_or_default());
    loop {
        match deadline.keep(response.chunk()).await {
            Err(TimedOut) => {
                return Body {
                    bytes,
                    end: End::TimedOut,
                };
            }
            Ok(Ok(Some(chunk))) => {
                let room = limit - bytes.len();
                if chunk.len() > room {
                    bytes.extend_from_slice(&chunk[..room]);
                    return Body {
                        bytes,
                        end: End::Limit,
                    };
                }
                bytes.extend_from_slice(&chunk);
                if is_too_long && bytes.len() == limit {
                    return Body {
                        bytes,
                        end: End::Limit,
                    };
                }
            }
            Ok(Ok(None)) => {
                return Body {
                    bytes,
                    end: End::Complete,
                };
            }
            Ok(Err(error)) => {
                return Body {
                    bytes,
                    end: End::Failed(error),
                };
            }
        }
    }
}

/// The part of a body that an error keeps, and whether that is less than was read.
pub(crate) fn keep(bytes: &[u8]) -> (Bytes, bool) {
    let kept = bytes.len().min(KEPT);
    (Bytes::copy_from_slice(&bytes[..kept]), kept < bytes.len())
}
