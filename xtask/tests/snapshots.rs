//! What a reviewer reads after a re-fetch, per API: the surface, the lowered document, the notes, and which files of code
//! changed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::panic::catch_unwind;

use client_codegen::input::Vendored;
use client_codegen::lock::sha256;
use client_codegen::pipeline::{Compiled, notes};
use client_codegen::surface::surface;
use insta::Settings;
use serde_json::json;
use similar::{ChangeTag, TextDiff};

fn snapshot(api: &str, name: &str, text: &str) {
    let mut settings = Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(format!("snapshots/{api}"));
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The calls of `crates/example-server/tests/serve/calls`, which includes the file beside the snapshot.
fn snapshot_of_calls(api: &str, code: String) {
    let mut settings = Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(format!("snapshots/{api}"));
    settings.bind(|| insta::assert_binary_snapshot!("5-calls.rs", code.into_bytes()));
}

fn yaml(value: &impl serde::Serialize) -> String {
    serde_yaml::to_string(value).unwrap()
}

/// Whether the code is a snapshot, too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    /// For the document that has all that the generator does: there its changes are read.
    Shown,
    /// For APIs, whose changes are read in the other snapshots: they would be lost in the code of a large one.
    ByHash,
}

/// Without its banner, which names files of the workspace. Mocks follow from the builders, and the surface has a line for each:
/// their code would say all of it a third time.
fn code_below_banner((path, text): (&String, &String)) -> Option<(String, String)> {
    let code = text
        .split_once("\n\n")
        .map_or(text.as_str(), |(_, code)| code);
    let title = format!("generated-{}", path.replace('/', "-"));
    (!path.starts_with("httpmock/")).then(|| (title, code.to_owned()))
}

/// One line for each generated file: a change of its code is a change of its hash, and the code itself is checked in.
fn files(rendered: &BTreeMap<String, String>) -> String {
    let mut lines = String::new();
    for (path, text) in rendered {
        let hash = sha256(text.as_bytes());
        let _ = writeln!(
            lines,
            "{} {path}, {} lines",
            &hash[..16],
            text.lines().count()
        );
    }
    lines
}

/// The snapshots that each API has.
fn read_by_reviewers(
    compiled: &Compiled,
    rendered: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let notes = notes(&compiled.overlaid, &compiled.lowered);
    let texts = [
        ("1-surface", surface(&compiled.finished)),
        ("2-lowered", yaml(&compiled.lowered.document)),
        ("3-notes", yaml(&notes)),
        ("4-files", files(rendered)),
    ];
    let texts = texts.into_iter();
    texts
        .map(|(title, text)| (title.to_owned(), text))
        .collect()
}

/// All snapshots of one API, so that one run shows everything that a new document changes.
fn review(name: &str, code: Code) {
    let manifest = support::manifest();
    let api = manifest.api(name).unwrap();
    let compiled = support::compiled(api);
    let rendered = support::rendered(&compiled);
    let mut texts = read_by_reviewers(&compiled, &rendered);
    if code == Code::Shown {
        texts.extend(rendered.iter().filter_map(code_below_banner));
    }
    // insta panics at the first snapshot that differs; a reviewer wants all of them from one run.
    let mut differing: Vec<&str> = texts
        .iter()
        .filter(|(title, text)| catch_unwind(|| snapshot(name, title, text)).is_err())
        .map(|(title, _)| title.as_str())
        .collect();
    let calls = support::calls::calls(&compiled, &rendered);
    if catch_unwind(|| snapshot_of_calls(name, calls)).is_err() {
        differing.push("5-calls");
    }
    let titles = texts.iter().map(|(title, _)| title.as_str());
    let expected: BTreeSet<String> = titles
        .chain(["5-calls"])
        .map(|title| format!("{title}.snap"))
        .collect();
    let folder = support::root().join("xtask/tests/snapshots").join(name);
    let found: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|file| file.ends_with(".snap"))
        .collect();
    assert!(
        differing.is_empty(),
        "{name} differs in {differing:?}: see \"Reviewing a re-fetch\" in README.md"
    );
    let orphans: Vec<_> = found.difference(&expected).collect();
    assert!(
        orphans.is_empty(),
        "remove these snapshots, nothing makes them any more: {orphans:?}"
    );
}

#[test]
fn comfy_registry() {
    review("comfy-registry", Code::ByHash);
}

#[test]
fn heygen() {
    review("heygen", Code::ByHash);
}

#[test]
fn kitchen_sink() {
    review("kitchen-sink", Code::Shown);
}

#[test]
fn every_api_has_its_snapshots() {
    let names: Vec<String> = support::manifest()
        .apis
        .into_iter()
        .map(|api| api.name)
        .collect();
    assert_eq!(
        names,
        ["comfy-registry", "heygen", "kitchen-sink"],
        "add a test above for each API"
    );
}

/// The same documents, in the last of which a component has a field more.
fn with_a_field(documents: &[Vendored], component: &str) -> Vec<Vendored> {
    let mut documents = documents.to_vec();
    let own = documents.pop().unwrap();
    let mut document: serde_yaml::Value = serde_yaml::from_slice(&own.bytes).unwrap();
    let properties = &mut document["components"]["schemas"][component]["properties"];
    let field = json!({"type": ["number", "null"], "description": "Frames per second."});
    let field = serde_yaml::to_value(field).unwrap();
    let known = properties.as_mapping_mut().unwrap();
    assert!(known.insert("frame_rate".into(), field).is_none());
    let bytes = serde_yaml::to_string(&document).unwrap().into_bytes();
    let path = own.document.path();
    documents.push(Vendored::new(&own.api, own.document, path, bytes));
    documents
}

/// Fewer than 60 lines outside `src/generated/`, of which the document itself has one and the lock two. What it is measured with are a
/// component that is an answer and one that is in many requests.
#[test]
fn a_field_more_in_a_large_api_is_a_short_review() {
    let manifest = support::manifest();
    let api = manifest.api("heygen").unwrap();
    let documents = support::documents(api);
    let texts = |documents: &[Vendored]| {
        let compiled = support::compile_documents(api, documents);
        read_by_reviewers(&compiled, &support::rendered(&compiled))
    };
    let before = texts(&documents);
    for component in ["Video", "VoiceSettings"] {
        let after = texts(&with_a_field(&documents, component));
        let changed = before.iter().zip(&after).map(|((title, old), (_, new))| {
            let changes = TextDiff::from_lines(old, new);
            let changed = changes.iter_all_changes();
            let changed = changed.filter(|change| change.tag() != ChangeTag::Equal);
            (title, changed.count())
        });
        let changed: Vec<(&String, usize)> = changed.collect();
        let lines: usize = changed.iter().map(|(_, lines)| lines).sum();
        assert!(
            changed.iter().all(|(_, lines)| *lines > 0),
            "{component}: {changed:?}"
        );
        assert!(lines + 3 < 60, "{component}: {changed:?}");
    }
}
