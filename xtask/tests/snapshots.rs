//! What a reviewer reads after a re-fetch, per API: the documents, the notes, the surface, the code.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;

use client_codegen::pipeline::notes;
use client_codegen::surface::surface;
use insta::Settings;

fn snapshot(api: &str, name: &str, text: &str) {
    let mut settings = Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(format!("snapshots/{api}"));
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn yaml(value: &impl serde::Serialize) -> String {
    serde_yaml::to_string(value).unwrap()
}

/// All snapshots of one API, so that one run shows everything that a new document changes.
fn review(name: &str) {
    let manifest = support::manifest();
    let api = manifest.api(name).unwrap();
    let compiled = support::compiled(api);
    let mut texts = vec![
        ("1-surface".to_owned(), surface(&compiled.finished)),
        ("2-assembled".to_owned(), yaml(&compiled.assembled.document)),
        ("3-lowered".to_owned(), yaml(&compiled.lowered.document)),
        (
            "4-notes".to_owned(),
            yaml(&notes(&compiled.overlaid, &compiled.lowered)),
        ),
    ];
    // Mocks follow from the builders, and the surface has a line for each: their code would say all of it a third time.
    let rendered = support::rendered(&compiled).into_iter();
    for (path, text) in rendered.filter(|(path, _)| !path.starts_with("httpmock/")) {
        // The banner names files of the workspace; the code below it is what is reviewed.
        let code = text
            .split_once("\n\n")
            .map_or(text.as_str(), |(_, code)| code);
        texts.push((
            format!("generated-{}", path.replace('/', "-")),
            code.to_owned(),
        ));
    }
    // insta panics at the first snapshot that differs; a reviewer wants all of them from one run.
    let differing: Vec<&String> = texts
        .iter()
        .filter(|(title, text)| catch_unwind(|| snapshot(name, title, text)).is_err())
        .map(|(title, _)| title)
        .collect();
    let expected: BTreeSet<String> = texts
        .iter()
        .map(|(title, _)| format!("{title}.snap"))
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
    review("comfy-registry");
}

#[test]
fn heygen() {
    review("heygen");
}

#[test]
fn kitchen_sink() {
    review("kitchen-sink");
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
