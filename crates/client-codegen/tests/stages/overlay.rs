//! Applying overlays beyond what the specification shows: many matches, many problems, origins.

use client_codegen::assemble::Assembled;
use client_codegen::diagnostic::Diagnostics;
use client_codegen::overlay::{Overlay, apply};
use serde_json::{Value, json};

use crate::support::{assembled, codes, marked, origin};

/// An API in the words of these tests: two paths, parameters, tags.
const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: a}]
paths:
  /foo:
    get:
      x-traits: [paged]
      description: old
      parameters:
        - {name: filter, in: query, schema: {type: string}}
        - {name: dummy, in: query}
        - {name: last, in: query}
      responses: {}
  /bar:
    get: {description: old, parameters: [{name: dummy, in: query}], responses: {}}
";

fn overlay(actions: &str) -> Result<Overlay, Diagnostics> {
    let head = "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\n";
    Overlay::parse("fix.yaml", format!("{head}actions:\n{actions}").into())
}

fn applied(actions: &str) -> Result<Assembled, Diagnostics> {
    apply(
        assembled(&[("page", DOCUMENT)]).unwrap(),
        &overlay(actions)?,
    )
}

fn document(actions: &str) -> Value {
    applied(actions).unwrap().document
}

fn names(parameters: &Value) -> Vec<&str> {
    parameters
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}

#[test]
fn an_array_that_is_the_target_gets_an_entry() {
    let after =
        document("- target: $.paths.*.get.parameters\n  update: {name: added, in: query}\n");
    assert_eq!(
        names(&after["paths"]["/foo"]["get"]["parameters"]),
        ["filter", "dummy", "last", "added"]
    );
    assert_eq!(
        names(&after["paths"]["/bar"]["get"]["parameters"]),
        ["dummy", "added"]
    );
    let after = document("- target: $.tags\n  update: [{name: b}, {name: c}]\n");
    assert_eq!(names(&after["tags"]), ["a", "b", "c"]);
    let after = document("- target: $.paths['/foo'].get['x-traits']\n  update: cached\n");
    assert_eq!(
        after["paths"]["/foo"]["get"]["x-traits"],
        json!(["paged", "cached"])
    );
}

#[test]
fn an_array_inside_an_update_is_appended() {
    let after =
        document("- target: $.paths.*.get\n  update: {parameters: [{name: top}, {name: skip}]}\n");
    assert_eq!(
        names(&after["paths"]["/foo"]["get"]["parameters"]),
        ["filter", "dummy", "last", "top", "skip"]
    );
    assert_eq!(
        names(&after["paths"]["/bar"]["get"]["parameters"]),
        ["dummy", "top", "skip"]
    );
}

#[test]
fn removal_takes_what_is_selected_and_nothing_else() {
    let after =
        document("- target: $.paths.*.get.parameters[?@.name == 'dummy']\n  remove: true\n");
    assert_eq!(
        names(&after["paths"]["/foo"]["get"]["parameters"]),
        ["filter", "last"]
    );
    assert_eq!(after["paths"]["/bar"]["get"]["parameters"], json!([]));
    let after = document("- target: $.paths['/foo'].get.parameters[*]\n  remove: true\n");
    assert_eq!(after["paths"]["/foo"]["get"]["parameters"], json!([]));
    let after = document("- target: $.paths['/foo']\n  remove: true\n");
    assert_eq!(
        after["paths"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["/bar"]
    );
    // A node and its own child: the child goes first, so both are gone and nothing else is.
    let after =
        document("- target: $..get\n  remove: true\n- target: $.paths\n  update: {/bar: {x: 1}}\n");
    assert_eq!(after["paths"], json!({"/foo": {}, "/bar": {"x": 1}}));
}

#[test]
fn more_than_ten_elements_are_removed_from_the_back() {
    let many: Vec<String> = (0..12).map(|index| format!("{{name: p{index}}}")).collect();
    let text = DOCUMENT.replace("tags: [{name: a}]", &format!("tags: [{}]", many.join(", ")));
    let overlay = overlay("- target: $.tags[1:]\n  remove: true\n").unwrap();
    let after = apply(assembled(&[("page", &text)]).unwrap(), &overlay)
        .unwrap()
        .document;
    assert_eq!(names(&after["tags"]), ["p0"]);
}

#[test]
fn actions_see_what_the_ones_before_have_done() {
    let after = document(
        "- target: $.paths['/foo'].get.parameters\n  remove: true\n- target: $.paths['/foo'].get\n  update: {parameters: [{name: only}]}\n- target: $.paths['/foo'].get.parameters[?@.name == 'only']\n  update: {in: query}\n",
    );
    assert_eq!(
        after["paths"]["/foo"]["get"]["parameters"],
        json!([{"name": "only", "in": "query"}])
    );
}

#[test]
fn origins_of_what_an_update_sets_lie_in_the_overlay() {
    let after = applied(
        "- target: $.paths['/foo'].get\n  update: {description: new, x-rate: {a: 5}, responses: {}, parameters: [{name: top}]}\n- target: $.paths['/foo'].get.parameters[0]\n  remove: true\n",
    )
    .unwrap();
    let at = |inner: &str| origin(&after, &format!("/paths/~1foo/get/{inner}"));
    let fix = |text: &str| ("fix.yaml".to_owned(), text.to_owned());
    assert_eq!(at("description"), fix("new"));
    assert_eq!(at("x-rate/a"), fix("5"));
    assert_eq!(at("parameters/2/name"), fix("top"));
    assert_eq!(
        at("parameters/0/name"),
        ("page".to_owned(), "dummy".to_owned())
    );
    assert_eq!(
        at("parameters/1/name"),
        ("page".to_owned(), "last".to_owned())
    );
    // What was the same before is still the page's.
    assert_eq!(at("responses").0, "page");
    assert_eq!(after.origins.files().len(), 2);
}

#[test]
fn all_actions_that_do_nothing_are_listed() {
    let problems = applied(
        "- target: $.paths['/gone'].get\n  update: {x: 1}\n- target: $.paths['/foo'].get\n  update: {description: old}\n- target: $.paths['/foo']\n  remove: false\n- target: $.paths[\n  remove: true\n- target: $.paths['/bar']\n  update: {x-fine: 1}\n- target: $..nothing\n  remove: true\n",
    )
    .unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            "overlay::no_match",
            "overlay::no_change",
            "overlay::no_change",
            "overlay::bad_path",
            "overlay::no_match"
        ]
    );
    assert_eq!(marked(&problems), ["$.paths['/gone'].get"]);
    let second = &problems.iter().nth(1).unwrap().labels()[0].place;
    assert!(
        second.file.text().unwrap()[second.range.clone()]
            .starts_with("target: $.paths['/foo'].get")
    );
}

#[test]
fn one_change_among_many_matches_is_a_change() {
    let after = document(
        "- target: $.paths.*\n  update: {get: {description: old, x: 1}}\n- target: $.paths['/foo'].get\n  update: {x: 2}\n- target: $.paths.*.get\n  update: {x: 2}\n",
    );
    assert_eq!(after["paths"]["/bar"]["get"]["x"], 2);
}

#[test]
fn what_does_not_fit_is_an_error_at_both_places() {
    let cases = [
        (
            "- target: $.info.title\n  update: x\n",
            "overlay::primitive_target",
        ),
        (
            "- target: $.paths..description\n  remove: true\n",
            "overlay::primitive_target",
        ),
        (
            "- target: $.paths['/foo']\n  update: text\n",
            "overlay::incompatible",
        ),
        (
            "- target: $.paths['/foo']\n  update: [1]\n",
            "overlay::incompatible",
        ),
        (
            "- target: $.paths\n  update: {/foo: text}\n",
            "overlay::incompatible",
        ),
        (
            "- target: $.paths['/foo']\n  update: {get: null}\n",
            "overlay::incompatible",
        ),
        (
            "- target: $.paths['/foo'].get\n  update: {parameters: {name: x}}\n",
            "overlay::incompatible",
        ),
    ];
    for (actions, code) in cases {
        let problems = applied(actions).unwrap_err();
        assert_eq!(codes(&problems), [code], "{actions}");
        let labels = problems.iter().next().unwrap().labels();
        let files: Vec<_> = labels.iter().map(|label| label.place.file.name()).collect();
        assert_eq!(files, ["fix.yaml", "page"], "{actions}");
    }
    assert_eq!(
        codes(&applied("- target: $\n  remove: true\n").unwrap_err()),
        ["overlay::remove_root"]
    );
}

#[test]
fn a_failed_action_leaves_nothing_behind() {
    // The second key does not fit; the first must not be there for the next action to find.
    let problems = applied("- target: $.paths\n  update: {/a: {x-new: 1}, /foo: text}\n- target: $.paths['/a']\n  remove: true\n").unwrap_err();
    assert_eq!(
        codes(&problems),
        ["overlay::incompatible", "overlay::no_match"]
    );
}
