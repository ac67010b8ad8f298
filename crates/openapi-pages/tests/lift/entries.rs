//! The entries of a schema, of parameters and of bodies.

use serde_json::json;

use crate::parts::{NO_RESPONSE, get, schema};
use crate::support::operation;

#[test]
fn types_of_an_entry() {
    for (entry, expected) in [
        ("- type: any", json!({})),
        (
            "- {type: any, description: why}",
            json!({"description": "why"}),
        ),
        (
            "- {type: enum<string>, enum: [a]}",
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            "- {type: enum<number>, enum: [1.5]}",
            json!({"type": "number", "enum": [1.5]}),
        ),
        (
            "- {type: file, contentEncoding: binary}",
            json!({"type": "string", "format": "binary"}),
        ),
        ("- {type: 'null'}", json!({"type": "null"})),
        (
            "- {type: [string, 'null'], const: a}",
            json!({"type": ["string", "null"], "const": "a"}),
        ),
        (
            "- {type: string, nullable: true, minLength: 1}",
            json!({"type": "string", "nullable": true, "minLength": 1}),
        ),
        (
            "- {type: object, required: [a]}",
            json!({"type": "object", "required": ["a"]}),
        ),
        (
            "- {type: string}\n          - {type: integer}",
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ),
        ("[]", json!(null)),
    ] {
        assert_eq!(schema(&format!("          {entry}")).0, expected, "{entry}");
    }
}

#[test]
fn one_wrapper_is_taken_off_and_no_more() {
    let entry = "          - type: object
            properties:
              inner: {allOf: [{allOf: [{$ref: '#/c'}]}]}
              both: {allOf: [{type: string}], description: beside}
              plain: {type: string}
            items: {allOf: [{type: integer}]}
            additionalProperties: true";
    assert_eq!(
        schema(entry).0,
        json!({
            "type": "object",
            "properties": {
                "inner": {"allOf": [{"$ref": "#/c"}]},
                "both": {"allOf": [{"type": "string"}], "description": "beside"},
                "plain": {"type": "string"}
            },
            "items": {"type": "integer"},
            "additionalProperties": true
        })
    );
}

#[test]
fn parameters_keep_their_order_and_their_own_fields() {
    let request = "    security: []
    parameters:
      path: {}
      query:
        zeta: {schema: [{type: string}]}
        alpha:
          schema:
            - {type: string, description: for texts}
            - {type: integer, description: for numbers, required: true}
          allowReserved: true
        beta: {schema: []}
      header: {}
      cookie: {}
    body: {}";
    assert_eq!(
        get(&operation(request, NO_RESPONSE))["parameters"],
        json!([
            {"name": "zeta", "in": "query", "schema": {"type": "string"}},
            {
                "name": "alpha", "in": "query", "required": true, "allowReserved": true,
                "schema": {"anyOf": [
                    {"type": "string", "description": "for texts"},
                    {"type": "integer", "description": "for numbers"}
                ]}
            },
            {"name": "beta", "in": "query"}
        ])
    );
}

#[test]
fn a_body_is_required_if_any_of_its_entries_says_so() {
    let body = |first: &str, second: &str| {
        let request = format!(
            "    body:\n      application/json:\n        schemaArray: [{{type: object{first}}}]\n      text/plain:\n        schemaArray: [{{type: string{second}}}]"
        );
        get(&operation(&request, NO_RESPONSE))["requestBody"]
            .get("required")
            .cloned()
    };
    assert_eq!(body("", ""), None);
    assert_eq!(
        body(", required: false", ", required: true"),
        Some(json!(true))
    );
    assert_eq!(
        body(", required: true", ", required: false"),
        Some(json!(true))
    );
    assert_eq!(body("", ", required: false"), Some(json!(false)));
}
