//! The grammar of Mintlify's resolved form, clause by clause, where `lift.rs` has no test of its own.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use openapi_pages::Problem;
use serde_json::{Value, json};
use support::{only, operation, page, problems};

const NO_RESPONSE: &str = "    '204': {}";

fn lifted(request: &str, response: &str) -> Value {
    only(&operation(request, response)).document
}

fn get(document: &Value) -> &Value {
    &document["paths"]["/x"]["get"]
}

/// The only problem of a page, and what it points to.
fn refused(text: &str) -> (Problem, String) {
    let mut found = problems(text, None);
    assert_eq!(found.len(), 1, "{}", support::shown(&found));
    let problem = found.remove(0);
    let at = problem.span.clone().map(|span| text[span].to_owned());
    (problem, at.unwrap_or_default())
}

#[test]
fn servers_stay_as_they_are_but_for_the_type_of_variables() {
    let document = |servers: &str| {
        let yaml = format!(
            "paths:\n  path: /x\n  method: get\n{servers}  response: {{}}\n  type: path\ncomponents: {{}}"
        );
        page(&yaml)
    };
    let servers = |text: &str| only(&document(text)).document.get("servers").cloned();
    assert_eq!(servers(""), None);
    assert_eq!(servers("  servers: []\n"), Some(json!([])));
    assert_eq!(
        servers("  servers: [{url: '{api_base_url}'}, {url: //x.example, description: ''}]\n"),
        Some(json!([{"url": "{api_base_url}"}, {"url": "//x.example", "description": ""}]))
    );
    assert_eq!(
        servers(
            "  servers: [{url: 'https://{a}.example', variables: {a: {type: string, default: b, enum: [b, c]}}}]\n"
        ),
        Some(
            json!([{"url": "https://{a}.example", "variables": {"a": {"default": "b", "enum": ["b", "c"]}}}])
        )
    );
    for (servers, at) in [
        ("[{url: x, variables: [1]}]", "[1]"),
        ("[{url: x, variables: {a: 7}}]", "7"),
        ("[7]", "7"),
    ] {
        let (problem, found) = refused(&document(&format!("  servers: {servers}\n")));
        assert_eq!(
            (problem.code, found.as_str()),
            ("pages::shape", at),
            "{servers}"
        );
    }
}

#[test]
fn security_schemes_of_every_kind_and_place() {
    let request = "    security:
      - {title: basic, parameters: {query: {}, header: {Authorization: {type: http, scheme: basic}}, cookie: {}}}
      - {title: session, parameters: {query: {}, header: {}, cookie: {sid: {type: apiKey, description: Set by login}}}}
      - {title: in the query, parameters: {query: {key: {type: apiKey}}, header: {}, cookie: {}}}
      - {title: login, parameters: {query: {}, header: {Authorization: {type: oauth2}}, cookie: {}}}
      - {title: A & B, parameters: {header: {x-a: {type: apiKey}, Authorization: {type: http, scheme: bearer}}}}
      - {title: '', parameters: {query: {}, header: {}, cookie: {}}}";
    let document = lifted(request, NO_RESPONSE);
    assert_eq!(
        get(&document)["security"],
        json!([{"basic": []}, {"session": []}, {"in the query": []}, {"login": []}, {"A": [], "B": []}, {}])
    );
    assert_eq!(
        document["components"]["securitySchemes"],
        json!({
            "basic": {"type": "http", "scheme": "basic"},
            "session": {"type": "apiKey", "in": "cookie", "name": "sid", "description": "Set by login"},
            "in the query": {"type": "apiKey", "in": "query", "name": "key"},
            "login": {"type": "oauth2", "flows": {}},
            "A": {"type": "apiKey", "in": "header", "name": "x-a"},
            "B": {"type": "http", "scheme": "bearer"}
        })
    );
}

#[test]
fn which_of_two_schemes_is_in_which_place_must_be_known() {
    let both =
        "{title: A & B, parameters: {query: {b: {type: apiKey}}, header: {x-a: {type: apiKey}}}}";
    let alternatives = |others: &str| format!("    security: [{others}{both}]");
    let (problem, at) = refused(&operation(&alternatives(""), NO_RESPONSE));
    assert_eq!((problem.code, at.as_str()), ("pages::security", "A & B"));
    // Where either stands alone it says which it is, before or after.
    let expected = json!({
        "A": {"type": "apiKey", "in": "header", "name": "x-a"},
        "B": {"type": "apiKey", "in": "query", "name": "b"}
    });
    for single in [
        "{title: A, parameters: {header: {x-a: {type: apiKey}}}}",
        "{title: B, parameters: {query: {b: {type: apiKey}}}}",
    ] {
        for request in [
            alternatives(&format!("{single}, ")),
            format!("    security: [{both}, {single}]"),
        ] {
            let document = lifted(&request, NO_RESPONSE);
            assert_eq!(
                document["components"]["securitySchemes"], expected,
                "{request}"
            );
        }
    }
    // One that contradicts both readings.
    let other = "{title: A, parameters: {header: {x-c: {type: apiKey}}}}, ";
    let found = problems(operation(&alternatives(other), NO_RESPONSE), None);
    assert!(
        found
            .iter()
            .any(|problem| problem.code == "pages::security")
    );
}

#[test]
fn schemes_that_the_page_has_itself_win() {
    let text = |own: &str| {
        page(&format!(
            "paths:
  path: /x
  method: get
  request:
    security: [{{title: T, parameters: {{header: {{Authorization: {{type: http, scheme: bearer}}}}}}}}]
  response: {{}}
components: {{securitySchemes: {{T: {own}, U: {{type: mutualTLS}}}}, responses: {{R: {{description: ''}}}}}}"
        ))
    };
    let own = "{type: http, scheme: bearer, bearerFormat: JWT}";
    assert_eq!(
        only(&text(own)).document["components"],
        json!({
            "securitySchemes": {"T": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}, "U": {"type": "mutualTLS"}},
            "responses": {"R": {"description": ""}}
        })
    );
    let (problem, _) = refused(&text("{type: http, scheme: basic}"));
    assert_eq!(problem.code, "pages::component_conflict");
}

#[test]
fn parameters_of_every_place_with_style_and_several_alternatives() {
    let request = "    parameters:
      path:
        id: {schema: [{type: string, required: false, description: ''}]}
      query:
        filter: {schema: [{type: object, properties: {a: {allOf: [{type: string}]}}, additionalProperties: false}], style: deepObject, explode: true}
        ids: {schema: [{type: array, items: {allOf: [{type: enum<string>}]}, deprecated: false}]}
        who:
          schema:
            - {type: string, required: true, description: Who, deprecated: true}
            - {type: array, items: {allOf: [{type: string}]}, required: true, description: Who, deprecated: true}
            - {type: 'null', required: true, description: Who, deprecated: true}
      header:
        x-a: {schema: [{type: boolean, default: false, example: true, examples: [true], format: f, title: A, nullable: true, const: true}]}
      cookie:
        c: {schema: [{type: enum<integer>, enum: [1, 2], maximum: 2, minimum: 1, required: false}]}";
    let document = lifted(request, NO_RESPONSE);
    assert_eq!(
        get(&document)["parameters"],
        json!([
            {"name": "id", "in": "path", "required": true, "description": "", "schema": {"type": "string"}},
            {
                "name": "filter", "in": "query", "style": "deepObject", "explode": true,
                "schema": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}
            },
            // Below an entry schemas are ordinary OpenAPI, so that nothing is rewritten there.
            {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "enum<string>"}}},
            {
                "name": "who", "in": "query", "required": true, "description": "Who", "deprecated": true,
                "schema": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]}
            },
            {
                "name": "x-a", "in": "header",
                "schema": {
                    "type": "boolean", "default": false, "example": true, "examples": [true], "format": "f", "title": "A",
                    "nullable": true, "const": true
                }
            },
            {"name": "c", "in": "cookie", "required": false, "schema": {"type": "integer", "enum": [1, 2], "maximum": 2, "minimum": 1}}
        ])
    );
}

#[test]
fn a_flag_that_is_no_boolean_is_a_problem() {
    for (entry, at) in [
        ("{type: string, required: 'yes'}", "'yes'"),
        ("{type: string, required: null}", "null"),
        ("{type: object, requiredProperties: true}", "true"),
        ("{type: [string, 7], requiredProperties: {a: 1}}", "{a: 1}"),
        ("{type: string, refIdentifier: 7}", "7"),
        ("{type: string, deprecated: 'no'}", "'no'"),
        ("7", "7"),
    ] {
        let request = format!("    parameters: {{query: {{q: {{schema: [{entry}]}}}}}}");
        let (problem, found) = refused(&operation(&request, NO_RESPONSE));
        assert_eq!(
            (problem.code, found.as_str()),
            ("pages::shape", at),
            "{entry}"
        );
    }
}

#[test]
fn bodies_without_content() {
    for body in [
        "{}",
        "{_mintlify/placeholder: {schemaArray: [{type: any}], examples: {}}}",
    ] {
        let document = lifted(&format!("    body: {body}"), NO_RESPONSE);
        assert_eq!(get(&document).get("requestBody"), None, "{body}");
    }
    assert_eq!(
        get(&lifted("    body: {}", "    {}"))["responses"],
        json!({})
    );
    let responses = "    '200': {_mintlify/placeholder: {schemaArray: [{type: any, description: Done}], examples: {}, description: Done}}
    404: {}
    5XX: {}
    default: {}";
    assert_eq!(
        get(&lifted("    body: {}", responses))["responses"],
        json!({
            "200": {"description": "Done"},
            "404": {"description": ""},
            "5XX": {"description": ""},
            "default": {"description": ""}
        })
    );
}

#[test]
fn bodies_of_several_media_types_with_files_and_streams() {
    let request = "    body:
      multipart/form-data:
        schemaArray:
          - {type: object, required: true, properties: {file: {allOf: [{type: string, format: binary}]}}, requiredProperties: [file]}
        examples: {example: {}}
        description: The file
      application/octet-stream:
        schemaArray: [{type: file, contentEncoding: binary, required: true, description: Raw}]
        examples: {}
        description: The file";
    let response = "    '200':
      text/event-stream: {schemaArray: [{type: file, contentMediaType: text/event-stream}], examples: {}, description: Events}
      text/csv: {schemaArray: [{type: file, contentEncoding: base64}], examples: {}, description: Events}
      '*/*': {schemaArray: [{type: any}], examples: {a: {value: '<any>'}}, description: Events}
      application/json: {examples: {}, description: Events}";
    let document = lifted(request, response);
    assert_eq!(
        get(&document)["requestBody"],
        json!({
            "description": "The file",
            "required": true,
            "content": {
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]},
                    "examples": {"example": {}}
                },
                "application/octet-stream": {"schema": {"type": "string", "format": "binary", "description": "Raw"}}
            }
        })
    );
    assert_eq!(
        get(&document)["responses"]["200"],
        json!({
            "description": "Events",
            "content": {
                "text/event-stream": {"schema": {"type": "string", "format": "binary", "contentMediaType": "text/event-stream"}},
                "text/csv": {"schema": {"type": "string", "format": "binary", "contentEncoding": "base64"}},
                "*/*": {"schema": {}, "examples": {"a": {"value": "<any>"}}},
                "application/json": {}
            }
        })
    );
}

#[test]
fn alternatives_of_a_body() {
    let response = "    '200':
      application/json:
        schemaArray:
          - {type: object, properties: {}}
          - type: object
            properties:
              of: {allOf: [{oneOf: [{type: string}, {$ref: '#/components/schemas/A'}]}]}
              two: {allOf: [{type: string}, {minLength: 1}]}
              beside: {allOf: [{$ref: '#/components/schemas/A', description: d}]}
              list: {allOf: [{type: [integer, 'null'], const: 1, examples: [1]}]}
            additionalProperties: {allOf: [{anyOf: [{type: string}, {type: 'null'}]}]}
            requiredProperties: [of]
          - {type: array, items: {allOf: [{$ref: '#/components/schemas/A'}]}, minItems: 1}
          - {type: array, items: {allOf: [{$ref: '#/components/schemas/A'}]}, refIdentifier: '#/components/schemas/As'}
          - {anyOf: [{type: string}], description: kept}";
    let a = json!({"$ref": "#/components/schemas/A"});
    let document = lifted("    body: {}", response);
    assert_eq!(
        get(&document)["responses"]["200"]["content"]["application/json"]["schema"],
        json!({"anyOf": [
            {"type": "object", "properties": {}},
            {
                "type": "object",
                "properties": {
                    "of": {"oneOf": [{"type": "string"}, a]},
                    "two": {"allOf": [{"type": "string"}, {"minLength": 1}]},
                    "beside": {"$ref": "#/components/schemas/A", "description": "d"},
                    "list": {"type": ["integer", "null"], "const": 1, "examples": [1]}
                },
                "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "required": ["of"]
            },
            {"type": "array", "items": a, "minItems": 1},
            {"$ref": "#/components/schemas/As"},
            {"anyOf": [{"type": "string"}], "description": "kept"}
        ]})
    );
    assert_eq!(
        document["components"]["schemas"]["As"],
        json!({"type": "array", "items": a})
    );
}

#[test]
fn aliases_stand_for_any_part() {
    let text = page(
        "paths:
  path: /x
  method: get
  request:
    body:
      application/json: &media
        schemaArray: &entries
          - type: object
            required: true
            properties: &properties
              a:
                allOf: &all
                  - &inner {type: string, example: &example x}
              b: {allOf: *all}
            requiredProperties: &required [a]
            refIdentifier: &name '#/components/schemas/A'
        examples: {e: {value: *example}}
      text/json: *media
  response:
    '200': {application/json: {schemaArray: *entries, examples: {}, description: ok}}
    '201': {application/json: {schemaArray: [{type: object, properties: *properties, requiredProperties: *required, refIdentifier: *name}]}}
    '202': {application/json: {schemaArray: [{type: array, items: {allOf: [*inner]}}]}}
components: {schemas: {}}",
    );
    let document = only(&text).document;
    let inner = json!({"type": "string", "example": "x"});
    assert_eq!(
        document["components"]["schemas"],
        json!({"A": {"type": "object", "properties": {"a": inner, "b": inner}, "required": ["a"]}})
    );
    let operation = get(&document);
    let reference = json!({"$ref": "#/components/schemas/A"});
    for media in ["application/json", "text/json"] {
        let media = &operation["requestBody"]["content"][media];
        assert_eq!(
            (&media["schema"], &media["examples"]),
            (&reference, &json!({"e": {"value": "x"}}))
        );
    }
    assert_eq!(operation["requestBody"]["required"], true);
    let schema =
        |code: &str| &operation["responses"][code]["content"]["application/json"]["schema"];
    assert_eq!((schema("200"), schema("201")), (&reference, &reference));
    assert_eq!(schema("202"), &json!({"type": "array", "items": inner}));
}

#[test]
fn components_that_are_standard_schemas_are_not_changed() {
    let schemas = "{Json: {}, Any: true, Old: {type: object, properties: {a: {allOf: [{type: string}]}}, required: [a], nullable: true}, \
                   New: {type: [string, 'null'], enum: [a, null], requiredProperties: [x], refIdentifier: kept}}";
    let text = page(&format!(
        "paths: {{path: /x, method: get, response: {{}}}}\ncomponents: {{schemas: {schemas}}}"
    ));
    let expected = openapi_pages::parse_yaml(schemas).unwrap().0;
    assert_eq!(only(&text).document["components"]["schemas"], expected);
}

#[test]
fn the_order_of_keys_in_a_page_changes_nothing() {
    let first = page(
        "paths:
  path: /x
  method: get
  request:
    parameters: {query: {q: {schema: [{type: string, refIdentifier: '#/components/schemas/A', description: q}]}}}
    body: {application/json: {schemaArray: [{type: string, description: b, refIdentifier: '#/components/schemas/A'}]}}
  response: {'200': {application/json: {schemaArray: [{type: string, description: r, refIdentifier: '#/components/schemas/A'}]}}}
components: {}",
    );
    let second = page(
        "components: {}
paths:
  response: {'200': {application/json: {schemaArray: [{refIdentifier: '#/components/schemas/A', description: r, type: string}]}}}
  request:
    body: {application/json: {schemaArray: [{refIdentifier: '#/components/schemas/A', description: b, type: string}]}}
    parameters: {query: {q: {schema: [{description: q, refIdentifier: '#/components/schemas/A', type: string}]}}}
  method: get
  path: /x",
    );
    assert_eq!(only(&first).document, only(&second).document);
}

#[test]
fn extensions_of_the_page_only_steer_the_page() {
    let text = page(
        "paths:
  path: /x
  method: get
  request: {codeSamples: [{lang: bash, source: curl}]}
  response: {}
  deprecated: false
  type: path
  xMint: {metadata: {noindex: true}}
components: {}",
    );
    assert_eq!(get(&only(&text).document), &json!({"responses": {}}));
}
