use crate::passes::testing::{brief, document_after, schema_after};
use crate::report::Effect;
use serde_json::{Value, json};

fn after(schema: Value) -> Value {
    schema_after(super::PASS, schema).0
}

#[test]
fn keywords_of_later_drafts_go_with_a_note() {
    let (schema, notes) = schema_after(
        super::PASS,
        json!({"type": "object", "not": {}, "propertyNames": {"pattern": "a"}, "$comment": "x", "oddity": 1, "x-kept": 2}),
    );
    assert_eq!(schema, json!({"type": "object", "x-kept": 2}));
    assert_eq!(
        brief(&notes),
        [
            ("/components/schemas/S/not", Effect::Widened),
            ("/components/schemas/S/oddity", Effect::Exact),
            ("/components/schemas/S/propertyNames", Effect::Widened),
        ]
    );
}

#[test]
fn values_of_the_wrong_type_go() {
    assert_eq!(
        after(json!({
            "type": "string", "required": true, "description": null, "properties": ["a"], "maxLength": "long",
            "minLength": 2.0, "enum": "a", "nullable": "true", "pattern": 5
        })),
        json!({"type": "string", "minLength": 2, "nullable": true, "pattern": "5"})
    );
    assert_eq!(after(json!({"maxLength": 4_294_967_296_u64})), json!({}));
    assert_eq!(
        after(json!({"required": ["a", 1, "a"]})),
        json!({"required": ["a"]})
    );
    assert_eq!(
        after(json!({"anyOf": [{"type": "string"}, "text", {"type": "integer"}]})),
        json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
    );
}

#[test]
fn properties_may_be_named_like_keywords() {
    let schema = json!({"type": "object", "properties": {
        "not": {"type": "string"}, "description": {"type": "string"}, "nullable": {"type": "string"}, "$schema": {"type": "string"}
    }, "example": {"not": 1, "required": true}});
    assert_eq!(after(schema.clone()), schema);
}

#[test]
fn required_members_of_other_objects_are_seen_to() {
    let (document, _) = document_after(
        super::PASS,
        json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1", "license": {"identifier": "MIT"}, "summary": "s"},
            "servers": [{}, {"url": "https://example.org"}],
            "components": {"securitySchemes": {
                "a": {"type": "http"}, "b": {"type": "http", "scheme": "bearer"}, "c": {"type": "mutualTLS"}
            }},
            "paths": {"/a": {"get": {"parameters": [{"name": "q", "in": "query"}, {"in": "query"}]}}}
        }),
    );
    assert_eq!(document["info"], json!({"title": "t", "version": "1"}));
    assert_eq!(document["servers"], json!([{"url": "https://example.org"}]));
    assert_eq!(
        document["components"]["securitySchemes"],
        json!({"b": {"type": "http", "scheme": "bearer"}})
    );
    assert_eq!(
        document["paths"]["/a"]["get"],
        json!({"responses": {}, "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]})
    );
}

#[test]
fn what_a_client_needs_of_later_versions_is_dropped() {
    let (document, notes) = document_after(
        super::PASS,
        json!({"openapi": "3.2.0", "paths": {"/a": {
            "query": {}, "additionalOperations": {"COPY": {}, "LINK": {}},
            "get": {
                "parameters": [{"name": "q", "in": "querystring", "content": {"application/json": {"schema": {}}}}],
                "responses": {"200": {"content": {"text/event-stream": {"itemSchema": {"type": "object"}}}}}
            }
        }}}),
    );
    assert_eq!(
        document["paths"]["/a"],
        json!({"get": {"parameters": [], "responses": {"200": {"description": "", "content": {"text/event-stream": {}}}}}})
    );
    assert_eq!(
        brief(&notes),
        [
            ("/paths/~1a/additionalOperations/COPY", Effect::Dropped),
            ("/paths/~1a/additionalOperations/LINK", Effect::Dropped),
            ("/paths/~1a/get/parameters/0", Effect::Dropped),
            (
                "/paths/~1a/get/responses/200/content/text~1event-stream/itemSchema",
                Effect::Dropped
            ),
            ("/paths/~1a/query", Effect::Dropped),
        ]
    );
    let lost: Vec<_> = notes.iter().filter_map(|note| note.left_out()).collect();
    assert_eq!(lost, ["COPY /a", "LINK /a", "QUERY /a"]);
}

#[test]
fn a_parameter_has_one_media_type() {
    let schema = json!({"schema": {"type": "integer"}});
    let (document, notes) = document_after(
        super::PASS,
        json!({"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": [
            {"name": "a", "in": "query", "content": {"text/csv": {"schema": {"type": "string"}}, "application/json": schema}},
            {"name": "b", "in": "query", "content": {}},
            {"name": "c", "in": "query", "schema": {"type": "integer"}, "content": {"application/json": schema}}
        ]}}}}),
    );
    assert_eq!(
        document["paths"]["/a"]["get"]["parameters"],
        json!([
            {"name": "a", "in": "query", "content": {"application/json": schema}},
            {"name": "b", "in": "query", "schema": {"type": "string"}},
            {"name": "c", "in": "query", "schema": {"type": "integer"}}
        ])
    );
    assert_eq!(
        brief(&notes),
        [
            (
                "/paths/~1a/get/parameters/0/content/text~1csv",
                Effect::Dropped
            ),
            ("/paths/~1a/get/parameters/1", Effect::Widened),
            ("/paths/~1a/get/parameters/2/content", Effect::Dropped),
        ]
    );
}

#[test]
fn a_link_names_an_operation() {
    let (document, notes) = document_after(
        super::PASS,
        json!({"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": {"description": "", "links": {
            "byId": {"operationId": "getB"}, "byRef": {"operationRef": "#/paths/~1b/get"}, "none": {"parameters": {"id": 1}}
        }}}}}}}),
    );
    let links = &document["paths"]["/a"]["get"]["responses"]["200"]["links"];
    assert_eq!(
        *links,
        json!({"byId": {"operationId": "getB"}, "byRef": {"operationRef": "#/paths/~1b/get"}})
    );
    let none = "/paths/~1a/get/responses/200/links/none";
    assert!(brief(&notes).iter().any(|(at, _)| *at == none));
}
