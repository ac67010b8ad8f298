//! Request bodies: one media type that progenitor can send, or that a mark says how to send.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::table::Pass;
use crate::context::{Context, METHODS};
use crate::media::{Media, essence, other_form};
use crate::pointer::join;
use crate::refs;
use crate::report::{Effect, UNSUPPORTED_OPERATION};
use crate::schema::is_annotation;
use crate::stand_in;

mod encoding;
mod files;
mod media_types;

use media_types::{preference, resolved, sent_as};

pub(crate) const PASS: Pass = Pass {
    name: "requests",
    summary: "Keeps one media type per request body: JSON, else a form, with marks multipart, else bytes, else text.",
    source: "progenitor 0.15.1 panics on several request media types, refuses all but these four, and has no optional body",
    run,
};

fn run(context: &mut Context<'_>) {
    let components = context.copied_schemas();
    let mut document = std::mem::take(&mut context.document);
    let mut multiparts = Vec::new();
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        for (path, item) in paths.iter_mut().filter(|(path, _)| path.starts_with('/')) {
            let Value::Object(item) = item else { continue };
            for method in METHODS {
                let at = join(&join("/paths", path), method);
                let Some(Value::Object(operation)) = item.get_mut(*method) else {
                    continue;
                };
                match body(context, operation, &components, &join(&at, "requestBody")) {
                    Ok(multipart) => multiparts.extend(multipart),
                    Err(reason) => {
                        item.remove(*method);
                        context.note(&at, UNSUPPORTED_OPERATION, Effect::Dropped, reason);
                    }
                }
            }
        }
    }
    files::mark(context, &mut document, &multiparts);
    context.document = document;
}

/// The media type object of a multipart body, by its pointer.
struct Multipart {
    pointer: String,
    encoding: Map<String, Value>,
}

fn body(
    context: &mut Context<'_>,
    operation: &mut Map<String, Value>,
    components: &BTreeMap<String, Value>,
    at: &str,
) -> Result<Option<Multipart>, String> {
    let Some(Value::Object(body)) = operation.get_mut("requestBody") else {
        return Ok(None);
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
        return Ok(None);
    };
    let marks = context.options.marks;
    let place = join(at, "content");
    let mut choices: Vec<(Media, String, Value)> = content
        .into_iter()
        .map(|(name, value)| (resolved(&name, &value, components, marks), name, value))
        .collect();
    choices.sort_by(|left, right| {
        (preference(left.0, &left.1), &left.1).cmp(&(preference(right.0, &right.1), &right.1))
    });
    let (media, name, mut value) = choices.remove(0);
    let target = match media {
        Media::Json => "application/json",
        Media::Form => "application/x-www-form-urlencoded",
        Media::Bytes => "application/octet-stream",
        Media::Text if essence(&name) == "text/x-markdown" => "text/x-markdown",
        Media::Text => "text/plain",
        Media::Multipart if marks => "application/json",
        Media::Any | Media::Multipart | Media::Other => {
            return Err(format!("progenitor cannot send a body of type `{name}`"));
        }
    };
    for (_, other, stated) in &choices {
        let message = format!("the body is sent as `{name}`, `{other}` is another way to send it");
        let effect = other_form(&value, stated);
        context.note(&join(&place, other), "requests", effect, message);
    }
    let from = join(&place, &name);
    let sent = if marks {
        sent_as(&name, media, target)
    } else {
        target.to_owned()
    };
    if sent != name && essence(&name) != essence(&sent) {
        let message = format!("`{name}` is sent as `{sent}`");
        context.note(&from, "requests", Effect::Widened, message);
    }
    let pointer = join(&place, target);
    context.origins.moved(&from, &pointer);
    let encoding = encoding::take(context, &mut value, media, &pointer);
    schema(context, &mut value, media, components, &pointer);
    body.insert("content".to_owned(), json!({target: value}));
    let is_optional = body.get("required") != Some(&json!(true));
    if !marks {
        if is_optional {
            context.note(
                at,
                "optional_body",
                Effect::Dropped,
                "the body may be absent, and progenitor has no call without it",
            );
            body.insert("required".to_owned(), json!(true));
        }
        return Ok(None);
    }
    if is_optional || sent != target || !encoding.is_empty() {
        stand_in::mark(body, "mediaType", json!(sent));
        stand_in::mark(body, "encoding", json!(encoding));
    }
    Ok((media == Media::Multipart).then_some(Multipart { pointer, encoding }))
}

/// progenitor 0.15.1 takes exactly one schema for bytes and one for text, and needs one for JSON.
fn schema(
    context: &mut Context<'_>,
    value: &mut Value,
    media: Media,
    components: &BTreeMap<String, Value>,
    at: &str,
) {
    let Value::Object(value) = value else { return };
    let wanted = match media {
        Media::Bytes => json!({"type": "string", "format": "binary"}),
        Media::Text => json!({"type": "string"}),
        _ => {
            value.entry("schema").or_insert_with(|| json!({}));
            return;
        }
    };
    let stated = value.get("schema").filter(|stated| *stated != &json!({}));
    if let Some(stated) = stated.map(|stated| refs::resolved(stated, components)) {
        let place = join(at, "schema");
        let mut keywords = stated.as_object().into_iter().flat_map(Map::keys);
        if stated.get("type") != wanted.get("type") {
            let message = "the body is sent as it is, without a type";
            context.note(&place, "requests", Effect::Widened, message);
        } else if keywords.any(|keyword| {
            !matches!(keyword.as_str(), "type" | "format") && !is_annotation(keyword)
        }) {
            let message = "the body is sent as it is, and not checked";
            context.note(&place, "requests", Effect::Widened, message);
        }
    }
    value.insert("schema".to_owned(), wanted);
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after, marked_after};
    use crate::report::{Effect, Note};
    use serde_json::{Value, json};

    fn after(content: Value) -> (Value, Vec<Note>) {
        let document = json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": {"required": true, "content": content}}}}});
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
    fn what_a_text_must_be_is_not_checked() {
        for schema in [
            json!({"type": "string", "enum": ["a"]}),
            json!({"type": "string", "maxLength": 5}),
        ] {
            let (_, notes) = after(json!({"text/plain": {"schema": schema}}));
            assert_eq!(
                brief(&notes),
                [(
                    "/paths/~1a/post/requestBody/content/text~1plain/schema",
                    Effect::Widened
                )]
            );
        }
        let plain = json!({"type": "string", "format": "byte", "description": "d"});
        assert!(after(json!({"text/plain": {"schema": plain}})).1.is_empty());
    }

    #[test]
    fn a_range_is_bytes_where_a_reference_leads_to_them() {
        let document = json!({
            "openapi": "3.0.0",
            "components": {"schemas": {"Bin": {"type": "string", "format": "binary"}}},
            "paths": {"/a": {"post": {"requestBody": {"required": true, "content": {
                "*/*": {"schema": {"$ref": "#/components/schemas/Bin"}}
            }}}}}
        });
        let (document, _) = document_after(super::PASS, document);
        assert_eq!(
            document["paths"]["/a"]["post"]["requestBody"]["content"],
            json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
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

    fn marked(body: Value) -> (Value, Vec<Note>) {
        let document =
            json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": body}}}});
        let (mut document, notes, _) = marked_after(&[super::PASS], document);
        (document["paths"]["/a"]["post"]["requestBody"].take(), notes)
    }

    #[test]
    fn a_body_that_may_be_absent_is_marked_or_noted() {
        let body = json!({"content": {"application/json": {"schema": {"type": "integer"}}}});
        let (after, notes) = marked(body.clone());
        assert_eq!(
            after["x-openapi-lower"],
            json!({"mediaType": "application/json", "encoding": {}})
        );
        assert!(notes.is_empty());
        let document =
            json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": body}}}});
        let (_, notes) = document_after(super::PASS, document);
        assert_eq!(
            (notes[0].rule, notes[0].pointer.as_str()),
            ("optional_body", "/paths/~1a/post/requestBody")
        );
    }

    #[test]
    fn the_exact_media_type_is_sent() {
        for (stated, lowered, sent) in [
            (
                "application/merge-patch+json",
                "application/json",
                "application/merge-patch+json",
            ),
            (
                "application/json; charset=utf-8",
                "application/json",
                "application/json; charset=utf-8",
            ),
            ("image/png", "application/octet-stream", "image/png"),
            (
                "application/pdf",
                "application/octet-stream",
                "application/pdf",
            ),
            ("text/csv", "text/plain", "text/csv"),
            ("application/xml", "text/plain", "application/xml"),
            (
                "multipart/form-data",
                "application/json",
                "multipart/form-data",
            ),
            (
                "multipart/related; boundary=x",
                "application/json",
                "multipart/related",
            ),
        ] {
            let (after, notes) = marked(json!({"required": true, "content": {stated: {}}}));
            assert!(after["content"].get(lowered).is_some(), "{stated}: {after}");
            assert_eq!(after["x-openapi-lower"]["mediaType"], sent);
            assert!(notes.is_empty(), "{notes:?}");
        }
        let (after, notes) = marked(json!({"required": true, "content": {"image/*": {}}}));
        assert!(after.get("x-openapi-lower").is_none());
        assert_eq!(
            notes[0].message,
            "`image/*` is sent as `application/octet-stream`"
        );
    }

    #[test]
    fn what_an_encoding_says_and_nobody_does_is_noted() {
        let (after, notes) = marked(
            json!({"required": true, "content": {"application/x-www-form-urlencoded": {
                "encoding": {"n": {"style": "form", "allowReserved": true}, "m": {"allowReserved": false}, "o": 1}
            }}}),
        );
        assert_eq!(
            after["x-openapi-lower"]["encoding"],
            json!({"n": {"style": "form"}})
        );
        let at = "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding";
        let expected = [format!("{at}/n/allowReserved"), format!("{at}/o")];
        let found: Vec<_> = notes.iter().map(|note| &note.pointer).collect();
        assert_eq!(found, expected.each_ref());
        assert!(notes.iter().all(|note| note.effect == Effect::Widened));
    }

    #[test]
    fn multipart_is_preferred_to_bytes() {
        let (after, _) = marked(json!({"content": {
            "application/octet-stream": {},
            "multipart/form-data": {"schema": {"type": "integer"}},
            "image/png": {}
        }}));
        assert_eq!(after["x-openapi-lower"]["mediaType"], "multipart/form-data");
    }

    #[test]
    fn parts_of_binary_text_are_files() {
        let document = json!({
            "openapi": "3.0.0",
            "components": {"schemas": {
                "Upload": {"type": "object", "properties": {
                    "one": {"type": "string", "format": "binary", "maxLength": 9, "nullable": true},
                    "many": {"type": "array", "items": {"$ref": "#/components/schemas/Bytes"}},
                    "icon": {"type": "string"},
                    "any": {"description": "whatever"},
                    "other": {"type": "object"},
                    "meta": {"type": "object", "properties": {"raw": {"type": "string", "format": "binary"}}}
                }},
                "Bytes": {"type": "string", "format": "binary"}
            }},
            "paths": {"/a": {"post": {"requestBody": {"required": true, "content": {"multipart/form-data": {
                "schema": {"allOf": [{"$ref": "#/components/schemas/Upload"}]},
                "encoding": {"icon": {"contentType": "image/png, image/jpeg"}, "meta": {"contentType": "application/json"}}
            }}}}}}
        });
        let (document, _, _) = marked_after(&[super::PASS], document);
        let schemas = &document["components"]["schemas"];
        let file = json!({"type": "string", "format": crate::FILE_PART_FORMAT});
        let mut nullable = file.clone();
        nullable["nullable"] = json!(true);
        assert_eq!(schemas["Bytes"], file);
        let properties = &schemas["Upload"]["properties"];
        assert_eq!(properties["one"], nullable);
        assert_eq!(properties["icon"], file);
        assert_eq!(properties["any"]["format"], crate::FILE_PART_FORMAT);
        assert_eq!(properties["other"], json!({"type": "object"}));
        assert_eq!(properties["meta"]["properties"]["raw"]["format"], "binary");
        let body = &document["paths"]["/a"]["post"]["requestBody"];
        assert_eq!(
            body["x-openapi-lower"]["encoding"],
            json!({"icon": {"contentType": "image/png, image/jpeg"}, "meta": {"contentType": "application/json"}})
        );
    }

    #[test]
    fn parts_that_are_not_described_are_files_of_any_name() {
        let (after, _) = marked(json!({"content": {"multipart/form-data": {}}}));
        assert_eq!(
            after["content"]["application/json"]["schema"]["additionalProperties"]["format"],
            crate::FILE_PART_FORMAT
        );
    }
}
