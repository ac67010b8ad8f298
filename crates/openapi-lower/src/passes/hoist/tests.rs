use crate::passes::testing::{brief, document_after};
use crate::report::Effect;
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
        component("UserHomeOfUser")
    );
    assert_eq!(schemas["UserHomeOfUser"], object());
    assert_eq!(
        schemas["Other"]["properties"]["home"],
        component("OtherHome")
    );
}

#[test]
fn branches_of_unions_are_named_by_themselves() {
    let schemas = after(
        json!({"U": {"oneOf": [
            {"type": "object", "properties": {"kind": {"type": "string", "enum": ["cat"]}, "inner": object()}},
            {"type": "string", "enum": ["none"]},
            object(),
            {"type": "array", "items": object()},
            {"type": "integer"}
        ]}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["U"]["oneOf"],
        json!([
            component("UCat"),
            component("UNone"),
            component("UA"),
            {"type": "array", "items": component("UA")},
            {"type": "integer"}
        ])
    );
    assert_eq!(
        schemas["UCat"]["properties"]["inner"],
        component("UCatInner")
    );
}

#[test]
fn branches_that_describe_themselves_alike_are_told_apart() {
    let other = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {}}});
    let mut first = object();
    first["required"] = json!(["a"]);
    let schemas =
        after(json!({"U": {"anyOf": [first, other]}}), json!({}))["components"]["schemas"].take();
    assert_eq!(
        schemas["U"]["anyOf"],
        json!([component("UA"), component("UABObject")])
    );
}

#[test]
fn a_name_taken_by_what_is_nearer_to_a_component_is_not_taken_away() {
    let choice = |value: &str| json!({"type": "string", "enum": [value]});
    let contact = json!({"type": "object", "properties": {"kind": choice("deep")}});
    let lead = json!({"type": "object", "properties": {"contact": contact}});
    let schemas = after(
        json!({"Team": {"type": "object", "properties": {"lead": lead, "lead_contact_kind": choice("near")}}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["Team"]["properties"]["lead_contact_kind"],
        component("TeamLeadContactKind")
    );
    assert_eq!(
        schemas["TeamLeadContact"]["properties"]["kind"],
        component("TeamLeadContactKindOfTeamLeadContact")
    );
}

#[test]
fn merged_branches_stay() {
    let schemas = after(
        json!({"A": {"allOf": [{"type": "object", "properties": {"inner": object()}}]},
            "B": {"allOf": [component("A"), {"type": "object", "properties": {"inner": object()}}]}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["A"]["allOf"][0]["properties"]["inner"],
        component("AInner")
    );
    assert_eq!(
        schemas["B"]["allOf"][1]["properties"]["inner"],
        component("BOwnInner")
    );
}

#[test]
fn parameters_of_one_name_are_told_apart_by_where_they_are() {
    let parameter = |place: &str, value: &str| json!({"name": "sort", "in": place, "schema": {"type": "string", "enum": [value]}});
    let named = |parameters: [Value; 2]| {
        let operation = json!({"operationId": "list", "parameters": parameters});
        let mut document = after(json!({}), operation);
        let parameters = document["paths"]["/a"]["post"]["parameters"].take();
        [0, 1].map(|position| parameters[position]["schema"].clone())
    };
    let (query, header) = (parameter("query", "a"), parameter("header", "b"));
    assert_eq!(
        named([query.clone(), header.clone()]),
        [component("ListSort"), component("ListSortInHeader")]
    );
    assert_eq!(
        named([header, query]),
        [component("ListSortInHeader"), component("ListSort")]
    );
}

#[test]
fn what_stands_beside_a_union_is_merged_into_its_branches() {
    let base = json!({"type": "object", "required": ["note"], "properties": {"note": object()}});
    let mut beside = base.clone();
    beside["oneOf"] = json!([component("Cat"), object()]);
    beside["description"] = json!("one of them");
    let schemas = after(
        json!({
            "Cat": object(),
            "Beside": beside,
            "Within": {"allOf": [base, {"oneOf": [component("Cat"), object()]}]},
            "Plain": {"type": "object", "oneOf": [component("Cat"), object()]},
        }),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["Beside"],
        json!({"description": "one of them", "oneOf": [component("BesideCat"), component("BesideA")]})
    );
    let base = json!({"type": "object", "required": ["note"], "properties": {"note": component("BesideNote")}});
    assert_eq!(
        schemas["BesideCat"],
        json!({"allOf": [base, component("Cat")]})
    );
    assert_eq!(schemas["BesideA"], json!({"allOf": [base, object()]}));
    assert_eq!(
        schemas["Within"],
        json!({"oneOf": [component("WithinCat"), component("WithinA")]})
    );
    assert_eq!(
        schemas["WithinCat"]["allOf"][0]["allOf"][0]["properties"]["note"],
        component("WithinNote")
    );
    // It says nothing that the branches do not say.
    assert_eq!(
        schemas["Plain"],
        json!({"oneOf": [component("Cat"), component("PlainA")]})
    );
}

#[test]
fn a_type_beside_a_union_is_the_type_of_its_branches() {
    let schemas = after(
        json!({"U": {"type": "string", "oneOf": [{"enum": ["a", "b"]}, {"pattern": "^x"}]}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(
        schemas["U"],
        json!({"oneOf": [component("UEnum"), component("UValue")]})
    );
    assert_eq!(
        schemas["UEnum"],
        json!({"type": "string", "enum": ["a", "b"]})
    );
}

#[test]
fn requirements_beside_a_union_are_added_to_those_of_its_branches() {
    let branch = |name: &str| {
        json!({"type": "object", "required": [name],
            "properties": {"id": {"type": "string"}, name: {"type": "string"}}})
    };
    let schemas = after(
        json!({"U": {"type": "object", "required": ["id"], "oneOf": [branch("a"), branch("b")]}}),
        json!({}),
    )["components"]["schemas"]
        .take();
    assert_eq!(schemas["UA"]["required"], json!(["a", "id"]));
    assert_eq!(schemas["UB"]["required"], json!(["b", "id"]));
}

#[test]
fn what_both_sides_say_differently_is_said_twice() {
    let base = json!({"type": "string", "maxLength": 9});
    let mut union = base.clone();
    union["oneOf"] =
        json!([{"type": "string", "maxLength": 5}, {"type": "string", "pattern": "^x"}]);
    let schemas = after(json!({"U": union}), json!({}))["components"]["schemas"].take();
    assert_eq!(
        schemas["UString"],
        json!({"allOf": [base, {"type": "string", "maxLength": 5}]})
    );
    let numbers =
        json!({"type": "number", "minimum": 1, "oneOf": [{"type": "integer"}, {"maximum": 0.5}]});
    let schemas = after(json!({"U": numbers}), json!({}))["components"]["schemas"].take();
    assert_eq!(
        schemas["U"]["oneOf"],
        json!([{"type": "integer", "minimum": 1}, {"type": "number", "minimum": 1, "maximum": 0.5}])
    );
}

#[test]
fn a_branch_of_another_type_is_no_type_without_values() {
    let (document, notes) = document_after(
        super::PASS,
        json!({"openapi": "3.0.3", "components": {"schemas": {"U": {
            "type": "object", "required": ["id"], "properties": {"id": {"type": "string"}},
            "oneOf": [object(), {"type": "string"}, component("Alias")]
        }, "Alias": component("Word"), "Word": {"type": "string"}}}}),
    );
    assert_eq!(
        document["components"]["schemas"]["U"]["oneOf"],
        json!([component("UA"), {"type": "string"}, component("Alias")])
    );
    assert_eq!(
        brief(&notes),
        [
            ("/components/schemas/U/oneOf/1", Effect::Widened),
            ("/components/schemas/U/oneOf/2", Effect::Widened)
        ]
    );
}
