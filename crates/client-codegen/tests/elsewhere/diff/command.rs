//! The command in a repository of its own.

use std::process::Command;

use openapi_diff::Kind;
use serde_json::{Value, json};

use super::edit::{base, rows};
use crate::support::Folder;

const MANIFEST: &str = "[api.shelf]\ntitle = \"Shelf\"\ncrate = \"shelf-client\"\nenvironment-prefix = \"SHELF\"\n\n\
                        [[api.shelf.document]]\nfile = \"shelf.json\"\n";

const SECOND: &str = "\n[api.ping]\ntitle = \"Ping\"\ncrate = \"ping-client\"\nenvironment-prefix = \"PING\"\n\n\
                      [[api.ping.document]]\nfile = \"ping.json\"\n";

fn ping() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Ping", "version": "1"},
        "servers": [{"url": "https://ping.example"}],
        "paths": {"/ping": {"get": {"operationId": "ping", "responses": {"204": {"description": "Well."}}}}},
    })
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args([
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.com",
        "-c",
        "commit.gpgsign=false",
    ]);
    let status = command
        .args(arguments)
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(status.success(), "{arguments:?}");
}

fn write_shelf(folder: &Folder, document: &Value) {
    folder.write(
        "specs/shelf.json",
        &serde_json::to_string_pretty(document).unwrap(),
    );
}

fn commit(folder: &Folder) {
    git(folder, &["add", "--all"]);
    git(
        folder,
        &["commit", "--quiet", "--allow-empty", "--message", "a"],
    );
}

/// A repository whose one commit has `base.yaml` as an API with a crate of version 0.3.1.
fn repository() -> Folder {
    let folder = Folder::new();
    git(&folder, &["init", "--quiet"]);
    folder.write("specs/apis.toml", MANIFEST);
    write_shelf(&folder, &base());
    folder.write(
        "Cargo.toml",
        "[workspace]\n[workspace.package]\nversion = \"0.3.1\"\n",
    );
    folder.write(
        "crates/shelf-client/Cargo.toml",
        "[package]\nname = \"shelf-client\"\nversion.workspace = true\n",
    );
    let (code, text) = folder.client_codegen(&["pin"]);
    assert_eq!(code, 0, "{text}");
    commit(&folder);
    folder
}

/// `base.yaml` after these rows of the table.
fn changed(names: &[&str]) -> Value {
    let rows = rows();
    names.iter().fold(base(), |document, name| {
        let row = rows.iter().find(|row| row.name == *name);
        row.unwrap_or_else(|| panic!("no row is called {name}"))
            .changed(&document)
    })
}

#[track_caller]
fn succeeds((code, text): (i32, String)) -> String {
    assert_eq!(code, 0, "{text}");
    text
}

const SEVERAL: [&str; 8] = [
    "a parameter is new",
    "a field is gone",
    "a shared parameter has another type",
    "an enum of texts lists another value",
    "an error is gone",
    "a description is another text",
    "a bound is another",
    "an operation is new",
];

fn golden(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_three_formats() {
    let folder = repository();
    let same = succeeds(folder.client_codegen(&["diff"]));
    assert_eq!(
        same,
        "shelf, against HEAD: no change; version 0.3.1 stays\n"
    );
    write_shelf(&folder, &changed(&SEVERAL));
    let note = "note: specs/shelf.json in the working tree is not the pinned document; it is compared all the same\n";
    for format in ["text", "markdown", "json"] {
        let before = folder.tree();
        let text = succeeds(folder.client_codegen(&["diff", "shelf", "--format", format]));
        assert!(folder.tree() == before, "something was written");
        let text = text.strip_suffix(note).expect(&text);
        golden(&format!("diff_{format}"), text);
    }
    // All of them are a list, however many there are.
    let text = succeeds(folder.client_codegen(&["diff", "--format", "json"]));
    let all: Value = serde_json::from_str(text.strip_suffix(note).unwrap()).unwrap();
    let keys: Vec<&String> = all[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["api", "base", "changes", "proposed_version"]);
    let keys: Vec<&String> = all[0]["changes"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["class", "kind", "operation", "pointer", "summary"]);
    assert_eq!(all[0]["proposed_version"], "0.4.0");
}

#[test]
fn two_revisions_and_a_version_that_was_raised() {
    let folder = repository();
    git(&folder, &["tag", "v1"]);
    write_shelf(&folder, &changed(&["a field is gone"]));
    folder.write(
        "crates/shelf-client/Cargo.toml",
        "[package]\nname = \"shelf-client\"\nversion = \"0.4.0\"\n",
    );
    succeeds(folder.client_codegen(&["pin"]));
    commit(&folder);
    write_shelf(&folder, &changed(&["a field is gone", "a field is new"]));
    let proposed = |arguments: &[&str]| {
        let all = [&["diff", "shelf", "--format", "json"], arguments].concat();
        let text = succeeds(folder.client_codegen(&all));
        let end = text.rfind('}').unwrap() + 1;
        let report: Value = serde_json::from_str(&text[..end]).unwrap();
        (
            report["base"].clone(),
            report["changes"].as_array().unwrap().len(),
            report["proposed_version"].clone(),
        )
    };
    assert_eq!(proposed(&[]), (json!("HEAD"), 1, json!("0.4.1")));
    assert_eq!(
        proposed(&["--base", "v1"]),
        (json!("v1"), 2, json!("0.4.0"))
    );
    assert_eq!(
        proposed(&["--base", "v1", "--to", "HEAD"]),
        (json!("v1"), 1, json!("0.4.0"))
    );
    assert_eq!(
        proposed(&["--base", "HEAD", "--to", "v1"]),
        (json!("HEAD"), 1, json!("0.4.1"))
    );
}

#[test]
fn an_api_on_one_side_alone() {
    let folder = repository();
    folder.write("specs/apis.toml", &format!("{MANIFEST}{SECOND}"));
    folder.write("specs/ping.json", &ping().to_string());
    let text = succeeds(folder.client_codegen(&["diff", "--format", "json"]));
    let end = text.rfind(']').unwrap() + 1;
    let all: Value = serde_json::from_str(&text[..end]).unwrap();
    assert_eq!(all[0]["api"], "ping");
    assert_eq!(all[0]["changes"][0]["kind"], Kind::ApiAdded.as_str());
    assert_eq!(all[0]["proposed_version"], Value::Null);
    commit(&folder);
    folder.write("specs/apis.toml", MANIFEST);
    let text = succeeds(folder.client_codegen(&["diff", "ping"]));
    assert!(
        text.contains("the API is gone\n      api-removed\n"),
        "{text}"
    );
}

#[test]
fn two_files_need_no_repository() {
    let folder = Folder::new();
    folder.write("old.json", &base().to_string());
    folder.write("new.json", &changed(&["an operation is gone"]).to_string());
    let files = [
        "diff", "--files", "old.json", "new.json", "--format", "json",
    ];
    let report: Value = serde_json::from_str(&succeeds(folder.client_codegen(&files))).unwrap();
    assert_eq!(
        (&report["api"], &report["base"]),
        (&json!("new.json"), &json!("old.json"))
    );
    assert_eq!(report["changes"][0]["kind"], "operation-removed");
    assert_eq!(report["proposed_version"], Value::Null);
    let (code, text) =
        folder.client_codegen(&["diff", "--files", "old.json", "new.json", "--base", "v1"]);
    assert_eq!(code, 2, "{text}");
    let (code, text) = folder.client_codegen(&["diff", "--files", "old.json"]);
    assert_eq!(code, 2, "{text}");
}

/// What an overlay does is a change of the client, and what it undoes is none.
#[test]
fn overlays_count() {
    let folder = repository();
    let with_overlay = MANIFEST.replacen("\n\n", "\noverlay = \"shelf.overlay.yaml\"\n\n", 1);
    folder.write("specs/apis.toml", &with_overlay);
    folder.write(
        "specs/shelf.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\nactions:\n\
         - target: $.components.schemas.Book.properties\n  update: {rating: {type: number}}\n",
    );
    write_shelf(&folder, &changed(&["a field is gone"]));
    let text = succeeds(folder.client_codegen(&["diff", "shelf"]));
    assert!(
        text.starts_with("shelf, against HEAD: no change; "),
        "{text}"
    );
}

/// The manifest's server is the client's, whatever the document says.
#[test]
fn a_stated_base_url_counts() {
    let folder = repository();
    write_shelf(&folder, &changed(&["calls go elsewhere"]));
    let text = succeeds(folder.client_codegen(&["diff"]));
    assert!(text.contains("server-changed at /servers"), "{text}");
    let line = "\nbase-url = \"https://own.example\"\n\n";
    folder.write("specs/apis.toml", &MANIFEST.replacen("\n\n", line, 1));
    commit(&folder);
    write_shelf(&folder, &changed(&["no server is stated"]));
    let text = succeeds(folder.client_codegen(&["diff"]));
    assert!(
        text.starts_with("shelf, against HEAD: no change; "),
        "{text}"
    );
}

/// A branch without a title is named by what it requires, which no rule looks at.
#[test]
fn what_no_rule_foresaw_is_seen_in_the_public_items() {
    let union = |title: &str| {
        let mut document = ping();
        document["components"]["schemas"]["U"] = json!({"oneOf": [
            {"type": "object", "title": title, "properties": {"a": {"type": "string"}}},
            {"type": "object", "title": "Other", "required": ["b"], "properties": {"b": {"type": "string"}}},
        ]});
        document
    };
    let folder = Folder::new();
    folder.write("old.json", &union("One").to_string());
    folder.write("new.json", &union("Two").to_string());
    let text = succeeds(folder.client_codegen(&["diff", "--files", "old.json", "new.json"]));
    assert!(text.contains("breaking\n"), "{text}");
    assert!(text.contains("surface-changed"), "{text}");
}

#[test]
fn a_method_that_an_extension_adds_is_missed() {
    let job = |extension: &str| {
        let mut document = ping();
        let operation = &mut document["paths"]["/ping"]["get"];
        operation["responses"] = json!({"200": {"description": "A job.", "content": {"application/json": {
            "schema": {"type": "object", "properties": {"state": {"type": "string"}}},
        }}}});
        operation[extension] = json!({"state": "/state", "done": ["ok"]});
        document
    };
    let folder = Folder::new();
    folder.write("old.json", &job("x-job").to_string());
    folder.write("new.json", &job("x-other").to_string());
    let text = succeeds(folder.client_codegen(&["diff", "--files", "old.json", "new.json"]));
    assert!(text.contains("breaking\n"), "{text}");
    assert!(text.contains("fn wait(self)"), "{text}");
    let text = succeeds(folder.client_codegen(&["diff", "--files", "new.json", "old.json"]));
    assert!(!text.contains("breaking\n"), "{text}");
}

#[test]
fn broken_documents_are_all_named() {
    let folder = repository();
    folder.write("specs/shelf.json", "{\"openapi\": \"3.1.0\", \"paths\": {");
    let (code, text) = folder.client_codegen(&["diff"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.starts_with("in the working tree:\n"), "{text}");
    assert_eq!(text.matches("pages::truncated").count(), 1, "{text}");
    commit(&folder);
    folder.write("specs/shelf.json", "<html></html>");
    let (code, text) = folder.client_codegen(&["diff"]);
    assert_eq!(code, 1, "{text}");
    let (old, new) = text.split_once("in the working tree:\n").unwrap();
    assert!(
        old.starts_with("in `HEAD`:\n") && old.contains("pages::truncated"),
        "{text}"
    );
    assert!(new.contains("pages::html"), "{text}");
    std::fs::remove_file(folder.path().join("specs/shelf.json")).unwrap();
    let (code, text) = folder.client_codegen(&["diff"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("input::missing"), "{text}");
}

/// Where a client cannot be generated, the documents are compared all the same, and the exit code says that it is not all.
#[test]
fn a_client_that_cannot_be_generated() {
    let folder = repository();
    let mut document = changed(&["a field is gone"]);
    document["components"]["securitySchemes"]["second"] =
        json!({"type": "apiKey", "in": "query", "name": "k"});
    write_shelf(&folder, &document);
    let (code, text) = folder.client_codegen(&["diff"]);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("finish::credential_clash") && text.contains("field-removed"),
        "{text}"
    );
    assert!(text.contains("public items: not compared"), "{text}");
}

#[test]
fn a_folder_within_a_repository_is_one_of_its_own() {
    let folder = Folder::new();
    git(&folder, &["init", "--quiet"]);
    folder.write("in/side/specs/apis.toml", MANIFEST);
    folder.write("in/side/specs/shelf.json", &base().to_string());
    commit(&folder);
    folder.write(
        "in/side/specs/shelf.json",
        &changed(&["a field is new"]).to_string(),
    );
    let text = succeeds(folder.client_codegen(&["--root", "in/side", "diff"]));
    assert!(
        text.starts_with("shelf, against HEAD: 1 compatible change\n"),
        "{text}"
    );
}
