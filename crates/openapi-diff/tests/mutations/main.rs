//! Single changes of a document, each with all that is said of it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod edit;
mod same;

use std::collections::BTreeSet;

use openapi_diff::{Change, Class, Kind, compare};
use serde_json::Value;

use edit::{base, rows};

fn said(change: &Change) -> String {
    format!("{} {} {}", change.class, change.kind, change.pointer)
}

#[test]
fn each_change_is_what_the_table_says() {
    let base = base();
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let found: Vec<String> = compare(&base, &row.changed(&base))
            .unwrap()
            .iter()
            .map(said)
            .collect();
        let mut expected = row.changes.clone();
        expected.sort();
        let mut sorted = found.clone();
        sorted.sort();
        if sorted != expected {
            wrong.push(format!(
                "{}:\n  expected {expected:#?}\n  found {found:#?}",
                row.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() >= 40);
    // Those that `client-codegen` compiles a program against.
    assert!(rows.iter().filter(|row| row.program.is_some()).count() >= 15);
}

/// A change and its opposite are seen both, and what is breaking in neither direction is no more than docs or an addition.
#[test]
fn the_opposite_of_a_change_is_a_change() {
    let base = base();
    for row in rows() {
        let changed = row.changed(&base);
        let back = compare(&changed, &base).unwrap();
        assert_eq!(back.is_empty(), row.changes.is_empty(), "{}", row.name);
    }
}

#[test]
fn names_of_rows_are_their_own() {
    let rows = rows();
    let names: BTreeSet<&String> = rows.iter().map(|row| &row.name).collect();
    assert_eq!(names.len(), rows.len());
}

/// Summaries are one line of plain words, and the class of a change is one that its kind may have.
#[test]
fn changes_keep_their_promises() {
    let base = base();
    for row in rows() {
        let changed = row.changed(&base);
        for (old, new) in [(&base, &changed), (&changed, &base)] {
            for change in compare(old, new).unwrap() {
                assert!(change.kind.classes().contains(&change.class), "{change:?}");
                let summary = &change.summary;
                assert!(
                    !summary.contains('\n') && !summary.ends_with('.') && !summary.is_empty(),
                    "{summary}"
                );
                assert!(!summary.contains("`?`"), "{summary}");
                assert_eq!(summary.matches('`').count() % 2, 0, "{summary}");
                let exists = |document: &Value| document.pointer(&change.pointer).is_some();
                assert!(exists(new) || exists(old), "{change:?}");
            }
        }
    }
}

/// Each kind is seen at least once, so that none is listed that does not exist.
#[test]
fn each_kind_is_in_the_table() {
    let base = base();
    let mut seen = BTreeSet::from([Kind::ApiAdded, Kind::ApiRemoved, Kind::SurfaceChanged]);
    for row in rows() {
        let changed = row.changed(&base);
        for (old, new) in [(&base, &changed), (&changed, &base)] {
            seen.extend(compare(old, new).unwrap().iter().map(|change| change.kind));
        }
    }
    let missing: Vec<&Kind> = Kind::ALL
        .iter()
        .filter(|kind| !seen.contains(kind))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_readme_has_every_kind() {
    let readme = include_str!("../../README.md");
    let rows: String = Kind::ALL
        .iter()
        .map(|kind| {
            let classes: Vec<&str> = kind
                .classes()
                .iter()
                .map(|class: &Class| class.as_str())
                .collect();
            format!(
                "| `{kind}` | {} | {} |\n",
                classes.join(", "),
                kind.meaning()
            )
        })
        .collect();
    assert!(
        readme.contains(&rows),
        "the table of kinds in README.md should be:\n{rows}"
    );
}
