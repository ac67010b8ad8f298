//! The bytes of an answer, bounded before and while they are read.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::read::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, TRANSFER_ENCODING};
use reqwest::{Response, Version};

use super::failure::{Failure, Kind};

/// How many bytes the documents of an API may still have together.
#[derive(Debug)]
pub(crate) struct Budget(AtomicUsize);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(AtomicUsize::new(bytes))
    }

    fn take(&self, bytes: usize) -> Result<(), Failure> {
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(bytes)
            });
        match taken {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::new(
                Kind::TooLarge,
                "is one document too many: those of this API are larger together than is read",
            )),
        }
    }

    /// Gives back what a document took that is not kept.
    pub(super) fn give(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Reads a body to its end: at most `most` bytes, as they come and unpacked.
pub(super) async fn read(
    mut response: Response,
    most: usize,
    budget: &Budget,
) -> Result<Vec<u8>, Failure> {
    let packed = is_packed(&response)?;
    let length = response.content_length();
    if length.is_some_and(|length| length > most as u64) {
        return Err(too_large(most));
    }
    if length.is_none() && ends_with_the_connection(&response) {
        return Err(Failure::new(
            Kind::Body,
            "sent an answer of which nothing says where it ends, so it may be cut short",
        ));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Failure::of_body)? {
        if bytes.len() + chunk.len() > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&chunk);
    }
    if packed {
        bytes = unpacked(&bytes, most)?;
    }
    budget.take(bytes.len())?;
    Ok(bytes)
}

fn too_large(most: usize) -> Failure {
    let message = format!("sent more than {most} bytes, which is the most that is read");
    Failure::new(Kind::TooLarge, message)
}

fn is_packed(response: &Response) -> Result<bool, Failure> {
    let codings = response.headers().get_all(CONTENT_ENCODING);
    let codings: Vec<&[u8]> = codings.iter().map(|value| value.as_bytes()).collect();
    match codings.as_slice() {
        [] => Ok(false),
        [one] if one.eq_ignore_ascii_case(b"identity") => Ok(false),
        [one] if one.eq_ignore_ascii_case(b"gzip") || one.eq_ignore_ascii_case(b"x-gzip") => {
            Ok(true)
        }
        others => Err(Failure::new(
            Kind::Body,
            format!(
                "sent an answer in the content coding `{}`, which was not asked for",
                String::from_utf8_lossy(&others.join(&b", "[..]))
            ),
        )),
    }
}

/// In HTTP/1 a body that says neither its length nor that it is in chunks ends where the connection ends, for whatever reason
/// (RFC 9112 §6.3 and §8).
fn ends_with_the_connection(response: &Response) -> bool {
    response.version() <= Version::HTTP_11 && !response.headers().contains_key(TRANSFER_ENCODING)
}

fn unpacked(packed: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more than the bound, so that what goes beyond it is seen.
    let limit = most as u64 + 1;
    let read = MultiGzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut bytes);
    read.map_err(|error| {
        Failure::new(
            Kind::Body,
            format!("sent gzip that cannot be unpacked: {error}"),
        )
    })?;
    if bytes.len() > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}
