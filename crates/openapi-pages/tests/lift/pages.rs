//! The lift of Mintlify's resolved form, rule by rule.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use serde_json::{Value, json};
use support::{RESOLVED, WEBHOOK, only, operation, page, problems};

const NO_REQUEST: &str =
    "    security: []\n    parameters: {path: {}, query: {}, header: {}, cookie: {}}\n    body: {}";
const NO_RESPONSE: &str = "    '204': {}";

fn get(text: &str) -> Value {
    only(text).document["paths"]["/x"]["get"].take()
}

/// The schema of a body with these entries, indented by ten, and the document.
fn schema(entries: &str) -> (Value, Value) {
    let document = document(entries);
    let media = &document["paths"]["/x"]["get"]["responses"]["200"]["content"]["application/json"];
    (media.get("schema").cloned().unwrap_or_default(), document)
}

fn document(entries: &str) -> Value {
    only(&response(entries)).document
}

fn response(entries: &str) -> String {
    let response = format!(
        "    '200':\n      application/json:\n        schemaArray:\n{entries}\n        examples: {{}}\n        description: ok"
    );
    operation(NO_REQUEST, &response)
}

#[test]
fn a_page_with_everything() {
    let fragment = only(RESOLVED);
    assert_eq!(fragment.title.as_deref(), Some("Update a lamp"));
    assert_eq!(
        fragment.source_urls,
        [
            "https://docs.lantern.example/api/lamps/update-a-lamp.md",
            "https://docs.lantern.example/v1/lamps/update-a-lamp.md"
        ]
    );
    let colour = json!({"$ref": "#/components/schemas/Colour"});
    let update = json!({"$ref": "#/components/schemas/LampUpdate"});
    let expected = json!({
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "servers": [{
            "url": "https://{region}.lantern.example",
            "description": "One per region",
            "variables": {"region": {"description": "Where the lamps hang", "default": "north"}}
        }],
        "paths": {"/rooms/{roomId}/lamps/{lampId}": {"patch": {
            "description": "Changes what a lamp – an “Ø 60 mm” one, say – does.\n\nIt takes *effect* at once:\n\n- the colour\n- the brightness",
            "deprecated": true,
            "security": [{"Lantern Key": [], "Tenant": []}, {"Bearer": []}, {"Login": []}, {}],
            "parameters": [
                {"name": "roomId", "in": "path", "required": true, "description": "Which room", "schema": {"type": "string"}},
                {"name": "lampId", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 1}},
                {
                    "name": "unit", "in": "query", "required": false, "deprecated": true,
                    "description": "How colours are written:\n`kelvin` or `mired`",
                    "style": "form", "explode": false,
                    "schema": {"type": "string", "enum": ["kelvin", "mired"]}
                },
                {
                    "name": "after", "in": "query", "description": "Only since then",
                    "schema": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
                },
                {
                    "name": "x-request", "in": "header", "description": "A mark of your own",
                    "schema": {"$ref": "#/components/schemas/Mark", "title": "Request"}
                }
            ],
            "requestBody": {
                "description": "What to change",
                "required": true,
                "content": {
                    "application/json": {"schema": update, "examples": {"example": {"value": {"colour": "<string>"}}}},
                    "application/x-www-form-urlencoded": {"schema": update}
                }
            },
            "responses": {
                "200": {
                    "description": "The lamp as it is now",
                    "content": {
                        "application/json": {
                            "schema": {"anyOf": [
                                {"$ref": "#/components/schemas/Lamp"},
                                {"type": "array", "items": colour}
                            ]},
                            "examples": {"lit": {"summary": "A lit lamp", "value": {"colour": "warm"}}}
                        },
                        "text/event-stream": {
                            "schema": {"type": "string", "format": "binary", "contentMediaType": "text/event-stream"}
                        },
                        "image/png": {
                            "schema": {"type": "string", "format": "binary"},
                            "examples": {"example": {}}
                        }
                    }
                },
                "202": {"description": ""},
                "204": {"description": "Nothing to do"},
                "409": {
                    "description": "",
                    "content": {"application/json": {"schema": {}, "examples": {"example": {"value": "<any>"}}}}
                },
                "default": {
                    "description": "Anything else",
                    "content": {"application/json": {"schema": {"type": "integer", "enum": [1, 2]}}}
                }
            }
        }}},
        "components": {
            "schemas": {
                "Colour": {"type": "string", "pattern": "^[a-z]+$"},
                "Mark": {"type": "string"},
                "LampUpdate": {
                    "type": "object",
                    "title": "LampUpdate",
                    "required": ["colour"],
                    "properties": {
                        "colour": colour,
                        "power": {"type": "object", "additionalProperties": {"type": "number"}, "required": ["peak"]}
                    }
                },
                "Lamp": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "properties": {
                        "colour": colour,
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "wattage": {"allOf": [{"type": "number"}, {"minimum": 0}]}
                    }
                }
            },
            "securitySchemes": {
                "Lantern Key": {"type": "apiKey", "in": "header", "name": "x-lantern-key", "description": "Issued in the console"},
                "Tenant": {"type": "apiKey", "in": "header", "name": "x-tenant"},
                "Bearer": {"type": "http", "scheme": "bearer"},
                "Login": {"type": "oauth2", "flows": {}}
            }
        }
    });
    assert_eq!(fragment.document, expected);
}

#[test]
fn a_webhook_goes_under_webhooks() {
    let document = only(WEBHOOK).document;
    assert_eq!(document["paths"], json!({}));
    assert_eq!(document["servers"], json!([]));
    assert_eq!(
        document["webhooks"]["lamp-broken"]["post"],
        json!({
            "security": [],
            "responses": {},
            "requestBody": {
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Broken"}}}
            }
        })
    );
    assert_eq!(
        document["components"],
        json!({"schemas": {"Broken": {"type": "object", "properties": {}}}})
    );
}

#[test]
fn nothing_is_invented() {
    let document = only(&operation(NO_REQUEST, NO_RESPONSE)).document;
    assert_eq!(
        document,
        json!({
            "openapi": "3.1.0",
            "info": {"title": "", "version": ""},
            "paths": {"/x": {"get": {"security": [], "responses": {"204": {"description": ""}}}}}
        })
    );
    // A page without the key says nothing about security; that is another statement than an empty list.
    let silent = get(&operation("    body: {}", NO_RESPONSE));
    assert_eq!(silent.get("security"), None);
}

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

#[test]
fn entries_of_one_component_are_its_alternatives() {
    let (union, document) = schema(
        "          - {type: string, refIdentifier: '#/components/schemas/Id'}
          - {type: 'null'}
          - {type: integer, refIdentifier: '#/components/schemas/Id'}",
    );
    assert_eq!(
        union,
        json!({"anyOf": [{"$ref": "#/components/schemas/Id"}, {"type": "null"}]})
    );
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
    );
}

#[test]
fn names_of_components_are_decoded_and_other_references_stay_inline() {
    let (reference, document) =
        schema("          - {type: string, refIdentifier: '#/components/schemas/a~1b%20c'}");
    assert_eq!(reference, json!({"$ref": "#/components/schemas/a~1b%20c"}));
    assert_eq!(
        document["components"]["schemas"],
        json!({"a/b c": {"type": "string"}})
    );
    for elsewhere in [
        "other.yaml#/Thing",
        "#/components/responses/R",
        "#/components/schemas/A/properties/b",
    ] {
        let (inline, document) = schema(&format!(
            "          - {{type: string, refIdentifier: '{elsewhere}'}}"
        ));
        assert_eq!(inline, json!({"type": "string"}), "{elsewhere}");
        assert_eq!(document.get("components"), None);
    }
}

/// Two responses with these entries, and these schemas among the components.
fn two(first: &str, second: &str, schemas: &str) -> String {
    page(&format!(
        "paths:
  path: /x
  method: get
  response:
    '200':
      application/json:
        schemaArray: [{{{first}, refIdentifier: '#/components/schemas/A'}}]
    '201':
      application/json:
        schemaArray: [{{{second}, refIdentifier: '#/components/schemas/A'}}]
components:
  schemas: {{{schemas}}}
"
    ))
}

#[test]
fn a_component_that_recurs_must_have_the_same_structure() {
    let same = two(
        "type: object, title: One, minProperties: 1",
        "minProperties: 1, type: object, description: two",
        "",
    );
    let document = only(&same).document;
    assert_eq!(
        document["components"]["schemas"],
        json!({"A": {"type": "object", "title": "One", "minProperties": 1}})
    );
    let second = &document["paths"]["/x"]["get"]["responses"]["201"]["content"]["application/json"]
        ["schema"];
    assert_eq!(
        second,
        &json!({"$ref": "#/components/schemas/A", "description": "two"})
    );

    for second in ["type: array", "type: object, maxProperties: 3", "format: x"] {
        let text = two("type: object", second, "");
        let found = problems(&text, None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, "pages::component_conflict");
        assert!(
            text[found[0].span.clone().unwrap()].contains(second),
            "{second}"
        );
    }
}

#[test]
fn a_component_of_the_page_wins_if_it_does_not_contradict() {
    let entry = "type: object, properties: {b: {allOf: [{type: string}]}}, requiredProperties: [b]";
    for full in [
        "A: {type: object, properties: {b: {type: string}}, required: [b], discriminator: {propertyName: b}}",
        "A: {properties: {b: {type: string}}, required: [b]}",
        "A: {allOf: [{$ref: '#/components/schemas/B'}]}",
    ] {
        let document = only(&two(entry, entry, full)).document;
        let (expected, _) = openapi_pages::parse_yaml(full).unwrap();
        assert_eq!(document["components"]["schemas"], expected);
    }
    let found = problems(
        two(
            entry,
            entry,
            "A: {type: object, properties: {c: {type: string}}}",
        ),
        None,
    );
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|problem| problem.code == "pages::component_conflict")
    );
}

#[test]
fn a_parameter_gives_a_component_its_structure_only() {
    let request = "    parameters:
      query:
        a: {schema: [{type: string, format: id, description: of the parameter, default: z, refIdentifier: '#/components/schemas/Id'}]}";
    let with_response = |entry: &str| {
        let response = format!(
            "    '200':\n      application/json:\n        schemaArray: [{{{entry}, refIdentifier: '#/components/schemas/Id'}}]"
        );
        operation(request, &response)
    };
    let document = only(&operation(request, NO_RESPONSE)).document;
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"type": "string", "format": "id"})
    );
    assert_eq!(
        document["paths"]["/x"]["get"]["parameters"][0]["schema"],
        json!({"$ref": "#/components/schemas/Id", "default": "z"})
    );
    let document = only(&with_response(
        "type: string, format: id, description: An id",
    ))
    .document;
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"type": "string", "format": "id", "description": "An id"})
    );
    assert_eq!(
        problems(with_response("type: integer"), None)[0].code,
        "pages::component_conflict"
    );
}

#[test]
fn what_the_grammar_does_not_know_is_kept_as_an_extension() {
    let text = page(
        "paths:
  path: /x
  method: GET
  novel: 1
  x-own: 2
  request:
    novel2: 3
    parameters: {query: {q: {schema: [{type: string}], novel3: 4}}}
  response:
    '200': {text/plain: {schemaArray: [{type: string}], novel4: 5}}
components: {}
extra: 6
",
    );
    let document = only(&text).document;
    let operation = &document["paths"]["/x"]["get"];
    assert_eq!(operation["x-mintlify-novel"], 1);
    assert_eq!(operation["x-own"], 2);
    assert_eq!(operation["x-mintlify-novel2"], 3);
    assert_eq!(operation["parameters"][0]["x-mintlify-novel3"], 4);
    assert_eq!(
        operation["responses"]["200"]["content"]["text/plain"]["x-mintlify-novel4"],
        5
    );
    assert_eq!(document["x-mintlify-extra"], 6);
}

#[test]
fn a_security_alternative_that_lost_its_order_is_a_problem() {
    let alternative = |title: &str, header: &str| {
        let request =
            format!("    security: [{{title: '{title}', parameters: {{header: {{{header}}}}}}}]");
        problems(operation(&request, NO_RESPONSE), None)
    };
    for (title, header) in [
        ("A & B", "Authorization: {type: http, scheme: bearer}"),
        ("A", "a: {type: apiKey}, b: {type: apiKey}"),
        ("A", ""),
        ("", "a: {type: apiKey}"),
        ("A", "Authorization: {type: openIdConnect}"),
    ] {
        let found = alternative(title, header);
        assert_eq!(found.len(), 1, "{title}");
        assert_eq!(found[0].code, "pages::security", "{title}");
        assert!(found[0].span.is_some());
    }
    let request = "    security:
      - {title: A, parameters: {header: {x: {type: apiKey}}}}
      - {title: A, parameters: {query: {x: {type: apiKey}}}}";
    assert_eq!(
        problems(operation(request, NO_RESPONSE), None)[0].code,
        "pages::component_conflict"
    );
}

#[test]
fn all_problems_of_a_page_are_found_at_once() {
    let text = page(
        "paths:
  path: 7
  method: fetch
  deprecated: maybe
  type: event
  servers: none
  request:
    security: {}
    parameters: {body: {}, query: []}
    body: [1]
  response:
    '200': {text/plain: {schemaArray: {type: string}}}
components: []
",
    );
    let found = problems(&text, None);
    let at: Vec<&str> = found
        .iter()
        .map(|problem| &text[problem.span.clone().unwrap()])
        .collect();
    for value in ["7", "maybe", "none", "{}", "[]", "[1]", "{type: string}"] {
        assert!(at.contains(&value), "{value} in {at:?}");
    }
    assert!(
        found
            .iter()
            .all(|problem| problem.code == "pages::shape" && !problem.help.is_empty())
    );
    let text = page("paths: {path: /x, method: fetch, type: event}");
    let codes: Vec<&str> = problems(&text, None)
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, ["pages::method", "pages::shape"]);
    let text = page("paths: {response: {}}");
    assert_eq!(problems(&text, None).len(), 2);
}
