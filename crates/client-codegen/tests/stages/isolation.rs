//! Whatever progenitor does, the rest of an API is generated, and the run goes on.

use std::time::{Duration, Instant};

use client_codegen::assemble::Assembled;
use client_codegen::generate::Isolation;
use client_codegen::pipeline;
use openapi_lower::Lowered;
use serde_json::{Value, json};

use crate::support::assembled;

/// The program of this crate, which can be a child.
fn process(limit: Duration) -> Isolation {
    Isolation::Process {
        program: env!("CARGO_BIN_EXE_client-codegen").into(),
        time_limit: limit,
    }
}

const GENEROUS: Duration = Duration::from_secs(60);

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /good:
    get: { operationId: good, responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Good' } } } } } }
  /bad:
    get: { operationId: bad, responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Bad' } } } } } }
components:
  schemas:
    Good: { type: object, properties: { a: { type: string } } }
    Bad: { type: object, properties: { b: { type: string } } }
    User: { type: object, properties: { c: { $ref: '#/components/schemas/Bad' } } }
";

/// The lowering keeps such schemas from progenitor, so the lowered document is spoiled by hand.
fn spoiled(bad: Value) -> (Assembled, Lowered) {
    let assembled = assembled(&[("specs/a.yaml", DOCUMENT)]).unwrap();
    let mut lowered = pipeline::lowered(&assembled).unwrap();
    let schemas = &mut lowered.document["components"]["schemas"];
    schemas["Bad"] = bad;
    schemas["User"] = json!({"type": "object", "properties": {"next":
        {"allOf": [{"type": "object", "properties": {"e": {"type": "string"}}}, {"$ref": "#/components/schemas/Bad"}]}}});
    (assembled, lowered)
}

fn panicking() -> Value {
    json!({"enum": ["a", 1]})
}

fn overflowing() -> Value {
    json!({"allOf": [{"$ref": "#/components/schemas/Bad"}, {"type": "object", "properties": {"b": {"type": "string"}}}]})
}

/// A union with a branch that merges an object with the union, and so on without end.
fn endless() -> Value {
    json!({"oneOf": [{"$ref": "#/components/schemas/User"}, {"type": "object", "properties": {"y": {"type": "string"}}}]})
}

/// What is left of a spoiled document, and what is said.
fn left(bad: Value, isolation: &Isolation) -> (Vec<String>, Vec<(String, String)>, String) {
    let (assembled, mut lowered) = spoiled(bad);
    let generated = pipeline::generated(&assembled, &mut lowered, isolation).unwrap();
    let problems = pipeline::unsupported(&assembled, &lowered, &generated);
    let api = crate::support::two_apis().apis.remove(1);
    let lacking = pipeline::left_out(&api, &assembled, &lowered, &generated.left_out);
    assert_eq!(crate::support::codes(&lacking).len(), 1);
    let finished = pipeline::finished(&assembled, &lowered, generated, &api).unwrap();
    let names = finished.files.into_keys();
    let names = names.filter(|name| name.contains('/') && !name.ends_with("mod.rs"));
    let said = problems.iter();
    let said = said.map(|one| (one.code().to_owned(), one.message().to_owned()));
    let notes = lowered.notes.iter().find(|note| note.left_out().is_some());
    (
        names.collect(),
        said.collect(),
        notes.unwrap().message.clone(),
    )
}

/// The files of the operation and the type that nothing is wrong with. What is left out has no mocks either.
const GOOD: [&str; 3] = [
    "builder/good.rs",
    "httpmock/operations/good.rs",
    "types/good.rs",
];

#[test]
fn a_panic_is_survived_with_and_without_a_process() {
    let expected = left(panicking(), &Isolation::Thread);
    let (files, said, note) = &expected;
    assert_eq!(files, &GOOD);
    assert_eq!(said.len(), 1);
    assert!(
        said[0]
            .1
            .starts_with("component Bad cannot be generated: progenitor ")
    );
    assert!(note.starts_with("it needs `Bad`: progenitor "), "{note}");
    assert_eq!(left(panicking(), &process(GENEROUS)), expected);
}

#[test]
fn a_stack_overflow_is_survived() {
    let (files, said, _) = left(overflowing(), &process(GENEROUS));
    assert_eq!(files, GOOD);
    assert_eq!(
        said,
        [(
            "generate::aborted".to_owned(),
            "component Bad cannot be generated: progenitor aborted: stack overflow".to_owned()
        )]
    );
}

#[test]
fn a_merge_without_end_is_survived() {
    let (files, said, _) = left(endless(), &process(GENEROUS));
    assert_eq!(files, GOOD);
    // Whether the stack or the time ends first depends on the build.
    assert!(["generate::aborted", "generate::timed_out"].contains(&said[0].0.as_str()));
}

#[test]
fn a_call_that_takes_too_long_is_ended() {
    let start = Instant::now();
    let (assembled, mut lowered) = spoiled(json!({"type": "object"}));
    let isolation = process(Duration::from_millis(1));
    let problems = pipeline::generated(&assembled, &mut lowered, &isolation).unwrap_err();
    assert_eq!(crate::support::codes(&problems), ["generate::timed_out"]);
    assert!(start.elapsed() < GENEROUS);
}

#[test]
fn a_document_without_fault_is_the_same_in_a_process() {
    let texts: Vec<String> = [Isolation::Thread, process(GENEROUS)]
        .iter()
        .map(|isolation| {
            let (assembled, mut lowered) = spoiled(json!({"type": "object"}));
            let generated = pipeline::generated(&assembled, &mut lowered, isolation).unwrap();
            assert!(generated.left_out.is_empty());
            prettyplease::unparse(&generated.file)
        })
        .collect();
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].contains("pub struct Bad"));
}

#[test]
fn a_program_that_is_none_is_said() {
    let (assembled, mut lowered) = spoiled(panicking());
    let isolation = Isolation::Process {
        program: "/no/such/program".into(),
        time_limit: GENEROUS,
    };
    let problems = pipeline::generated(&assembled, &mut lowered, &isolation).unwrap_err();
    assert_eq!(crate::support::codes(&problems), ["generate::not_started"]);
}
