//! What `x-pagination` asks for is looked for in the operation: all that is not there is said in one run, where it is stated.

use client_codegen::generate::Isolation;
use client_codegen::pipeline;
use insta::assert_snapshot;

use crate::support::{assembled, codes, manifest, rendered};

const API: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.md\"\n";

/// A document of lists, each with its `x-pagination`.
fn document(stated: &[&str]) -> String {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for (at, stated) in stated.iter().enumerate() {
        text += &format!(
            "  /lists/{at}:
    get:
      operationId: list{at}
      x-pagination: {stated}
      parameters:
        - {{name: page, in: query, schema: {{type: integer}}}}
        - {{name: word, in: query, schema: {{type: string}}}}
        - {{name: kinds, in: query, schema: {{type: array, items: {{type: string}}}}}}
        - {{name: at, in: header, schema: {{type: integer}}}}
      responses:
        '200':
          description: A page.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Page'}}}}}}
"
        );
    }
    text += "  /files:
    get:
      operationId: files
      x-pagination: {page: page, items: ''}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {description: Bytes., content: {application/octet-stream: {schema: {type: string, format: binary}}}}
    put:
      operationId: send
      x-pagination: {page: page, items: /items}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      requestBody: {required: true, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses:
        '200':
          description: A page.
          content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}
components:
  schemas:
    Page:
      type: object
      required: [items, next]
      properties:
        items: {type: array, items: {type: string}}
        next: {type: string}
        count: {type: string}
        by_id: {type: object, additionalProperties: {type: string}}
        any: {}
        either: {oneOf: [{$ref: '#/components/schemas/Inner'}, {type: array, items: {type: integer}}]}
        inner: {$ref: '#/components/schemas/Inner'}
    Inner: {type: object, properties: {more: {type: boolean}, total: {type: number}}}
";
    text
}

#[test]
fn what_is_not_there_is_said_where_it_is_stated() {
    let text = document(&[
        // Nothing wrong with this one.
        "{page: page, items: /items, total: /inner/total, more: /inner/more}",
        "{page: pgae, items: /itmes, pages: /count, total: /inner/all, size: at}",
        "{token: page, next: /items, items: /by_id, more: /next}",
        "{token: kinds, next: /any, items: /any/items}",
        "{offset: word, items: /either/0}",
        "{page: page, token: word, items: /items}",
        "{page: page, next: /next, items: items, first: 2}",
    ]);
    let assembled = assembled(&[("specs/a.yaml", &text)]).unwrap();
    let mut lowered = pipeline::lowered(&assembled).unwrap();
    let generated = pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap();
    let api = manifest(API).unwrap().apis.remove(0);
    let problems = pipeline::finished(&assembled, &lowered, generated, &api).unwrap_err();
    assert!(
        codes(&problems)
            .iter()
            .all(|code| *code == "finish::pagination")
    );
    assert_snapshot!(rendered(&problems));
}
