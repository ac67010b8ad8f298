//! Request bodies: one media type that progenitor can send.

use serde_json::{Map, Value, json};

use super::table::Pass;
use crate::context::{Context, METHODS};
use crate::media::{Media, classify, essence, other_form, take_preferred};
use crate::pointer::join;
use crate::report::{Effect, UNSUPPORTED_OPERATION};

pub(crate) const PASS: Pass = Pass {
    name: "requests",
    summary: "Keeps one media type per request body: JSON, else a form, else bytes, else text.",
    source: "progenitor 0.15.1 panics on several request media types and refuses all but these four",
    run,
};

fn run(context: &mut Context<'_>) {
    let mut document = std::mem::take(&mut context.document);
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        for (path, item) in paths.iter_mut().filter(|(path, _)| path.starts_with('/')) {
            let Value::Object(item) = item else { continue };
            for method in METHODS {
                let at = join(&join("/paths", path), method);
                let Some(Value::Object(operation)) = item.get_mut(*method) else {
                    continue;
                };
                if let Err(reason) = body(context, operation, &join(&at, "requestBody")) {
                    item.remove(*method);
                    context.note(&at, UNSUPPORTED_OPERATION, Effect::Dropped, reason);
                }
            }
        }
    }
    context.document = document;
}

fn body(
    context: &mut Context<'_>,
    operation: &mut Map<String, Value>,
    at: &str,
) -> Result<(), String> {
    let Some(Value::Object(body)) = operation.get_mut("requestBody") else {
        return Ok(());
    };
    let Some(Value::Object(content)) = body
        .remove("content")
        .filter(|content| content != &json!({}))
    else {
        operation.remove("requestBody");
        context.note(
            at,
            "requests",
            Effect::Dropped,
            "a request body without content",
        );
        return Ok(());
    };
    let at = join(at, "content");
    let mut choices: Vec<(Media, String, Value)> = content
        .into_iter()
        .map(|(name, value)| (resolved(classify(&name), &value), name, value))
        .collect();
    let (media, name, mut value) = take_preferred(&mut choices);
    let target = match media {
        Media::Json => "application/json",
        Media::Form => "application/x-www-form-urlencoded",
        Media::Bytes => "application/octet-stream",
        Media::Text if essence(&name) == "text/x-markdown" => "text/x-markdown",
        Media::Text => "text/plain",
        Media::Any | Media::Multipart | Media::Other => {
            return Err(format!("progenitor cannot send a body of type `{name}`"));
        }
    };
    for (_, other, stated) in &choices {
        let message = format!("the body is sent as `{name}`, `{other}` is another way to send it");
        let effect = other_form(&value, stated);
        context.note(&join(&at, other), "requests", effect, message);
    }
    let from = join(&at, &name);
    if essence(&name) != target {
        let message = format!("`{name}` is sent as `{target}`");
        context.note(&from, "requests", Effect::Widened, message);
    }
    context.origins.moved(&from, &join(&at, target));
    schema(context, &mut value, media, &join(&at, target));
    body.insert("content".to_owned(), json!({target: value}));
    Ok(())
}

/// What a range of media types is sent as: bytes if the schema is text or binary, else JSON.
fn resolved(media: Media, value: &Value) -> Media {
    match media {
        Media::Any => match value.pointer("/schema/type").and_then(Value::as_str) {
            Some("string") => Media::Bytes,
            None if value
                .get("schema")
                .is_none_or(|schema| schema == &json!({})) =>
            {
                Media::Bytes
            }
            _ => Media::Json,
        },
        other => other,
    }
}

/// progenitor 0.15.1 takes exactly one schema for bytes and one for text, and needs one for JSON.
fn schema(context: &mut Context<'_>, value: &mut Value, media: Media, at: &str) {
    let Value::Object(value) = value else { return };
    if matches!(media, Media::Json | Media::Form) && value.remove("encoding").is_some() {
        let effect = if media == Media::Json {
            Effect::Exact
        } else {
            Effect::Widened
        };
        context.note(
            &join(at, "encoding"),
            "requests",
            effect,
            "how parts are encoded is not described to progenitor",
        );
    }
    let wanted = match media {
        Media::Bytes => json!({"type": "string", "format": "binary"}),
        Media::Text => json!({"type": "string"}),
        _ => {
            value.entry("schema").or_insert_with(|| json!({}));
            return;
        }
    };
    if let Some(stated) = value.get("schema")
        && stated.get("type") != wanted.get("type")
        && stated != &json!({})
    {
        context.note(
            &join(at, "schema"),
            "requests",
            Effect::Widened,
            "the body is sent as it is, without a type",
        );
    }
    value.insert("schema".to_owned(), wanted);
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::document_after;
    use crate::report::Note;
    use serde_json::{Value, json};

    fn after(content: Value) -> (Value, Vec<Note>) {
        let document = json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": {"content": content}}}}});
        let (mut document, notes) = document_after(super::PASS, document);
        (
            document["paths"]["/a"]["post"]["requestBody"]["content"].take(),
            notes,
        )
    }

    #[test]
    fn json_is_preferred_and_the_others_are_noted() {
        let (content, notes) = after(json!({
            "application/json": {"schema": {"type": "object"}},
            "application/hal+json": {"schema": {}},
            "application/x-www-form-urlencoded": {"schema": {}},
        }));
        assert_eq!(
            content,
            json!({"application/json": {"schema": {"type": "object"}}})
        );
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn like_json_is_json_and_needs_a_schema() {
        assert_eq!(
            after(json!({"application/merge-patch+json": {}})).0,
            json!({"application/json": {"schema": {}}})
        );
        assert_eq!(
            after(json!({"application/json; charset=utf-8": {"schema": {"type": "integer"}}})).0,
            json!({"application/json": {"schema": {"type": "integer"}}})
        );
    }

    #[test]
    fn bytes_and_text_have_one_schema() {
        assert_eq!(
            after(
                json!({"application/octet-stream": {"schema": {"type": "string", "maxLength": 5}}})
            )
            .0,
            json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
        );
        assert_eq!(
            after(json!({"text/plain": {"schema": {"type": "string", "minLength": 1}}})).0,
            json!({"text/plain": {"schema": {"type": "string"}}})
        );
        assert_eq!(
            after(json!({"*/*": {"schema": {"type": "string", "format": "binary"}}})).0,
            json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
        );
        assert_eq!(
            after(json!({"*/*": {"schema": {"type": "object"}}})).0,
            json!({"application/json": {"schema": {"type": "object"}}})
        );
    }

    #[test]
    fn what_cannot_be_sent_takes_the_operation_along() {
        for media_type in ["multipart/form-data", "image/png", "application/xml"] {
            let (content, notes) = after(json!({media_type: {"schema": {"type": "object"}}}));
            assert_eq!(content, Value::Null, "{media_type}");
            assert_eq!(notes[0].rule, "unsupported_operation");
        }
    }

    #[test]
    fn an_empty_body_is_none() {
        assert_eq!(after(json!({})).0, Value::Null);
    }
}
