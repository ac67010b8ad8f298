//! Samples of every schema of every fixture through its generated type and back.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::collections::BTreeSet;
use std::thread;

use client_codegen::roundtrip::{Answer, Case, Cases, Judged, judge};
use lowering_fixtures::{FIXTURES, Fixture};

/// What is not kept, by fixture and cause, with the reason. Everything else has to survive.
///
/// An optional list or map that is empty is not written, and one that may be null is not written where it is null: the
/// generated types have one word for absent and for these. What is absent gets its default. The fixtures
/// `absent_null_and_empty` and `defaults_of_absent_properties` ask for more.
const KNOWN: &[(&str, &str)] = &[
    ("boolean_schemas", LOST_EMPTY),
    ("components_of_the_prelude", LOST_EMPTY),
    ("defaults", ADDED_DEFAULT),
    ("formats_without_type", LOST_EMPTY),
    ("malformed_shapes", LOST_EMPTY),
    ("one_reference_in_all_of", LOST_NULL),
    ("recursive_types", LOST_EMPTY),
];

const ADDED_DEFAULT: &str = "added default";
const LOST_EMPTY: &str = "lost empty list or map";
const LOST_NULL: &str = "lost null of an optional property";

fn judged(fixture: &Fixture) -> Judged {
    let document = serde_json::from_str(fixture.document).unwrap();
    let cases: Vec<Case> = serde_json::from_str(fixture.cases).unwrap();
    let cases = Cases::again(&document, cases);
    let answers = cases.trips().map(|(index, trip)| {
        let decoder = fixture.decoders[index];
        let text = trip.sample.value.to_string();
        // A decoder that never ends its recursion must not end the test without a name.
        let thread = thread::Builder::new().name(fixture.name.to_owned());
        Answer::new(
            thread
                .spawn(move || decoder(&text))
                .unwrap()
                .join()
                .unwrap(),
        )
    });
    judge(&cases, answers)
}

#[test]
fn samples_survive_but_for_what_is_known() {
    let all: Vec<(&str, Judged)> = FIXTURES
        .iter()
        .map(|fixture| (fixture.name, judged(fixture)))
        .collect();
    let lost: BTreeSet<(&str, &str)> = all
        .iter()
        .flat_map(|(name, judged)| judged.causes.keys().map(|cause| (*name, cause.as_str())))
        .collect();
    let known: BTreeSet<(&str, &str)> = KNOWN.iter().copied().collect();
    let failures: Vec<String> = all
        .iter()
        .flat_map(|(name, judged)| judged.failures.iter().map(move |failure| (name, failure)))
        .filter(|(name, failure)| !known.contains(&(**name, failure.cause.as_str())))
        .map(|(name, failure)| {
            format!(
                "{name}: {}: {}: {} ({})",
                failure.cause, failure.schema, failure.detail, failure.sample
            )
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let mended: Vec<_> = known.difference(&lost).collect();
    assert!(
        mended.is_empty(),
        "no longer lost, so no longer known: {mended:?}"
    );
    let samples: usize = all.iter().map(|(_, judged)| judged.samples).sum();
    assert!(samples > 500, "only {samples} samples");
}

#[test]
fn branches_that_can_be_told_apart_are_their_own() {
    let mut branches = 0;
    for fixture in FIXTURES {
        let judged = judged(fixture);
        assert_eq!(judged.own_branch, judged.branches, "{}", fixture.name);
        branches += judged.branches;
    }
    assert!(branches > 0);
}
