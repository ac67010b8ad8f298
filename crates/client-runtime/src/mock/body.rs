//! The body of a request.

use httpmock::{HttpMockRequest, When};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Body, Request};
use serde_json::Value;

use super::written::{refuse, written};
use crate::error::CallError;

const READ_WHILE_SENT: &str =
    "a body from a file or a stream is read while it is sent; expect one that is made from bytes";

/// Expects the body that `write` puts into a request, with its `Content-Type`.
///
/// JSON is compared as a value, parts of a multipart body with any boundary between them, and everything else to the byte.
/// Multipart bodies, and bytes that are no UTF-8, are compared by a function, which servers of `httpmock` refuse that run
/// in another process.
///
/// # Panics
///
/// If the body has no encoding, or if it is read while it is sent, from a file or a stream: there is nothing to compare with
/// then, and a [`FilePart`](crate::FilePart) made from bytes has the same body.
#[must_use]
#[track_caller]
pub fn body(when: When, write: impl FnOnce(&mut Request) -> Result<(), CallError>) -> When {
    let request = written(write);
    let bytes = match request.body().map(Body::as_bytes) {
        Some(Some(bytes)) => bytes,
        Some(None) => refuse(&READ_WHILE_SENT),
        None => &[],
    };
    let media_type = request.headers().get(CONTENT_TYPE);
    let media_type = media_type
        .and_then(|media_type| media_type.to_str().ok())
        .unwrap_or_default();
    if let Some((start, boundary)) = split_at_boundary(media_type) {
        let expected = Multipart {
            start: start.to_owned(),
            boundary: boundary.to_owned(),
            bytes: bytes.to_vec(),
        };
        return when.is_true(move |request| expected.is_body_of(request));
    }
    let when = when.header(CONTENT_TYPE.as_str(), media_type);
    if is_json(media_type) {
        let value: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| refuse(&error));
        return when.json_body(value);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => when.body(text),
        Err(_) => {
            let bytes = bytes.to_vec();
            when.is_true(move |request| request.body_ref() == bytes)
        }
    }
}

/// Expects that there is no body.
#[must_use]
pub fn no_body(when: When) -> When {
    when.body("").header_missing(CONTENT_TYPE.as_str())
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The media type up to the boundary, and that, which clients write last and without quotes.
fn split_at_boundary(media_type: &str) -> Option<(&str, &str)> {
    let at = media_type.find("boundary=")? + "boundary=".len();
    let is_multipart = media_type.starts_with("multipart/");
    is_multipart.then(|| media_type.split_at(at))
}

struct Multipart {
    /// Of the media type, what stands before the boundary.
    start: String,
    boundary: String,
    bytes: Vec<u8>,
}

impl Multipart {
    /// Whether a request has this body but for the boundary, which each request has another of.
    fn is_body_of(&self, request: &HttpMockRequest) -> bool {
        let headers = request.headers();
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|field| field.to_str().ok());
        let Some((start, boundary)) = media_type.and_then(split_at_boundary) else {
            return false;
        };
        // Both are random and of one length, so no part has them in it.
        let between = |bytes: &[u8], boundary: &str| -> Vec<Vec<u8>> {
            split(bytes, boundary.as_bytes())
                .map(<[u8]>::to_vec)
                .collect()
        };
        start == self.start
            && between(request.body_ref(), boundary) == between(&self.bytes, &self.boundary)
    }
}

/// What stands before, between and behind the places of `delimiter`.
fn split<'b>(bytes: &'b [u8], delimiter: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let open = rest?;
        let found = (!delimiter.is_empty())
            .then(|| {
                open.windows(delimiter.len())
                    .position(|window| window == delimiter)
            })
            .flatten();
        match found {
            Some(at) => {
                rest = Some(&open[at + delimiter.len()..]);
                Some(&open[..at])
            }
            None => {
                rest = None;
                Some(open)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_split_where_the_delimiter_is() {
        let pieces: Vec<&[u8]> = split(b"ab--c--", b"--").collect();
        assert_eq!(pieces, [&b"ab"[..], b"c", b""]);
        assert_eq!(split(b"ab", b"").count(), 1);
    }

    #[test]
    fn media_types_that_are_json_or_have_a_boundary() {
        assert!(is_json("application/JSON; charset=utf-8") && is_json("application/a+json"));
        assert!(!is_json("text/csv") && !is_json("application/json-seq"));
        assert_eq!(
            split_at_boundary("multipart/form-data; boundary=x1"),
            Some(("multipart/form-data; boundary=", "x1"))
        );
        assert_eq!(split_at_boundary("text/x; boundary=x1"), None);
    }
}
