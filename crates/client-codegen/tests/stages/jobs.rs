//! What `x-job` asks for is looked for in the operation: all that is not there is said in one run, where it is stated.

use client_codegen::generate::Isolation;
use client_codegen::pipeline;
use insta::assert_snapshot;

use crate::support::{assembled, codes, manifest, rendered};

const API: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.md\"\n";

/// A document of jobs, each with its `x-job`.
fn document(stated: &[&str]) -> String {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for (at, stated) in stated.iter().enumerate() {
        text += &format!(
            "  /jobs/{at}:
    get:
      operationId: job{at}
      x-job: {stated}
      responses:
        '200':
          description: A job.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Job'}}}}}}
"
        );
    }
    text += "  /jobs:
    delete:
      operationId: forget
      x-job: {state: /state, done: [gone]}
      responses:
        '204': {description: Nothing.}
    put:
      operationId: submit
      x-job: {state: /state, done: [off]}
      requestBody: {required: true, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses:
        '200':
          description: A job.
          content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
components:
  schemas:
    Job:
      type: object
      required: [state, step]
      properties:
        state: {type: string, enum: [on, off]}
        step: {type: integer}
        done: {type: boolean}
        share: {type: number}
        logs: {type: array, items: {type: string}}
        error: {oneOf: [{$ref: '#/components/schemas/Error'}, {type: 'null'}]}
        cause: {oneOf: [{$ref: '#/components/schemas/Error'}, {type: array, items: {type: integer}}]}
    Error: {type: object, properties: {code: {type: string}}}
";
    text
}

#[test]
fn what_is_not_there_is_said_where_it_is_stated() {
    let text = document(&[
        // Nothing wrong with these two.
        "{state: /state, done: [off], failed: [broken], needs-person: [ask], running: [on], message: [/error/code, /error, /logs, /cause]}",
        "{state: /step, done: [3]}",
        "{state: /status, done: [off], message: [/error/cause, /why]}",
        "{state: /share, done: [1], message: /cause/code}",
        "{state: /error, done: [off]}",
        "{state: /state, done: [off], failed: [off], runing: [on]}",
        "[/state]",
    ]);
    let assembled = assembled(&[("specs/a.yaml", &text)]).unwrap();
    let mut lowered = pipeline::lowered(&assembled).unwrap();
    let generated = pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap();
    let api = manifest(API).unwrap().apis.remove(0);
    let problems = pipeline::finished(&assembled, &lowered, generated, &api).unwrap_err();
    assert!(codes(&problems).iter().all(|code| *code == "finish::job"));
    assert_snapshot!(rendered(&problems));
}
