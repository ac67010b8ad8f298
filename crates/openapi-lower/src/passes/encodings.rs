//! `contentEncoding` and `contentMediaType`.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "encodings",
    summary: "Writes encoded or binary text as the formats `byte` and `binary`.",
    source: "OpenAPI 3.1.1 §4.4.1 and the migration table of §4.8.14; JSON Schema 2020-12 validation §8",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let encoding = schema.remove("contentEncoding");
        let media_type = schema.remove("contentMediaType");
        let content = schema.remove("contentSchema");
        if encoding.is_none() && media_type.is_none() && content.is_none() {
            return;
        }
        let encoding = encoding
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or_default();
        let media_type = media_type
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_text = schema.get("type").is_none_or(|name| name == "string");
        let format = match encoding {
            _ if !is_text || schema.contains_key("format") => None,
            "base64" | "base64url" => Some("byte"),
            // What is not encoded and is no JSON text is bytes; a JSON or text type inside a string stays a string.
            "" | "binary" if !media_type.is_empty() && !is_textual(media_type) => Some("binary"),
            "binary" => Some("binary"),
            _ => None,
        };
        match format {
            Some(format) => {
                schema.insert("type".to_owned(), json!("string"));
                schema.insert("format".to_owned(), json!(format));
                context.note(
                    at,
                    "encodings",
                    Effect::Exact,
                    format!("the encoding is written as format `{format}`"),
                );
            }
            None => {
                let keyword = if encoding.is_empty() {
                    "contentMediaType"
                } else {
                    "contentEncoding"
                };
                context.note(
                    &join(at, keyword),
                    "encodings",
                    Effect::Widened,
                    "what the text encodes is not decoded",
                );
            }
        }
    });
}

fn is_textual(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type.contains("json") || media_type.contains("xml")
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn encodings_are_formats() {
        assert_eq!(
            after(json!({"type": "string", "contentEncoding": "base64"})),
            json!({"type": "string", "format": "byte"})
        );
        assert_eq!(
            after(json!({"contentMediaType": "application/octet-stream"})),
            json!({"type": "string", "format": "binary"})
        );
        assert_eq!(
            after(json!({"type": "string", "contentMediaType": "application/json"})),
            json!({"type": "string"})
        );
        assert_eq!(
            after(json!({"type": "string", "format": "uri", "contentMediaType": "image/png"})),
            json!({"type": "string", "format": "uri"})
        );
    }
}
