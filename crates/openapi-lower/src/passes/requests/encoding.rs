//! The Encoding Objects of a body.

use serde_json::{Map, Value};

use crate::context::Context;
use crate::media::Media;
use crate::pointer::join;
use crate::report::Effect;

/// Takes `encoding` out of a media type. What says something is kept for the mark of a form or a multipart body.
pub(super) fn take(
    context: &mut Context<'_>,
    value: &mut Value,
    media: Media,
    at: &str,
) -> Map<String, Value> {
    let Some(Value::Object(encodings)) = value
        .as_object_mut()
        .and_then(|value| value.remove("encoding"))
    else {
        return Map::new();
    };
    let at = join(at, "encoding");
    let is_of_parts = matches!(media, Media::Form | Media::Multipart);
    if !is_of_parts {
        // 3.1.1 §4.8.14: it applies to these two alone.
        context.note(
            &at,
            "requests",
            Effect::Exact,
            "how parts are encoded says nothing of a body without parts",
        );
        return Map::new();
    }
    if !context.options.marks {
        context.note(
            &at,
            "requests",
            Effect::Widened,
            "how parts are encoded is not described to progenitor",
        );
        return Map::new();
    }
    let mut kept = Map::new();
    for (property, encoding) in encodings {
        let place = join(&at, &property);
        let Value::Object(mut encoding) = encoding else {
            let message = "an encoding that is no object says nothing";
            context.note(&place, "requests", Effect::Widened, message);
            continue;
        };
        if encoding.remove("headers").is_some() {
            context.note(
                &join(&place, "headers"),
                "requests",
                Effect::Dropped,
                "a part has no header fields but those of its name and type",
            );
        }
        if encoding.get("allowReserved") == Some(&Value::Bool(true)) {
            context.note(
                &join(&place, "allowReserved"),
                "requests",
                Effect::Widened,
                "reserved characters of a part are sent percent-encoded",
            );
        }
        encoding
            .retain(|keyword, _| matches!(keyword.as_str(), "contentType" | "style" | "explode"));
        if !encoding.is_empty() {
            kept.insert(property, Value::Object(encoding));
        }
    }
    kept
}
