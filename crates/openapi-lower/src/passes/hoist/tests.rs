use crate::passes::testing::document_after;
use serde_json::{Value, json};

fn after(schemas: Value, operation: Value) -> Value {
    document_after(
        super::PASS,
        json!({"openapi": "3.0.3", "components": {"schemas": schemas}, "paths": {"/a": {"post": operation}}}),
    )
    .0
}

fn component(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object() -> Value {
    json!({"type": "object", "properties": {"a": {"type": "string"}}})
}

#[test]
fn bodies_and_parameters_are_named_by_the_operation() {
    let mut document = after(
        json!({}),
        json!({
            "operationId": "addUser",
            "parameters": [{"name": "sort-by", "in": "query", "schema": {"type": "string", "enum": ["a"]}}],
            "requestBody": {"content": {"application/json": {"schema": object()}}},
            "responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": object()}}}}}
        }),
    );
    let operation = document["paths"]["/a"]["post"].take();
    assert_eq!(
        operation["parameters"][0]["schema"],
        component("AddUserSortBy")
    );
    assert_eq!(
        operation.pointer("/requestBody/content/application~1json/schema"),
        Some(&component("AddUserRequestBody"))
    );
    assert_eq!(
        operation.pointer("/responses/200/content/application~1json/schema"),
        Some(&json!({"type": "array", "items": component("AddUserResponseItem")}))
    );
    assert_eq!(
        document["components"]["schemas"]["AddUserResponseItem"],
        object()
    );
}

#[test]
fn nested_schemas_are_named_by_their_parents_and_keep_their_annotations() {
    let schemas = after(
        json!({"User": {"type": "object", "properties": {
            "home_address": {"type": "object", "nullable": true, "description": "where", "properties": {
                "kind": {"type": "string", "enum": ["x"]}
            }},
            "tags": {"type": "array", "items": {"type": "string", "enum": ["t"]}},
            "more": {"type": "object", "additionalProperties": object()},
            "plain": {"type": "integer", "title": "Plain"},
            "odd": {"type": "integer", "title": "Size in kilobytes"}
        }}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    let user = &schemas["User"]["properties"];
    assert_eq!(
        user["home_address"],
        json!({"allOf": [component("UserHomeAddress")], "nullable": true, "description": "where"})
    );
    assert_eq!(
        schemas["UserHomeAddress"]["properties"]["kind"],
        component("UserHomeAddressKind")
    );
    assert_eq!(user["tags"]["items"], component("UserTagsItem"));
    assert_eq!(
        user["more"]["additionalProperties"],
        component("UserMoreValue")
    );
    assert_eq!(user["plain"], json!({"type": "integer"}));
    assert_eq!(
        user["odd"],
        json!({"type": "integer", "description": "Size in kilobytes"})
    );
}

#[test]
fn a_taken_name_is_not_shared_by_another_structure() {
    let schemas = after(
        json!({
            "User": {"type": "object", "properties": {"home": object()}},
            "UserHome": {"type": "object", "properties": {"b": {"type": "integer"}}},
            "Other": {"type": "object", "properties": {"home": object()}},
            "OtherHome": object(),
        }),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["User"]["properties"]["home"],
        component("UserHome2")
    );
    assert_eq!(schemas["UserHome2"], object());
    assert_eq!(
        schemas["Other"]["properties"]["home"],
        component("OtherHome")
    );
}

#[test]
fn merged_and_alternative_branches_stay() {
    let schemas = after(
        json!({"U": {"oneOf": [
            {"type": "object", "properties": {"kind": {"type": "string", "enum": ["cat"]}, "inner": object()}},
            {"type": "string", "enum": ["none"]}
        ]}, "A": {"allOf": [{"type": "object", "properties": {"inner": object()}}]},
            "B": {"allOf": [component("A"), {"type": "object", "properties": {"inner": object()}}]}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["U"]["oneOf"][0]["properties"]["inner"],
        component("UCatInner")
    );
    assert_eq!(schemas["U"]["oneOf"][1], component("UVariant1"));
    assert_eq!(
        schemas["A"]["allOf"][0]["properties"]["inner"],
        component("AInner")
    );
}
