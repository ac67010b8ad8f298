//! The command line as a process: exit codes, standard input, files that keep their time.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use client_codegen::exit;
use tempfile::TempDir;

fn xtask(root: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails before it reads closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> u8 {
    u8::try_from(output.status.code().unwrap()).unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// This workspace with its documents and nothing generated.
fn workspace() -> TempDir {
    let folder = TempDir::new().unwrap();
    let manifest = support::root().join("Cargo.toml");
    fs::copy(manifest, folder.path().join("Cargo.toml")).unwrap();
    copy(&support::root().join("specs"), &folder.path().join("specs"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test's own temporary folder needs no atomic writes"
)]
fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn from_nothing_to_three_crates_and_back_to_order() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(
        code(&xtask(root, &["codegen", "--check"], "")),
        exit::DRIFT,
        "nothing is there yet"
    );
    assert!(!root.join("crates").exists(), "--check writes nothing");
    assert_eq!(code(&xtask(root, &["codegen", "--dry-run"], "")), exit::OK);
    assert!(!root.join("crates").exists(), "--dry-run writes nothing");

    let output = xtask(root, &["codegen", "--timings"], "");
    assert_eq!(code(&output), exit::OK, "{}", text(&output));
    assert!(text(&output).contains("generate"), "{}", text(&output));
    assert_eq!(code(&xtask(root, &["codegen", "--check"], "")), exit::OK);
    for name in ["comfy-registry", "heygen", "kitchen-sink"] {
        let generated = format!("crates/{name}-client/src/generated");
        let (made, checked_in) = (root.join(&generated), support::root().join(&generated));
        for file in [
            "client.rs",
            "error.rs",
            "mod.rs",
            "builder/mod.rs",
            "types/mod.rs",
        ] {
            assert_eq!(
                fs::read(made.join(file)).unwrap(),
                fs::read(checked_in.join(file)).unwrap(),
                "{name} {file}"
            );
        }
    }

    // One byte, one orphan and one missing file are drift; every one is named, with the command that mends it.
    let generated = root.join("crates/heygen-client/src/generated");
    let kept = modified(&generated.join("mod.rs"));
    let client = fs::read_to_string(generated.join("client.rs")).unwrap();
    write(
        &generated.join("client.rs"),
        &client.replacen("HeyGen", "HeyGem", 1),
    );
    write(&generated.join("builder/gone.rs"), "// no longer there\n");
    fs::remove_file(generated.join("error.rs")).unwrap();
    let output = xtask(root, &["codegen", "--check"], "");
    assert_eq!(code(&output), exit::DRIFT);
    for part in [
        "client.rs",
        "builder/gone.rs",
        "error.rs",
        "HeyGem",
        "cargo xtask codegen",
    ] {
        assert!(
            text(&output).contains(part),
            "{part} is missing in:\n{}",
            text(&output)
        );
    }
    assert_eq!(code(&xtask(root, &["codegen", "heygen"], "")), exit::OK);
    assert_eq!(
        fs::read_to_string(generated.join("client.rs")).unwrap(),
        client
    );
    assert!(!generated.join("builder/gone.rs").exists());
    assert!(generated.join("error.rs").exists());
    assert_eq!(
        modified(&generated.join("mod.rs")),
        kept,
        "an equal file keeps its time"
    );
}

#[test]
fn a_dependency_that_generated_code_needs_is_put_back() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(
        code(&xtask(root, &["codegen", "kitchen-sink"], "")),
        exit::OK
    );
    let manifest = root.join("crates/kitchen-sink-client/Cargo.toml");
    let whole = fs::read_to_string(&manifest).unwrap();
    assert!(whole.contains("chrono.workspace = true"), "{whole}");
    write(&manifest, &whole.replace("chrono.workspace = true\n", ""));
    let output = xtask(root, &["codegen", "--check", "kitchen-sink"], "");
    assert_eq!(code(&output), exit::DRIFT);
    assert!(
        text(&output).contains("crates/kitchen-sink-client/Cargo.toml"),
        "{}",
        text(&output)
    );
    assert_eq!(
        code(&xtask(root, &["codegen", "kitchen-sink"], "")),
        exit::OK
    );
    assert!(
        fs::read_to_string(&manifest)
            .unwrap()
            .contains("chrono.workspace = true")
    );
}

#[test]
fn failure_wins_over_drift() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(code(&xtask(root, &["codegen"], "")), exit::OK);
    write(&root.join("crates/heygen-client/src/generated/mod.rs"), "");
    write(
        &root.join("specs/kitchen-sink/kitchen-sink.openapi.yaml"),
        "openapi: 3.1.0\n",
    );
    let output = xtask(root, &["codegen", "--check"], "");
    assert_eq!(code(&output), exit::FAILURE);
    for part in [
        "lock::hash_mismatch",
        "crates/heygen-client/src/generated/mod.rs",
    ] {
        assert!(
            text(&output).contains(part),
            "{part} is missing in:\n{}",
            text(&output)
        );
    }
}

#[test]
fn pin_takes_new_bytes() {
    let folder = workspace();
    let root = folder.path();
    let before = fs::read_to_string(root.join("specs/apis.lock")).unwrap();
    assert!(text(&xtask(root, &["pin"], "")).contains("up to date"));
    let page = root.join("specs/heygen/get-current-user-information.md");
    write(
        &page,
        &fs::read_to_string(&page).unwrap().replace("4.0.8", "4.0.9"),
    );
    assert_eq!(
        code(&xtask(root, &["codegen", "heygen"], "")),
        exit::FAILURE
    );
    assert_eq!(code(&xtask(root, &["pin", "heygen"], "")), exit::OK);
    let after = fs::read_to_string(root.join("specs/apis.lock")).unwrap();
    assert_eq!(
        before.lines().filter(|line| !after.contains(line)).count(),
        1,
        "only the hash changed"
    );
    assert_eq!(code(&xtask(root, &["codegen", "heygen"], "")), exit::OK);
}

const PAGE: &str = "# Ping\n\n# OpenAPI definition\n\n```json\n{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Ping \\\"API\\\"\",\
    \"version\":\"1\"},\"servers\":[{\"url\":\"https://ping.example\"}],\"paths\":{\"/ping\":{\"get\":{\"operationId\":\"ping\",\
    \"responses\":{\"204\":{\"description\":\"Pong.\"}}}}}}\r\n```\r\n";

#[test]
fn a_new_api_is_data() {
    let folder = workspace();
    let root = folder.path();
    let manifest = fs::read_to_string(root.join("specs/apis.toml")).unwrap();
    let page = root.join("ping.md");
    write(&page, PAGE);
    let page = page.to_str().unwrap();
    let url = "https://docs.ping.example/ping.md";
    let output = xtask(
        root,
        &["new", "ping-pong", "--file", page, "--url", url],
        "",
    );
    assert_eq!(code(&output), exit::OK, "{}", text(&output));
    let entry = fs::read_to_string(root.join("specs/apis.toml")).unwrap();
    let entry = entry
        .strip_prefix(&manifest)
        .expect("what was there stays")
        .to_owned();
    assert_eq!(
        entry,
        "\n[api.ping-pong]\ntitle = 'Ping \"API\"'\ncrate = \"ping-pong-client\"\n\
         environment-prefix = \"PING_PONG\"\n\n[[api.ping-pong.document]]\n\
         file = \"ping-pong/ping.md\"\nurl = \"https://docs.ping.example/ping.md\"\n"
    );
    assert_eq!(
        fs::read_to_string(root.join("specs/ping-pong/ping.md")).unwrap(),
        PAGE,
        "byte for byte"
    );
    assert_eq!(code(&xtask(root, &["codegen", "ping-pong"], "")), exit::OK);
    let client = root.join("crates/ping-pong-client/src/generated/builder/ping.rs");
    assert!(fs::read_to_string(client).unwrap().contains("GET /ping"));

    let before = fs::read(root.join("specs/apis.toml")).unwrap();
    for (arguments, expected) in [
        (&["new", "ping-pong", "--file", page][..], "new::exists"),
        (
            &["new", "other", "--file", page, "--url", url, "--url", url],
            "new::urls",
        ),
        (
            &["new", "other", "--file", page, "--file", page],
            "manifest::duplicate_document",
        ),
        (&["new", "../up", "--file", page], "manifest::invalid_value"),
        (
            &["new", "other", "--file", page, "--url", "ftp://x"],
            "manifest::invalid_value",
        ),
        (
            &["new", "other", "--file", "no-such-page.md"],
            "input::missing",
        ),
    ] {
        let output = xtask(root, arguments, "");
        // A file that is not there can be made; the others are wrong whatever is there.
        let wrong = match expected {
            "input::missing" => exit::FAILURE,
            _ => exit::USAGE,
        };
        assert_eq!(code(&output), wrong, "{arguments:?}: {}", text(&output));
        assert!(
            text(&output).contains(expected),
            "{expected} is missing in:\n{}",
            text(&output)
        );
        assert_eq!(
            fs::read(root.join("specs/apis.toml")).unwrap(),
            before,
            "{arguments:?}"
        );
        assert!(!root.join("specs/other").exists(), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_is_2() {
    let root = support::root();
    for arguments in [
        &["codegen", "nobody"][..],
        &["codegen", "--chekc"],
        &["show", "heygen"],
        &["fly"],
        &[],
    ] {
        assert_eq!(
            code(&xtask(&root, arguments, "")),
            exit::USAGE,
            "{arguments:?}"
        );
    }
}

#[test]
fn every_stage_can_be_printed() {
    let root = support::root();
    for (stage, part) in [
        ("pages", "/v1/user/me"),
        ("assemble", "title: HeyGen"),
        ("overlay", "2026-10-31"),
        ("lower", "openapi: 3.0.3"),
        ("notes", "rule: "),
        ("generate", "pub mod types"),
        ("finish", "// ==== client.rs"),
    ] {
        let output = xtask(&root, &["show", "heygen", "--stage", stage], "");
        assert_eq!(code(&output), exit::OK, "{stage}: {}", text(&output));
        assert!(
            text(&output).contains(part),
            "{stage} lacks {part}:\n{}",
            text(&output)
        );
    }
    let output = xtask(&root, &["show", "heygen", "--stage", "lower", "--json"], "");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["openapi"], "3.0.3");
}

#[test]
fn lower_reads_standard_input_and_wants_an_operation() {
    let root = support::root();
    let page =
        fs::read_to_string(root.join("specs/heygen/get-current-user-information.md")).unwrap();
    let output = xtask(&root, &["lower", "-"], &page);
    assert_eq!(code(&output), exit::OK, "{}", text(&output));
    assert!(text(&output).contains("operationId: get-current-user-information"));
    let empty = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\n";
    let output = xtask(&root, &["lower", "-"], empty);
    assert_eq!(code(&output), exit::FAILURE);
    assert!(
        text(&output).contains("lower::no_operations"),
        "{}",
        text(&output)
    );
}
