//! What a reviewer reads after a re-fetch, per API: the documents, the notes, the surface, the code.

mod support;

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
    snapshot(name, "1-surface", &surface(&compiled.finished));
    snapshot(name, "2-assembled", &yaml(&compiled.assembled.document));
    snapshot(name, "3-lowered", &yaml(&compiled.lowered.document));
    snapshot(name, "4-notes", &yaml(&compiled.lowered.notes));
    for (path, text) in support::rendered(&compiled) {
        // The banner names files of the workspace; the code below it is what is reviewed.
        let code = text
            .split_once("\n\n")
            .map_or(text.as_str(), |(_, code)| code);
        snapshot(name, &format!("generated-{}", path.replace('/', "-")), code);
    }
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
