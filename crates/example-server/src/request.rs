//! What is asked of a request: its query, its cookies, its headers.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;

/// What came of reading a request's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// All of it; empty where there is none.
    Body(Bytes),
    /// More than [`MAX_BODY`](crate::MAX_BODY).
    TooLarge,
    /// It did not arrive in time.
    Late,
    /// The connection broke, or its framing is not HTTP.
    Broken,
}

/// The pairs of a request's query, decoded.
pub(crate) fn query(request: &Parts) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes())
}

/// The cookies of a request, as they are: RFC 6265 §4.2.1 has no encoding.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(http::header::COOKIE).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The media type of a `Content-Type` or of a key of `content`: without parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether an essence is JSON: `application/json`, `text/json` and what has the suffix `+json` (RFC 6839 §3.1).
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}
