//! A workspace as a git repository, and what `diff` says of it.

use std::path::Path;
use std::process::Command;

use client_codegen::commands::Console;
use client_codegen::commands::diff::{Format, Options, What, run};
use client_codegen::diagnostic::Style;
use client_codegen::generate::Isolation;

use crate::bench::Bench;

fn git(root: &Path, arguments: &[&str]) {
    // No settings of whoever runs the tests.
    let settings = [
        "user.name=T",
        "user.email=t@example.com",
        "commit.gpgsign=false",
        "core.autocrlf=false",
    ];
    let status = Command::new("git")
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .args(arguments)
        .current_dir(root)
        .status()
        .unwrap();
    assert!(status.success(), "{arguments:?}");
}

/// Makes a repository of a workspace with a crate of version 0.3.1, from which the next version follows.
pub(crate) fn begin(bench: &Bench) {
    bench.write(
        "crates/depot-client/Cargo.toml",
        "[package]\nname = \"depot-client\"\nversion = \"0.3.1\"\n",
    );
    git(bench.root(), &["init", "--quiet"]);
    commit(bench.root());
}

/// What is there is reviewed.
pub(crate) fn commit(root: &Path) {
    git(root, &["add", "--all"]);
    let commit = ["commit", "--quiet", "--allow-empty", "--message", "a"];
    git(root, &commit);
}

/// What `diff` says of the working tree, against the last commit.
pub(crate) fn diff(root: &Path, format: Format) -> String {
    let options = Options {
        what: What::Revisions {
            apis: Vec::new(),
            base: "HEAD".to_owned(),
            to: None,
        },
        format,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(
        root,
        &options,
        &mut Console {
            out: &mut out,
            err: &mut err,
            style: Style::Plain,
            program: "client-codegen",
            isolation: Isolation::Thread,
        },
    );
    let said = String::from_utf8(err).unwrap();
    // A note that a document is not pinned, too: `fetch` pins.
    assert_eq!((code, said.as_str()), (0, ""));
    String::from_utf8(out).unwrap()
}

/// Compares with a golden in `tests/fetch/reviews`.
pub(crate) fn golden(name: &str, about: &str, text: &str) {
    let mut settings = insta::Settings::new();
    settings.set_omit_expression(true);
    settings.set_description(about);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("reviews");
    settings.bind(|| insta::assert_snapshot!(name, text));
}
