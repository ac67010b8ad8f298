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
        after(json!({"application/octet-stream": {"schema": {"type": "string", "maxLength": 5}}}))
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
    let document = json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": body}}}});
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
    let document = json!({"openapi": "3.0.0", "paths": {"/a": {"post": {"requestBody": body}}}});
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
