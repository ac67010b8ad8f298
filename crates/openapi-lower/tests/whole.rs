//! Properties of the whole lowering.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use openapi_lower::{CODES, Effect, Options, PASSES, lower};
use serde_json::{Map, Value, json};

fn fixture() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Fixture", "version": "1", "summary": "short"},
        "servers": [{"url": "https://api.example.org"}],
        "webhooks": {"ping": {"post": {"requestBody": {"content": {"application/json": {"schema": {
            "type": "object", "properties": {"at": {"type": ["string", "null"]}}
        }}}}}}},
        "paths": {
            "/users/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "get": {"responses": {
                    "200": {"description": "", "content": {"application/json": {"schema": {
                        "type": "object",
                        "properties": {
                            "name": {"type": ["string", "null"], "examples": ["Ada"]},
                            "kind": {"const": "user"},
                            "tags": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
                            "friend": {"$ref": "#/paths/~1users~1{id}/get/responses/200/content/application~1json/schema"}
                        }
                    }}}},
                    "404": {"$ref": "#/components/responses/Missing"},
                    "default": {"description": "", "content": {"text/html": {}}}
                }}
            },
            "/users": {"post": {
                "operationId": "addUser",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}, "multipart/form-data": {}}},
                "responses": {"201": {"description": ""}}
            }}
        },
        "components": {
            "parameters": {"Id": {"name": "id", "in": "path", "schema": {"type": "integer"}}},
            "responses": {"Missing": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"code": {"type": "string", "exclusiveMinimum": 2}}}}}}},
            "schemas": {"foo_bar": {"type": "string", "not": {}}, "FooBar": {"type": "integer"}}
        }
    })
}

/// The same value with the keys of all objects in another order, if `serde_json` keeps an order at all.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
        Value::Object(map) => {
            let mut entries: Vec<_> = map
                .iter()
                .map(|(key, value)| (key.clone(), reversed(value)))
                .collect();
            entries.reverse();
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        scalar => scalar.clone(),
    }
}

#[test]
fn the_result_is_what_it_says() {
    let lowered = lower(fixture(), &Options::default()).unwrap();
    assert_eq!(lowered.document["openapi"], "3.0.3");
    assert!(lowered.document.get("webhooks").is_none());
    let schemas = lowered.document["components"]["schemas"]
        .as_object()
        .unwrap();
    // The body was referred to by its place, which named it.
    let body = &lowered.document["paths"]["/users/{id}"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    let name = body["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
    let user = &schemas[name]["properties"];
    assert_eq!(
        user["name"],
        json!({"type": "string", "nullable": true, "example": "Ada"})
    );
    assert_eq!(user["friend"], *body);
    assert_eq!(
        schemas["AddUserRequestBody"]["properties"]["a"],
        json!({"type": "integer"})
    );
    assert_eq!(
        schemas["PingPayload"]["properties"]["at"],
        json!({"type": "string", "nullable": true})
    );
    let errors = &lowered.operations["get_users_id"].errors;
    let errors: Vec<(String, Option<&str>)> = errors
        .iter()
        .map(|(status, name)| (status.to_string(), name.as_deref()))
        .collect();
    assert_eq!(
        errors,
        [
            ("404".to_owned(), Some("GetUsersIdError404")),
            ("default".to_owned(), None)
        ]
    );
}

#[test]
fn pointers_lead_into_the_document_that_was_given() {
    let input = fixture();
    let lowered = lower(input.clone(), &Options::default()).unwrap();
    for note in &lowered.notes {
        let mut pointer = note.pointer.as_str();
        // A note about something absent points to where it would be.
        if note.rule == "parameters" || note.rule == "operation_ids" {
            pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        assert!(input.pointer(pointer).is_some(), "{note:?}");
    }
    assert_eq!(
        lowered
            .origins
            .resolve("/components/schemas/GetUsersIdError404/properties/code"),
        "/components/responses/Missing/content/application~1json/schema/properties/code"
    );
    assert_eq!(
        lowered
            .origins
            .resolve("/components/schemas/PingPayload/properties/at"),
        "/webhooks/ping/post/requestBody/content/application~1json/schema/properties/at"
    );
    assert_eq!(
        lowered
            .origins
            .resolve("/components/schemas/FooUnderscoreBar"),
        "/components/schemas/foo_bar"
    );
    assert_eq!(
        lowered
            .origins
            .resolve("/components/schemas/AddUserRequestBody/properties/a"),
        "/paths/~1users/post/requestBody/content/application~1json/schema/properties/a"
    );
    let lossy: Vec<_> = lowered
        .notes
        .iter()
        .filter(|note| note.effect == Effect::Dropped)
        .map(|note| note.pointer.as_str())
        .collect();
    assert_eq!(
        lossy,
        [
            "/paths/~1users/post/requestBody",
            "/paths/~1users/post/requestBody/content/multipart~1form-data"
        ]
    );
}

#[test]
fn order_and_repetition_change_nothing() {
    let one = lower(fixture(), &Options::default()).unwrap();
    let two = lower(reversed(&fixture()), &Options::default()).unwrap();
    assert_eq!(one.document.to_string(), two.document.to_string());
    assert_eq!(one.notes, two.notes);
    assert_eq!(one.operations, two.operations);
    assert_eq!(one.origins, two.origins);
}

#[test]
fn a_lowered_document_is_lowered() {
    let one = lower(fixture(), &Options::default()).unwrap();
    let two = lower(one.document.clone(), &Options::default()).unwrap();
    assert_eq!(one.document, two.document);
    assert_eq!(two.notes, [], "nothing is left to change");
}

#[test]
fn notes_and_problems_serialize() {
    let lowered = lower(fixture(), &Options::default()).unwrap();
    let notes = serde_json::to_value(&lowered.notes).unwrap();
    assert_eq!(notes[0]["effect"], "exact");
    let operations = serde_json::to_value(&lowered.operations).unwrap();
    assert_eq!(
        operations["get_users_id"]["errors"]["404"],
        "GetUsersIdError404"
    );
}

#[test]
fn tables_are_complete() {
    let names: std::collections::BTreeSet<_> = PASSES.iter().map(|pass| pass.name).collect();
    assert_eq!(names.len(), PASSES.len());
    let readme = include_str!("../README.md");
    for pass in PASSES {
        assert!(
            readme.contains(&format!("| `{}` | {} |", pass.name, pass.summary)),
            "README lacks {}",
            pass.name
        );
        assert!(!pass.source.is_empty());
    }
    assert!(CODES.iter().all(|(code, _)| code.starts_with("lower::")));
}

#[test]
fn problems_name_their_place_and_all_are_told() {
    let refused = |document: Value| lower(document, &Options::default()).unwrap_err().problems;
    let codes = |document: Value| {
        refused(document)
            .into_iter()
            .map(|problem| problem.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(json!([])), ["lower::not_a_document"]);
    assert_eq!(codes(json!({})), ["lower::not_a_document"]);
    assert_eq!(
        codes(json!({"swagger": "2.0"})),
        ["lower::unsupported_version"]
    );
    assert_eq!(
        codes(json!({"openapi": "4.0.0"})),
        ["lower::unsupported_version"]
    );
    assert_eq!(codes(json!({"openapi": "3.1.0"})), ["lower::no_paths"]);
    assert_eq!(
        codes(json!({"openapi": "3.1.0", "paths": 5})),
        ["lower::malformed"]
    );
    assert_eq!(
        codes(json!({"openapi": "3.1.0", "paths": {}})),
        ["lower::no_operations"]
    );
    assert_eq!(
        codes(json!({"openapi": "3.1.0", "webhooks": {"a": {}}})),
        ["lower::no_operations"]
    );
}

#[test]
fn faults_that_can_be_left_out_are_notes() {
    let document = json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {
        "A": {"$ref": "#/components/schemas/Gone"},
        "B": {"properties": {"b": {"$ref": "other.yaml#/B"}}},
        "C": {"$ref": "#/components/schemas/C"},
        "D": {"items": {"$ref": "#"}}
    }}});
    let lowered = lower(document, &Options::default()).unwrap();
    let found: Vec<(&str, &str)> = lowered
        .notes
        .iter()
        .filter_map(|note| Some((note.fault()?, note.pointer.as_str())))
        .collect();
    assert_eq!(
        found,
        [
            ("lower::unresolved_reference", "/components/schemas/A/$ref"),
            (
                "lower::external_reference",
                "/components/schemas/B/properties/b/$ref"
            ),
            ("lower::circular_reference", "/components/schemas/C/$ref"),
            (
                "lower::unresolved_reference",
                "/components/schemas/D/items/$ref"
            ),
            ("lower::no_operations", "/paths"),
        ]
    );
}

#[test]
fn documents_just_short_of_too_deep_need_no_large_stack() {
    // A test has 2 MiB, and code without optimisation needs the most.
    let wraps: [fn(Value) -> Value; 4] = [
        |inner| json!({"type": "array", "items": inner}),
        |inner| json!({"type": "object", "additionalProperties": inner}),
        |inner| json!({"type": "object", "properties": {"a": inner}}),
        |inner| json!({"oneOf": [inner, {"type": "integer"}]}),
    ];
    for wrap in wraps {
        let mut document =
            json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}});
        let mut deeper = json!({"components": {"schemas": {"Deep": {"type": "string"}}}});
        loop {
            let inner = deeper["components"]["schemas"]["Deep"].take();
            deeper["components"]["schemas"]["Deep"] = wrap(inner);
            if levels(&deeper) > 100 {
                break;
            }
            document["components"] = deeper["components"].clone();
        }
        for options in [Options::default(), Options::default().with_marks()] {
            let lowered = lower(document.clone(), &options);
            assert!(lowered.is_ok(), "{lowered:?}");
        }
    }
}

fn levels(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| levels(item) + 1).max().unwrap_or(0),
        Value::Object(members) => members
            .values()
            .map(|member| levels(member) + 1)
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn deep_documents_are_refused() {
    let deep = (0..100_000).fold(json!({}), |inner, _| Value::Array(vec![inner]));
    let mut document = fixture();
    document["x-deep"] = deep;
    let report = lower(document, &Options::default()).unwrap_err();
    assert_eq!(report.problems[0].code, "lower::too_deep");
}

/// Puts something else in the place of every value, one at a time.
#[test]
fn no_malformed_value_panics() {
    let original = fixture();
    let mut pointers = Vec::new();
    let mut open = vec![(String::new(), &original)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.iter().map(|(key, value)| {
                (
                    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    value,
                )
            })),
            Value::Array(items) => {
                open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, value)| (format!("{at}/{index}"), value)),
                );
            }
            _ => {}
        }
        pointers.push(at);
    }
    let odd = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!([]),
        json!({}),
        json!([[], {}, null]),
        json!({"": {"$ref": "#"}, "$ref": 5}),
        json!({"type": ["null", 3, "array"], "enum": {}, "items": [null], "allOf": [{"allOf": "x"}]}),
    ];
    for pointer in pointers {
        for value in &odd {
            let mut document = original.clone();
            *document.pointer_mut(&pointer).unwrap() = value.clone();
            if let Ok(lowered) = lower(document, &Options::default()) {
                assert!(serde_json::from_value::<openapiv3::OpenAPI>(lowered.document).is_ok());
            }
        }
    }
}
