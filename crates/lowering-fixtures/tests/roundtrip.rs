//! Samples of every schema of every fixture through its generated type and back.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::thread;

use client_codegen::roundtrip::{Answer, Case, Cases, Judged, judge};
use lowering_fixtures::{FIXTURES, Fixture};

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
fn samples_survive() {
    let all: Vec<(&str, Judged)> = FIXTURES
        .iter()
        .map(|fixture| (fixture.name, judged(fixture)))
        .collect();
    let failures: Vec<String> = all
        .iter()
        .flat_map(|(name, judged)| judged.failures.iter().map(move |failure| (name, failure)))
        .map(|(name, failure)| {
            format!(
                "{name}: {}: {}: {} ({})",
                failure.cause, failure.schema, failure.detail, failure.sample
            )
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
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
