//! What every answer of `openapi_pages` promises, whatever the input.
//!
//! The fuzz targets (`fuzz/`) include this file, so that a promise is stated once.

use std::ops::Range;

use openapi_pages::{CODES, Format, Problem, SourceMap, extract, parse_json, parse_yaml};

/// Reads `input` in the stated form, or recognises its form.
///
/// # Panics
///
/// If the answer breaks a promise; that is the finding.
pub(crate) fn check(input: &[u8], stated: Option<Format>) {
    match extract(input, stated) {
        Ok(extraction) => {
            assert!(stated.is_none_or(|stated| stated == extraction.format));
            assert!(!extraction.fragments.is_empty(), "no fragments");
            for fragment in &extraction.fragments {
                let document = &fragment.document;
                let version = document.get("openapi").and_then(|version| version.as_str());
                assert!(version.is_some_and(|version| version.starts_with("3.")));
                for key in ["info", "paths"] {
                    assert!(
                        document.get(key).is_some_and(|value| value.is_object()),
                        "{key}"
                    );
                }
                check_spans(input, &fragment.spans, |pointer| {
                    document.pointer(pointer).is_some()
                });
            }
            assert_eq!(
                extract(input, stated).as_ref(),
                Ok(&extraction),
                "another answer"
            );
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a problem");
            for problem in &problems {
                check_problem(input, problem);
            }
        }
    }
}

/// Reads `input` by the parsers that other stages use.
///
/// # Panics
///
/// If the answer breaks a promise.
pub(crate) fn check_parsers(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    for parsed in [parse_json(text), parse_yaml(text)] {
        match parsed {
            Ok((value, spans)) => {
                check_spans(input, &spans, |pointer| value.pointer(pointer).is_some());
            }
            Err(problem) => check_problem(input, &problem),
        }
    }
}

fn check_spans(input: &[u8], spans: &SourceMap, exists: impl Fn(&str) -> bool) {
    for (pointer, range) in spans.iter() {
        check_range(input, &range);
        assert!(exists(pointer), "{pointer} is not in the document");
    }
}

fn check_problem(input: &[u8], problem: &Problem) {
    assert!(
        CODES.iter().any(|(code, _)| *code == problem.code),
        "{problem}"
    );
    assert!(
        !problem.message.is_empty() && !problem.help.is_empty(),
        "{problem}"
    );
    if let Some(span) = &problem.span {
        check_range(input, span);
    }
}

/// A range lies in the input, and on character boundaries if the input is text.
fn check_range(input: &[u8], range: &Range<usize>) {
    assert!(input.get(range.clone()).is_some(), "{range:?} is outside");
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(
            text.get(range.clone()).is_some(),
            "{range:?} cuts a character"
        );
    }
}
