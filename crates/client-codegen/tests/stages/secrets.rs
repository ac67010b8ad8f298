//! What a document says is of `format: password` is in no `Debug` of the client, wherever it stands.

use std::collections::BTreeMap;

use client_codegen::finish::Finished;
use client_codegen::generate::Isolation;
use client_codegen::pipeline;
use quote::ToTokens;
use syn::ExprMethodCall;
use syn::visit::{self, Visit};

use crate::support::{assembled, manifest};

const API: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.md\"\n";

fn finished(text: &str) -> Finished {
    let assembled = assembled(&[("specs/a.yaml", text)]).unwrap();
    let mut lowered = pipeline::lowered(&assembled).unwrap();
    let generated = pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap();
    let api = manifest(API).unwrap().apis.remove(0);
    pipeline::finished(&assembled, &lowered, generated, &api).unwrap()
}

/// By file, the fields that are not shown; `*` is the whole value.
fn hidden(client: &Finished) -> BTreeMap<&str, Vec<String>> {
    let files = client.files.iter();
    let files = files.map(|(path, file)| {
        let mut hidden = Hidden::default();
        hidden.visit_file(file);
        // The call of a method comes before the one that it is called on.
        hidden.0.reverse();
        (path.as_str(), hidden.0)
    });
    files.filter(|(_, hidden)| !hidden.is_empty()).collect()
}

#[derive(Default)]
struct Hidden(Vec<String>);

impl<'f> Visit<'f> for Hidden {
    fn visit_expr_method_call(&mut self, call: &'f ExprMethodCall) {
        let arguments: Vec<String> = call
            .args
            .iter()
            .map(|argument| argument.to_token_stream().to_string())
            .collect();
        match &arguments[..] {
            [field, value] if value.contains("[REDACTED]") => {
                self.0.push(field.trim_matches('"').to_owned());
            }
            [value] if value.contains("[REDACTED]") => self.0.push("*".to_owned()),
            _ => {}
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn expect(client: &Finished, expected: &[(&str, &[&str])]) {
    let expected = expected.iter().map(|(path, fields)| {
        let fields = fields.iter().map(|field| (*field).to_owned());
        (*path, fields.collect::<Vec<_>>())
    });
    assert_eq!(hidden(client), expected.collect());
}

#[test]
fn builders_do_not_show_secret_parameters_and_bodies() {
    let client = finished(
        "openapi: 3.1.0
paths:
  /doors/{code}/{type}:
    parameters:
      - {name: code, in: path, required: true, schema: {$ref: '#/components/schemas/Code'}}
    put:
      operationId: open
      parameters:
        - {name: type, in: path, required: true, schema: {type: string, format: password}}
        - {name: pin, in: query, schema: {type: string, format: password}}
        - {name: X-Old-Pins, in: header, schema: {type: array, items: {type: string, format: password}}}
        - {name: any, in: query, schema: {oneOf: [{type: integer}, {type: string, format: password}]}}
        - {name: as, in: query, content: {application/json: {schema: {type: string, format: password}}}}
        - {name: site, in: cookie, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string, format: password}}
      requestBody: {required: true, content: {application/json: {schema: {type: object, additionalProperties: {type: string, format: password}}}}}
      responses: {'204': {description: ''}}
    post:
      operationId: list
      requestBody: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Code'}}}}}
      responses: {'204': {description: ''}}
    patch:
      operationId: text
      parameters: [{name: body, in: query, schema: {type: string}}]
      requestBody: {required: true, content: {text/plain: {schema: {type: string, format: password}}}}
      responses: {'204': {description: ''}}
  /login:
    post:
      operationId: login
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {pin: {type: string, format: password}}}}}}
      responses: {'204': {description: ''}}
components: {schemas: {Code: {type: string, format: password}}}
",
    );
    expect(
        &client,
        &[
            ("builder/list.rs", &["code", "body"]),
            (
                "builder/open.rs",
                &[
                    "code",
                    "type_",
                    "any",
                    "as_",
                    "pin",
                    "session",
                    "x_old_pins",
                    "body",
                ],
            ),
            // A body that is sent as it is is one of reqwest, which shows nothing of it.
            ("builder/text.rs", &["code"]),
            ("types/code.rs", &["*"]),
            ("types/login_request_body.rs", &["pin"]),
            ("types/open_any.rs", &["*"]),
        ],
    );
    // A body that cannot be cloned: `Debug` was all that was derived.
    let text = prettyplease::unparse(&client.files["builder/text.rs"]);
    assert!(!text.contains("derive"), "{text}");
}

#[test]
fn a_secret_branch_hides_the_union_and_what_names_it() {
    let client = finished(
        "openapi: 3.1.0
paths:
  /doors:
    put:
      operationId: open
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Door'}}}}
      responses: {'204': {description: ''}}
components:
  schemas:
    Door:
      type: object
      properties:
        key: {$ref: '#/components/schemas/Key'}
        keys: {type: array, items: {$ref: '#/components/schemas/Key'}}
        pin: {anyOf: [{type: string, format: password}, {type: integer}]}
        either: {type: [string, integer], format: password}
        maybe: {oneOf: [{type: string, format: password}, {type: 'null'}]}
        wrapped: {allOf: [{$ref: '#/components/schemas/Nothing'}], description: A code.}
        login: {oneOf: [{$ref: '#/components/schemas/Login'}, {type: 'null'}]}
        session: {$ref: '#/components/schemas/Session'}
        card: {$ref: '#/components/schemas/Card'}
        open: {$ref: '#/components/schemas/Open'}
        twice: {$ref: '#/components/schemas/Twice'}
        shape: {oneOf: [{type: integer}, {type: string}]}
    Key: {oneOf: [{type: string, format: password}, {$ref: '#/components/schemas/Shape'}]}
    Shape: {type: object, properties: {teeth: {type: integer}}}
    Nothing: {type: [string, 'null'], format: password}
    Login: {type: object, properties: {name: {type: string}, pass-word: {type: string, format: password}}}
    Session: {type: [object, 'null'], properties: {id: {type: string}, token: {type: string, format: password}}}
    Card:
      allOf:
        - {$ref: '#/components/schemas/Login'}
        - {type: object, properties: {number: {type: string, format: password}, bank: {type: string}}}
    Open: {type: object, properties: {name: {type: string}}, additionalProperties: {type: string, format: password}}
    Twice: {type: object, properties: {aB: {type: string}, a_b: {type: string, format: password}}}
",
    );
    expect(
        &client,
        &[
            ("types/card.rs", &["number", "pass_word"]),
            (
                "types/door.rs",
                &["either", "key", "keys", "maybe", "open", "pin", "wrapped"],
            ),
            ("types/door_either.rs", &["*"]),
            ("types/door_pin.rs", &["*"]),
            ("types/key.rs", &["*"]),
            ("types/login.rs", &["pass_word"]),
            ("types/nothing.rs", &["*"]),
            ("types/open.rs", &["*"]),
            ("types/session.rs", &["token"]),
            ("types/twice.rs", &["a_b"]),
        ],
    );
}
