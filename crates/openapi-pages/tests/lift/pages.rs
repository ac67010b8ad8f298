//! Whole pages, and what of them is a problem.

use serde_json::json;

use crate::parts::{NO_REQUEST, NO_RESPONSE, get};
use crate::support::{RESOLVED, WEBHOOK, only, operation, page, problems};

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
