//! What goes over the wire and what comes of it, a row per rule: the bytes that a server sent and what the caller got, or
//! the call that was made and the bytes that the server got. Each row names where its rule comes from: an issue of ours,
//! a trap of progenitor, or something that a vendor's server does although its document says otherwise.
//!
//! A row that cannot fail says nothing, so a new one is seen red before it is kept: break the rule where it is made (in
//! `client-runtime`, in a pass of `client-codegen`'s *finish* followed by `cargo xtask codegen kitchen-sink`, or in a pass
//! of `openapi-lower`), run `cargo test -p kitchen-sink-client --test table --no-fail-fast`, look for the row among those
//! that failed, and take the change back. A client that no longer compiles is not a red row. A row that no such change
//! breaks is about nothing, or about what another row checks already.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

#[macro_use]
mod support;

mod bodies;
mod calls;
mod errors;
mod facts_comfy;
mod facts_heygen;
mod multipart;
mod parameters;
mod queries;
mod reading;
mod streams;
mod success;
mod unions;
mod writing;

use std::collections::BTreeSet;

use support::Row;

/// All rows.
fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [
        bodies::SENDS,
        calls::READS,
        calls::SENDS,
        errors::READS,
        facts_comfy::READS,
        facts_comfy::SENDS,
        facts_heygen::READS,
        facts_heygen::SENDS,
        multipart::SENDS,
        parameters::SENDS,
        queries::SENDS,
        reading::READS,
        streams::READS,
        streams::SENDS,
        success::READS,
        unions::READS,
        unions::SENDS,
        writing::SENDS,
    ];
    tables.into_iter().flatten()
}

#[test]
fn every_row_has_a_name_of_its_own_and_a_source() {
    const SOURCES: [&str; 4] = ["issue ", "PROGENITOR ", "COMFY §", "HEYGEN §"];
    let mut names = BTreeSet::new();
    for (name, source) in rows() {
        assert!(names.insert(*name), "two rows are called {name}");
        let rest = SOURCES.iter().find_map(|known| source.strip_prefix(known));
        assert!(
            rest.is_some_and(|rest| !rest.is_empty()),
            "{name}: {source}"
        );
    }
    assert!(names.len() >= 60, "{}", names.len());
}
