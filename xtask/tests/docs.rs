//! The documents for people name what exists.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::BTreeMap;

use client_codegen::diagnostic::CODES;

#[test]
fn the_troubleshooting_page_has_every_code_and_no_other() {
    let mut codes: BTreeMap<&str, &str> =
        CODES.iter().map(|code| (code.code, code.meaning)).collect();
    codes.extend(openapi_pages::CODES.iter().copied());
    codes.extend(openapi_lower::CODES.iter().copied());
    let wanted: String = codes
        .iter()
        .map(|(code, meaning)| format!("| `{code}` | {} |\n", meaning.replace('|', "\\|")))
        .collect();
    let page = std::fs::read_to_string(support::root().join("docs/troubleshooting.md")).unwrap();
    // Those of `document-fetch` are compared by a test there: this crate does not depend on it.
    let rows: String = page
        .lines()
        .filter(|line| line.starts_with("| `") && !line.starts_with("| `fetch::"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        rows == wanted,
        "the table in docs/troubleshooting.md should be:\n{wanted}"
    );
}

#[test]
fn the_readme_names_the_commands_that_ci_runs() {
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    let ci = std::fs::read_to_string(support::root().join(".ci/run")).unwrap();
    for command in ["cargo test --workspace", "cargo xtask codegen"] {
        assert!(readme.contains(command), "{command}");
        assert!(ci.contains(command), "{command}");
    }
}

/// ARCHITECTURE.md: `cargo xtask codegen` builds no TLS, no server and no async runtime.
#[test]
fn the_tool_builds_nothing_that_only_clients_need() {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "xtask",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--locked",
        ])
        .current_dir(support::root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.contains("progenitor v0.15.1"), "{tree}");
    for name in [
        "aws-lc",
        "hyper",
        "native-tls",
        "progenitor-client",
        "reqwest",
        "rustls",
        "tokio",
    ] {
        let found: Vec<&str> = tree.lines().filter(|line| line.starts_with(name)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

/// `| … | `file` `test` |`: the file is there, and has the test.
#[test]
fn the_table_of_features_names_tests_that_are_there() {
    let root = support::root();
    let page = std::fs::read_to_string(root.join("docs/sdk-features.md")).unwrap();
    let mut rows = 0;
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let (ours, test) = (cells[cells.len() - 2], cells[cells.len() - 1]);
        let named: Vec<&str> = test.split('`').skip(1).step_by(2).collect();
        let Some(file) = named.first() else {
            assert!(!ours.contains("**yes**"), "{line}");
            continue;
        };
        let text = std::fs::read_to_string(root.join(file));
        let text = text.unwrap_or_else(|error| panic!("{file}: {error}"));
        if let Some(test) = named.get(1) {
            let is_there = text.contains(&format!("fn {test}("));
            let is_row = text.contains(&format!("{test} \"issue "));
            assert!(is_there || is_row, "{file} has no {test}");
        }
        rows += 1;
    }
    assert!(rows > 20, "the table has another form");
}

/// What people who use a client plan with: `x-sunset` of the document or of our overlay.
#[test]
fn changelogs_tell_when_operations_end() {
    let mut dates = 0;
    for api in &support::manifest().apis {
        let lowered = support::compiled(api).lowered;
        let changelog = support::root().join(api.crate_path()).join("CHANGELOG.md");
        let changelog = std::fs::read_to_string(changelog).unwrap();
        for (id, operation) in &lowered.operations {
            let path = &lowered.document["paths"][&operation.path];
            let definition = &path[operation.method.to_ascii_lowercase()];
            let Some(date) = definition["x-sunset"].as_str() else {
                continue;
            };
            dates += 1;
            let is_told = changelog
                .lines()
                .any(|line| line.contains(date) && line.contains(&operation.path));
            assert!(
                is_told,
                "CHANGELOG.md of {}: no line says that {id}, {}, ends on {date}",
                api.crate_name, operation.path
            );
        }
    }
    assert!(dates > 0, "the kitchen sink has one");
}
