//! Media types.

use serde_json::Value;

use crate::report::Effect;

/// What a media type is to progenitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Media {
    /// `application/json` and everything with the suffix `+json` (RFC 6839 §3.1).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/octet-stream`.
    Bytes,
    /// `text/plain`, and the Markdown type that progenitor knows.
    Text,
    /// `*/*` and other ranges.
    Any,
    /// `multipart/*`.
    Multipart,
    /// Everything else.
    Other,
}

/// The media type without parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Takes the media type that a client should use out of `choices`, which must not be empty: the first kind in the order of
/// [`Media`], and `application/json` itself before types that are only like it.
pub(crate) fn take_preferred<T>(choices: &mut Vec<(Media, String, T)>) -> (Media, String, T) {
    choices.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
    let exact = choices
        .iter()
        .position(|(_, name, _)| essence(name) == "application/json")
        .unwrap_or(0);
    choices.remove(exact)
}

/// What it means that only one of two media types of a body is used: nothing is lost where both carry the same value.
pub(crate) fn other_form(used: &Value, other: &Value) -> Effect {
    match used.get("schema") {
        Some(schema) if other.get("schema") == Some(schema) => Effect::Exact,
        _ => Effect::Dropped,
    }
}

/// Reads a key of `content`.
pub(crate) fn classify(media_type: &str) -> Media {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" | "text/json" | "application/*" | "*/json" => Media::Json,
        "application/x-www-form-urlencoded" => Media::Form,
        "application/octet-stream" => Media::Bytes,
        "text/plain" | "text/x-markdown" => Media::Text,
        "*/*" | "*" | "" => Media::Any,
        _ if essence.ends_with("+json") => Media::Json,
        _ if essence.starts_with("multipart/") => Media::Multipart,
        _ => Media::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_apart() {
        for (text, media) in [
            ("application/json; charset=utf-8", Media::Json),
            ("application/vnd.api+json", Media::Json),
            ("Application/JSON", Media::Json),
            ("text/plain", Media::Text),
            ("multipart/form-data", Media::Multipart),
            ("*/*", Media::Any),
            ("image/png", Media::Other),
            ("application/x-ndjson", Media::Other),
        ] {
            assert_eq!(classify(text), media, "{text}");
        }
    }
}
