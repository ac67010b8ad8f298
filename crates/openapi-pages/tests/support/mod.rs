//! What the tests share.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

use openapi_pages::{Extraction, Format, Fragment, Problem, SourceMap, extract, parse_yaml};
use serde_json::Value;

pub(crate) const RESOLVED: &str = include_str!("../fixtures/resolved.md");
pub(crate) const WEBHOOK: &str = include_str!("../fixtures/webhook.md");
pub(crate) const EMBEDDED: &str = include_str!("../fixtures/embedded.md");
pub(crate) const README: &str = include_str!("../fixtures/readme.md");
pub(crate) const YAML: &str = include_str!("../fixtures/document.yaml");
pub(crate) const JSON: &str = include_str!("../fixtures/document.json");

pub(crate) fn read(text: &str) -> Extraction {
    extract(text.as_bytes(), None).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

/// The only fragment of `text`.
pub(crate) fn only(text: &str) -> Fragment {
    let mut extraction = read(text);
    assert_eq!(extraction.fragments.len(), 1);
    extraction.fragments.remove(0)
}

pub(crate) fn problems(input: impl AsRef<[u8]>, stated: Option<Format>) -> Vec<Problem> {
    extract(input.as_ref(), stated).expect_err("there must be a problem")
}

/// The only problem of `input`.
pub(crate) fn problem(input: impl AsRef<[u8]>) -> Problem {
    let mut found = problems(input, None);
    assert_eq!(found.len(), 1, "{}", shown(&found));
    found.remove(0)
}

pub(crate) fn shown(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("{problem} {:?}\n", problem.span))
        .collect()
}

/// A page of the resolved form, with `yaml` in its fence.
pub(crate) fn page(yaml: &str) -> String {
    format!("# A page\n\n## OpenAPI\n\n````yaml get /x\n{yaml}\n````\n")
}

/// A page of the resolved form whose request and response are given, indented by four.
pub(crate) fn operation(request: &str, response: &str) -> String {
    page(&format!(
        "paths:\n  path: /x\n  method: get\n  request:\n{request}\n  response:\n{response}\n  deprecated: false\n  \
         type: path\ncomponents:\n  schemas: {{}}\n"
    ))
}

/// Whether the bytes at `range` of `input` read as `value` on their own.
pub(crate) fn reads_back(input: &str, range: std::ops::Range<usize>, value: &Value) -> bool {
    let slice = &input[range.clone()];
    let line = input[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = " ".repeat(input[line..range.start].chars().count());
    let as_value = format!("key: {slice}");
    let read = |text: &str| parse_yaml(text).ok().map(|(value, _)| value);
    read(&as_value)
        .and_then(|read| read.get("key").cloned())
        .as_ref()
        == Some(value)
        || read(&format!("{indent}{slice}")).as_ref() == Some(value)
}

/// Checks that every value of the map reads back from its bytes; the exceptions are named. Returns how many were read.
pub(crate) fn check_spans(
    input: &str,
    document: &Value,
    spans: &SourceMap,
    skip: impl Fn(&str) -> bool,
) -> usize {
    let mut checked = 0;
    for (pointer, range) in spans.iter() {
        let value = document
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer} is not in the document"));
        if skip(pointer) {
            continue;
        }
        assert!(
            reads_back(input, range.clone(), value),
            "{pointer} at {range:?}: {:?} is not {value}",
            &input[range.clone()]
        );
        checked += 1;
    }
    checked
}
