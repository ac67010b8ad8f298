//! Stock progenitor over lowered documents: what stopped it, or made it write something wrong, does no more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use openapi_lower::{Effect, Lowered, Options, StatusPattern, lower};
use serde_json::{Value, json};

/// A document with these paths and schemas.
fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Fixture", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas}
    })
}

fn lowered(document: Value) -> Lowered {
    match lower(document, &Options::default()) {
        Ok(lowered) => lowered,
        Err(report) => panic!("{report}"),
    }
}

/// What progenitor makes of a lowered document.
fn generated(lowered: &Lowered) -> String {
    let api: openapiv3::OpenAPI = serde_json::from_value(lowered.document.clone()).unwrap();
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_interface(progenitor::InterfaceStyle::Builder);
    let tokens = progenitor::Generator::new(&settings)
        .generate_tokens(&api)
        .unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn generate(paths: Value, schemas: Value) -> (Lowered, String) {
    let lowered = lowered(document(paths, schemas));
    let code = generated(&lowered);
    (lowered, code)
}

/// Whether progenitor alone fails on a document.
fn stock_fails(mut document: Value) -> bool {
    document["openapi"] = json!("3.0.3");
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(move || {
            let api: openapiv3::OpenAPI = serde_json::from_value(document).ok()?;
            let mut settings = progenitor::GenerationSettings::default();
            settings.with_interface(progenitor::InterfaceStyle::Builder);
            progenitor::Generator::new(&settings)
                .generate_tokens(&api)
                .ok()
                .map(|_| ())
        })
        .unwrap()
        .join()
        .ok()
        .flatten()
        .is_none()
}

fn get(responses: Value) -> Value {
    json!({"/thing": {"get": {"operationId": "getThing", "responses": responses}}})
}

fn body(schema: Value) -> Value {
    json!({"description": "a thing", "content": {"application/json": {"schema": schema}}})
}

fn object(property: &str, name: &str) -> Value {
    json!({"type": "object", "required": [property], "properties": {property: {"type": name}}})
}

#[test]
fn inline_success_and_error_bodies_are_two_types() {
    let (lowered, code) = generate(
        get(json!({"200": body(object("user", "string")), "401": body(object("code", "integer"))})),
        json!({}),
    );
    let schemas = &lowered.document["components"]["schemas"];
    assert_eq!(schemas["GetThingResponse"], object("user", "string"));
    assert_eq!(schemas["GetThingError401"], object("code", "integer"));
    assert_eq!(
        lowered.operations["getThing"].errors[&StatusPattern::Code(401)].as_deref(),
        Some("GetThingError401")
    );
    assert!(
        code.contains("ResponseValue<types::GetThingResponse>, Error<()>"),
        "{code}"
    );
    assert!(code.contains("pub struct GetThingError401"), "{code}");
}

#[test]
fn an_inline_body_does_not_take_the_type_of_a_component_of_its_name() {
    let (lowered, code) = generate(
        get(json!({"200": body(object("user", "string"))})),
        json!({"GetThingResponse": object("other", "integer")}),
    );
    assert_eq!(
        lowered.document["components"]["schemas"]["GetThingResponse"],
        object("other", "integer")
    );
    assert!(
        code.contains("ResponseValue<types::GetThingResponseBody>"),
        "{code}"
    );
}

#[test]
fn one_title_is_not_one_type() {
    let title = |name: &str| json!({"type": "object", "title": "Response", "properties": {name: {"type": "string", "title": "Response"}}});
    let (_, code) = generate(
        json!({
            "/a": {"get": {"operationId": "a", "responses": {"200": body(title("x"))}}},
            "/b": {"get": {"operationId": "b", "responses": {"200": body(title("y"))}}},
        }),
        json!({}),
    );
    assert!(
        code.contains("pub struct AResponse") && code.contains("pub struct BResponse"),
        "{code}"
    );
}

#[test]
fn responses_that_differ_do_not_stop_it() {
    let schemas = json!({"A": object("a", "string"), "B": object("b", "string")});
    let (a, b) = (
        json!({"$ref": "#/components/schemas/A"}),
        json!({"$ref": "#/components/schemas/B"}),
    );
    let combinations = [
        json!({"200": body(a.clone()), "default": body(b.clone())}),
        json!({"200": body(a.clone()), "400": body(b), "401": {"description": ""}}),
        json!({"200": body(a.clone()), "204": {"description": ""}}),
        json!({"200": body(a.clone()), "201": {"description": "", "content": {"text/plain": {}}}}),
        json!({"101": {"description": ""}, "200": body(a)}),
        json!({"200": {"description": "", "content": {"application/json": {}}}}),
    ];
    for responses in combinations {
        assert!(
            stock_fails(document(get(responses.clone()), schemas.clone())),
            "{responses} is no trap"
        );
        generate(get(responses), schemas.clone());
    }
}

#[test]
fn parameters_that_cannot_be_sent_do_not_stop_it() {
    let query = |schema: Value, required: bool| json!({"name": "q", "in": "query", "required": required, "schema": schema});
    let item = |path: &str, parameters: Value| json!({path: {"get": {"operationId": "g", "parameters": parameters, "responses": {}}}});
    let traps = [
        item("/a", json!([query(object("a", "string"), false)])),
        item("/a/{undeclared}", json!([])),
        item(
            "/a",
            json!([
                {"name": "gone", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "lost", "in": "path", "required": true, "schema": {"type": "string"}}
            ]),
        ),
        item(
            "/a",
            json!([{"name": "c", "in": "cookie", "schema": {"type": "string"}}]),
        ),
        item(
            "/a",
            json!([{"name": "c", "in": "query", "content": {"application/json": {"schema": {}}}}]),
        ),
        item(
            "/a",
            json!([{"name": "c", "in": "query", "style": "deepObject", "schema": {"type": "object"}}]),
        ),
    ];
    for paths in traps {
        assert!(
            stock_fails(document(paths.clone(), json!({}))),
            "{paths} is no trap"
        );
        let (lowered, _) = generate(paths, json!({}));
        assert_eq!(lowered.operations.len(), 1);
    }
    // With the required one the operation goes, and with the only operation the document.
    let report = lower(
        document(
            item("/a", json!([query(object("a", "string"), true)])),
            json!({}),
        ),
        &Options::default(),
    );
    let report = report.unwrap_err();
    assert_eq!(report.problems[0].code, "lower::no_operations");
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.rule == "unsupported_operation" && note.effect == Effect::Dropped)
    );
}

#[test]
fn schemas_that_stop_it_do_so_no_more() {
    let traps = [
        json!({"format": "int32", "items": {}}),
        json!({"nullable": true, "not": {"type": "string"}}),
        json!({"oneOf": [object("a", "string")], "anyOf": [object("b", "string"), object("c", "string")]}),
        json!({"type": "object", "properties": {"a": {"type": "boolean", "default": "false"}}}),
        json!({"enum": ["a", 1, true]}),
        json!({"type": "string", "enum": ["=", ">", "<"]}),
        json!({"type": "object", "required": true, "properties": {"a": {"type": ["string", "null"]}}}),
        json!({"type": "number", "exclusiveMinimum": 3}),
        json!({"type": "object", "properties": {"a": true}}),
    ];
    for schema in traps {
        let paths = get(json!({"200": body(json!({"$ref": "#/components/schemas/Trap"}))}));
        let stock = document(paths.clone(), json!({"Trap": schema}));
        assert!(stock_fails(stock), "{schema} is no trap");
        generate(paths, json!({"Trap": schema}));
    }
}

#[test]
fn recursion_does_not_overflow_the_stack() {
    let part = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let paths = get(json!({"200": body(part("A"))}));
    generate(
        paths.clone(),
        json!({"A": {"allOf": [part("A"), object("a", "string")]}}),
    );
    generate(
        paths.clone(),
        json!({"A": {"allOf": [part("B")]}, "B": {"allOf": [part("A"), object("b", "string")]}}),
    );
    let (_, code) = generate(
        paths,
        json!({
            "A": {"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}, "oneOf": [part("B"), part("C")]},
            "B": {"allOf": [part("A"), object("b", "string")]},
            "C": {"allOf": [part("A"), object("c", "string")]},
        }),
    );
    assert!(code.contains("B(B)") && code.contains("C(C)"), "{code}");
}

#[test]
fn a_nullable_bound_is_a_number_and_no_list() {
    let (_, code) = generate(
        get(json!({"200": body(json!({"$ref": "#/components/schemas/A"}))})),
        json!({"A": {"type": "object", "properties": {"size": {"nullable": true, "minimum": 1}}}}),
    );
    assert!(
        code.contains("pub size: ::std::option::Option<f64>"),
        "{code}"
    );
}

#[test]
fn a_nullable_reference_is_an_option_of_that_type() {
    let (_, code) = generate(
        get(json!({"200": body(json!({"$ref": "#/components/schemas/A"}))})),
        json!({
            "A": {"type": "object", "properties": {
                "one": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}], "description": "maybe"},
                "two": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}},
                "three": {"type": "object", "allOf": [{"$ref": "#/components/schemas/B"}]}
            }},
            "B": object("b", "string"),
        }),
    );
    assert!(code.contains("pub one: ::std::option::Option<B>"), "{code}");
    assert!(
        code.contains("pub two: ::std::option::Option<ATwo>"),
        "{code}"
    );
    assert!(
        code.contains("pub three: ::std::option::Option<B>"),
        "{code}"
    );
}

#[test]
fn a_nullable_component_is_defined_once() {
    let part = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (_, code) = generate(
        get(json!({"200": body(part("A"))})),
        json!({
            "A": {"type": "object", "properties": {"kind": part("Kind"), "either": part("Either")}},
            "Kind": {"enum": ["a", "b", null]},
            "Either": {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
        }),
    );
    assert_eq!(code.matches("pub enum Kind {").count(), 1, "{code}");
    assert_eq!(code.matches("pub enum Either {").count(), 1, "{code}");
    assert!(
        code.contains("pub kind: ::std::option::Option<Kind>"),
        "{code}"
    );
    assert!(
        !code.contains("struct Kind") && !code.contains("struct Either"),
        "{code}"
    );
}

#[test]
fn a_property_of_several_merged_parts_is_defined_once() {
    let links =
        |name: &str| json!({"type": "object", "properties": {"links": object(name, "string")}});
    let (_, code) = generate(
        get(
            json!({"200": body(json!({"allOf": [{"$ref": "#/components/schemas/Page"}, links("next")]}))}),
        ),
        json!({"Page": links("self")}),
    );
    assert_eq!(
        code.matches("pub struct GetThingResponseLinks {").count(),
        2,
        "the type and its builder: {code}"
    );
}

#[test]
fn methods_and_names_that_do_not_compile_are_gone() {
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    let lowered = lowered(document(
        json!({
            "/a": {"get": operation("new"), "options": operation("o"), "trace": operation("t"), "put": operation("getFoo"), "post": operation("get_foo")},
            "/b": {"get": {"responses": {}}}
        }),
        json!({"Default": object("a", "string"), "foo_bar": object("a", "string"), "FooBar": object("b", "string")}),
    ));
    let ids: Vec<&str> = lowered.operations.keys().map(String::as_str).collect();
    assert_eq!(ids, ["getFoo", "get_b", "get_foo_post_a", "new_operation"]);
    let names: Vec<&String> = lowered.document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(names, ["DefaultModel", "FooBar", "FooUnderscoreBar"]);
    generated(&lowered);
}

#[test]
fn no_text_becomes_code() {
    let hostile = "Do this:\n\n    std::process::exit(1)\n\n```\npanic!()\n```\n\nand [that].";
    let lowered = lowered(document(
        json!({"/a": {"get": {
            "summary": hostile, "description": hostile,
            "parameters": [{"name": "p", "in": "query", "description": hostile, "schema": {"type": "string"}}],
            "responses": {"200": body(json!({"type": "object", "description": hostile, "properties": {"x": {"type": "string", "description": hostile}}}))}
        }}}),
        json!({}),
    ));
    let operation = &lowered.document["paths"]["/a"]["get"];
    assert_eq!(
        operation["description"],
        "Do this:\n\n```text\nstd::process::exit(1)\n```\n\n```text\npanic!()\n```\n\nand \\[that]."
    );
    assert!(!operation["summary"].as_str().unwrap().contains('\n'));
    assert!(
        !operation["parameters"][0]["description"]
            .as_str()
            .unwrap()
            .contains('\n')
    );
    generated(&lowered);
}
