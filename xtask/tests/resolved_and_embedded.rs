//! One operation in both of Mintlify's forms gives the same lowered operation, but for what the resolved form is known
//! to lose.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod forms;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use forms::{Operation, differences, operations};
use openapi_pages::Format;

/// The pairs of fixtures: an API of our own.
const PAIRS: [&str; 4] = ["export-harvest", "list-trees", "measure-tree", "plant-tree"];

/// The only operation of a page that has the form `format`.
fn page(path: &Path, format: Format) -> Operation {
    let mut found = operations(&fs::read(path).unwrap(), format);
    assert_eq!(found.len(), 1, "{}", path.display());
    found.remove(0)
}

/// What differs as lines `pointer: resolved -> embedded (what the resolved form loses)`, and how many of them are not
/// explained by that.
fn compared(resolved: &Operation, embedded: &Operation) -> (String, usize) {
    let found = differences(resolved, embedded);
    let unexplained = found.iter().filter(|line| line.loss.is_none()).count();
    let lines: String = found.iter().map(|line| format!("{line}\n")).collect();
    (lines, unexplained)
}

#[test]
fn pairs_differ_only_in_what_the_resolved_form_loses() {
    let folder = support::root().join("xtask/tests/fixtures/forms");
    let mut all = String::new();
    let mut unexplained = 0;
    for name in PAIRS {
        let read = |form: &str, format| page(&folder.join(format!("{name}.{form}.md")), format);
        let resolved = read("resolved", Format::MintlifyResolved);
        let embedded = read("embedded", Format::MintlifyEmbedded);
        assert_eq!(resolved.place(), embedded.place());
        let (lines, count) = compared(&resolved, &embedded);
        all.push_str(&format!("# {name}\n{lines}\n"));
        unexplained += count;
    }
    snapshot("differences", &all);
    assert_eq!(unexplained, 0, "{all}");
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/forms");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_fixture_is_one_of_a_pair() {
    let folder = support::root().join("xtask/tests/fixtures/forms");
    let files = fs::read_dir(folder).unwrap().count();
    assert_eq!(files, PAIRS.len() * 2);
}

/// A difference that no loss explains is found: the comparison can fail.
#[test]
fn other_differences_are_not_explained_away() {
    let folder = support::root().join("xtask/tests/fixtures/forms");
    let text = fs::read_to_string(folder.join("list-trees.resolved.md")).unwrap();
    let embedded = page(
        &folder.join("list-trees.embedded.md"),
        Format::MintlifyEmbedded,
    );
    for (from, to) in [
        (
            "              - message\n        examples",
            "              - details\n        examples",
        ),
        ("title: Key & Grower", "title: Grower & Key"),
        ("minimum: 1\n", "minimum: 2\n"),
        ("explode: false", "explode: true"),
        ("              deprecated: true\n", ""),
        ("description: Which orchard", "description: Another"),
        (
            "                - pear\n              description",
            "                - plum\n              description",
        ),
        ("nullable: true", "nullable: false"),
        ("pattern: ^t-", "pattern: ^u-"),
        ("description: The trees", "description: Some trees"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let found = operations(changed.as_bytes(), Format::MintlifyResolved);
        let (lines, unexplained) = compared(&found[0], &embedded);
        assert!(
            unexplained > 0,
            "{from:?} -> {to:?} is not noticed:\n{lines}"
        );
    }
}

/// Real pages, which may not be checked in: the snapshot says where they differ, and nothing of what they say.
#[test]
#[ignore = "needs ../shared/corpus; run by hand: cargo test -p xtask --test resolved_and_embedded -- --ignored --nocapture"]
#[allow(clippy::print_stdout, reason = "run by hand, to be read")]
fn corpus() {
    let pages = support::root().join("../shared/corpus/pages");
    let files = |folder: &str| {
        let entries = fs::read_dir(pages.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path())
    };
    let read = |files: &mut dyn Iterator<Item = PathBuf>, format: Format| -> BTreeMap<_, _> {
        files
            .flat_map(|file| operations(&fs::read(file).unwrap(), format))
            .map(|operation| (operation.place(), operation))
            .collect()
    };
    let vendored = "specs/comfy-registry/get-information-about-the-calling-user.md";
    let resolved = read(
        &mut files("comfy-legacy").chain([support::root().join(vendored)]),
        Format::MintlifyResolved,
    );
    let embedded = read(&mut files("comfy-new"), Format::MintlifyEmbedded);
    let mut places = String::new();
    for (place, resolved) in &resolved {
        let Some(embedded) = embedded.get(place) else {
            continue;
        };
        let (lines, unexplained) = compared(resolved, embedded);
        assert_eq!(unexplained, 0, "{lines}");
        places.push_str(&format!("# {} {}\n", place.0, place.1));
        for difference in differences(resolved, embedded) {
            places.push_str(&format!("{}\n", difference.place()));
        }
        places.push('\n');
    }
    snapshot("corpus", &places);
}
