//! What people see when an input is bad: rendered in full, exit code 1, nothing on the disk changed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use client_codegen::commands::codegen::{self, Mode, Options};
use client_codegen::commands::{Console, pin, show};
use client_codegen::diagnostic::Style;
use client_codegen::emit::{Disk, FailAt};
use client_codegen::{exit, lock};
use insta::Settings;
use tempfile::TempDir;

/// A workspace with one API, `demo`, whose document is pinned as it is.
fn workspace(file: &str, bytes: &[u8]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("specs/demo")).unwrap();
    write(folder.path(), &format!("specs/demo/{file}"), bytes);
    let manifest = format!(
        "[api.demo]\ntitle = \"Demo\"\ncrate = \"demo-client\"\nenvironment-prefix = \"DEMO\"\n\n\
         [[api.demo.document]]\nfile = \"demo/{file}\"\n"
    );
    write(folder.path(), "specs/apis.toml", manifest.as_bytes());
    let hash = lock::sha256(bytes);
    let locked = format!(
        "version = 1\n\n[[document]]\napi = \"demo\"\nfile = \"demo/{file}\"\nsha256 = \"{hash}\"\n"
    );
    write(folder.path(), "specs/apis.lock", locked.as_bytes());
    folder
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test's own temporary folder needs no atomic writes"
)]
fn write(root: &Path, name: &str, bytes: &[u8]) {
    fs::write(root.join(name), bytes).unwrap();
}

/// Every file below `root` with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Runs a command and gives its exit code and all of its text.
fn captured(command: impl FnOnce(&mut Console<'_>) -> u8) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = command(&mut Console {
        out: &mut out,
        err: &mut err,
        style: Style::Plain,
        program: "cargo xtask",
        isolation: client_codegen::generate::Isolation::Thread,
    });
    (
        code,
        String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap(),
    )
}

fn options(mode: Mode) -> Options {
    Options {
        apis: Vec::new(),
        mode,
        timings: false,
    }
}

fn golden(name: &str, text: &str) {
    let mut settings = Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/diagnostics");
    // Texts of the operating system.
    settings.add_filter(r"\(os error \d+\)", "(os error N)");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Generates from `bytes`, expects the golden `name`, code 1 and an untouched disk.
fn refused(name: &str, file: &str, bytes: &[u8]) {
    let folder = workspace(file, bytes);
    let before = tree(folder.path());
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::FAILURE, "{text}");
    assert_eq!(tree(folder.path()), before);
    golden(name, &text);
}

fn page(json: &str) -> String {
    format!("# Ping\n\nAnswers.\n\n# OpenAPI definition\n\n```json\n{json}\n```\n")
}

#[test]
fn no_fence() {
    refused(
        "no_fence",
        "ping.md",
        b"# Ping\n\nA page about the ping operation, without its definition.\n",
    );
}

#[test]
fn truncated_json() {
    refused(
        "truncated_json",
        "ping.md",
        page("{\n  \"openapi\": \"3.1.0\",\n  \"paths\": {\n    \"/ping\": {").as_bytes(),
    );
}

#[test]
fn yaml_with_a_tab() {
    refused(
        "yaml_with_a_tab",
        "api.yaml",
        b"openapi: 3.1.0\ninfo:\n\ttitle: Demo\n\tversion: '1'\npaths: {}\n",
    );
}

#[test]
fn duplicate_key_in_json() {
    let json = "{\n  \"openapi\": \"3.1.0\",\n  \"info\": { \"title\": \"a\", \"title\": \"b\", \"version\": \"1\" },\n  \"paths\": {}\n}";
    refused("duplicate_key_in_json", "ping.md", page(json).as_bytes());
}

#[test]
fn duplicate_key_in_yaml() {
    refused(
        "duplicate_key_in_yaml",
        "api.yaml",
        b"openapi: 3.1.0\ninfo: { title: Demo, version: '1' }\npaths:\n  /ping: {}\n  /pong: {}\n  /ping: {}\n",
    );
}

#[test]
fn alias_bomb() {
    let mut bomb = String::from(
        "openapi: 3.1.0\ninfo: { title: Demo, version: '1' }\npaths: {}\nx-0: &a0 [x, x]\n",
    );
    for level in 1..40 {
        let below = level - 1;
        bomb.push_str(&format!("x-{level}: &a{level} [*a{below}, *a{below}]\n"));
    }
    refused("alias_bomb", "api.yaml", bomb.as_bytes());
}

#[test]
fn empty_file() {
    refused("empty_file", "ping.md", b"");
}

#[test]
fn not_utf_8() {
    refused("not_utf_8", "ping.md", b"# Ping\n\nCaf\xe9\n");
}

#[test]
fn ten_thousand_levels() {
    let json = format!(
        "{}{}",
        "{\"a\":".repeat(10_000),
        "1".to_owned() + &"}".repeat(10_000)
    );
    refused("ten_thousand_levels_of_json", "api.json", json.as_bytes());
    let yaml = format!("{}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    refused(
        "ten_thousand_levels_of_yaml",
        "api.yaml",
        format!("openapi: {yaml}").as_bytes(),
    );
}

#[test]
fn references_to_nowhere_are_all_shown() {
    let yaml = "openapi: 3.1.0
info: { title: Demo, version: '1' }
paths:
  /ping:
    get:
      responses:
        '200':
          description: Pong.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pong' }
        '404':
          $ref: '#/components/responses/Missing'
";
    let folder = workspace("api.yaml", yaml.as_bytes());
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::OK, "{text}");
    // The rest of the document becomes a client.
    let (warnings, written) = text.split_once("     new ").unwrap();
    assert!(written.contains("src/generated/client.rs"), "{written}");
    golden("references_to_nowhere", warnings);
}

#[test]
fn hash_mismatch() {
    let folder = workspace("api.yaml", b"openapi: 3.1.0\n");
    write(folder.path(), "specs/demo/api.yaml", b"openapi: 3.1.1\n");
    let before = tree(folder.path());
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::FAILURE);
    assert_eq!(tree(folder.path()), before);
    for part in [
        &lock::sha256(b"openapi: 3.1.0\n"),
        &lock::sha256(b"openapi: 3.1.1\n"),
        "cargo xtask pin demo",
    ] {
        assert!(text.contains(part), "{text}");
    }
    golden("hash_mismatch", &text);
}

#[test]
fn unknown_api_is_wrong_usage() {
    let folder = workspace("api.yaml", b"openapi: 3.1.0\n");
    let options = Options {
        apis: vec!["demmo".to_owned()],
        ..options(Mode::Write)
    };
    let (code, text) = captured(|console| codegen::run(folder.path(), &options, console));
    assert_eq!(code, exit::USAGE);
    golden("unknown_api", &text);
    let (code, _) = captured(|console| pin::run(folder.path(), &["demmo".to_owned()], console));
    assert_eq!(code, exit::USAGE);
}

const GOOD: &str = "openapi: 3.1.0
info: { title: Demo, version: '1' }
servers: [{ url: https://demo.example }]
paths:
  /ping:
    get:
      operationId: ping
      responses:
        '204': { description: Pong. }
";

#[test]
fn a_file_where_a_directory_should_be() {
    let folder = workspace("api.yaml", GOOD.as_bytes());
    fs::create_dir_all(folder.path().join("crates/demo-client/src")).unwrap();
    write(
        folder.path(),
        "crates/demo-client/src/generated",
        b"in the way",
    );
    let before = tree(folder.path());
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::FAILURE, "{text}");
    assert_eq!(tree(folder.path()), before);
    golden("a_file_where_a_directory_should_be", &text);
}

#[test]
fn a_directory_where_a_document_should_be() {
    let folder = workspace("api.yaml", GOOD.as_bytes());
    fs::remove_file(folder.path().join("specs/demo/api.yaml")).unwrap();
    fs::create_dir(folder.path().join("specs/demo/api.yaml")).unwrap();
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::FAILURE);
    golden("a_directory_where_a_document_should_be", &text);
}

#[test]
fn a_missing_manifest() {
    let folder = TempDir::new().unwrap();
    let (code, text) =
        captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
    assert_eq!(code, exit::FAILURE);
    golden("a_missing_manifest", &text);
}

#[test]
fn a_missing_file_on_the_command_line() {
    let shown = show::Options {
        targets: vec!["no/such/page.md".into()],
        stage: show::Stage::Lower,
        only_files: true,
        json: false,
    };
    let (code, text) = captured(|console| show::run(&support::root(), &shown, console));
    assert_eq!(code, exit::FAILURE);
    golden("a_missing_file_on_the_command_line", &text);
}

/// Names the files that differ instead of printing their bytes.
fn assert_same(found: &BTreeMap<String, Vec<u8>>, wanted: &BTreeMap<String, Vec<u8>>, at: usize) {
    let names: BTreeSet<&String> = found.keys().chain(wanted.keys()).collect();
    let different: Vec<_> = names
        .into_iter()
        .filter(|name| found.get(*name) != wanted.get(*name))
        .collect();
    assert!(
        different.is_empty(),
        "failed at {at}, not healed: {different:?}"
    );
}

#[test]
fn a_writer_that_fails_half_way_is_healed_by_the_next_run() {
    let whole = {
        let folder = workspace("api.yaml", GOOD.as_bytes());
        let (code, text) =
            captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
        assert_eq!(code, exit::OK, "{text}");
        tree(folder.path())
    };
    let mut failures = 0;
    for at in 0.. {
        let folder = workspace("api.yaml", GOOD.as_bytes());
        let disk = FailAt::new(Disk, at);
        let (code, text) = captured(|console| {
            codegen::run_on(folder.path(), &options(Mode::Write), &disk, console)
        });
        if code == exit::OK {
            break;
        }
        failures += 1;
        assert_eq!(code, exit::FAILURE);
        if at == 20 {
            golden("a_writer_that_fails", &text);
        }
        // No half file under a real name: what is there is what belongs there.
        for (name, bytes) in tree(folder.path()) {
            if !name.contains(".codegen-tmp-") {
                assert_eq!(whole.get(&name), Some(&bytes), "failed at {at}: {name}");
            }
        }
        let (code, text) =
            captured(|console| codegen::run(folder.path(), &options(Mode::Check), console));
        if tree(folder.path()) != whole {
            assert_eq!(code, exit::DRIFT, "failed at {at}: {text}");
        }
        let (code, text) =
            captured(|console| codegen::run(folder.path(), &options(Mode::Write), console));
        assert_eq!(code, exit::OK, "{text}");
        assert_same(&tree(folder.path()), &whole, at);
    }
    assert!(
        failures > 30,
        "only {failures} operations of the writer were made to fail"
    );
}
