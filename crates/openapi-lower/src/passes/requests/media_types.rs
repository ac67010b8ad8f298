//! Which media type a body has.

use serde_json::{Map, Value, json};

use crate::media::{Media, classify, essence};
use crate::refs;

/// What a body is sent as. A range is bytes if the schema is text or binary, else JSON; what is no kind that progenitor
/// knows is, with marks, text or bytes with a media type of its own.
pub(super) fn resolved(
    name: &str,
    value: &Value,
    components: &Map<String, Value>,
    marks: bool,
) -> Media {
    match classify(name) {
        Media::Any => {
            let schema = value.get("schema");
            let is_bytes = schema.is_none_or(|schema| {
                let schema = refs::resolved(schema, components);
                schema == &json!({}) || schema.get("type").is_some_and(|name| name == "string")
            });
            if is_bytes { Media::Bytes } else { Media::Json }
        }
        Media::Other if marks && is_textual(&essence(name)) => Media::Text,
        Media::Other if marks => Media::Bytes,
        other => other,
    }
}

/// Whether people would call it a text.
fn is_textual(essence: &str) -> bool {
    const TEXTS: [&str; 6] = ["xml", "yaml", "csv", "graphql", "ndjson", "jsonl"];
    essence.starts_with("text/")
        || essence
            .split(['/', '+', '-', '.'])
            .any(|word| TEXTS.contains(&word))
}

/// The order of preference: what has a type in Rust first.
pub(super) fn preference(media: Media, name: &str) -> (u8, bool) {
    let rank = match media {
        Media::Json => 0,
        Media::Form => 1,
        Media::Multipart => 2,
        Media::Bytes => 3,
        Media::Text => 4,
        Media::Any => 5,
        Media::Other => 6,
    };
    // The common types come before those that are only like them.
    let is_like = classify(name) == Media::Other
        || (media == Media::Json && essence(name) != "application/json");
    (rank, is_like)
}

/// The media type on the wire: the stated one, unless it is a range or no header's value.
pub(super) fn sent_as(name: &str, media: Media, target: &str) -> String {
    let name = name.trim();
    let is_text = name.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    match media {
        // The boundary is made up anew for each body.
        Media::Multipart if is_text && !name.contains('*') => essence(name),
        Media::Multipart => "multipart/form-data".to_owned(),
        _ if is_text && name.contains('/') && !essence(name).contains('*') => name.to_owned(),
        _ => target.to_owned(),
    }
}
