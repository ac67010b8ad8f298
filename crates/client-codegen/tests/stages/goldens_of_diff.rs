//! Codes of `diff`, drawn as the program draws them: they are about git and the system.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

const MANIFEST: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.yaml\"\n";

/// What the program says in a folder in which it raises the code.
pub(crate) fn shown(code: &str) -> String {
    let folder = tempdir().unwrap();
    let root = folder.path();
    let mut program = Command::new(env!("CARGO_BIN_EXE_client-codegen"));
    // The folder for temporary files may be in a repository of somebody.
    program.env("GIT_CEILING_DIRECTORIES", root.parent().unwrap());
    program.current_dir(root).args(["--root", ".", "diff"]);
    match code {
        "diff::git" => {
            repository(root, true);
            write(&root.join(".git/config"), "[core\n");
        }
        "diff::no_git" => drop(program.env("PATH", "")),
        "diff::no_repository" => {}
        "diff::no_specs" => repository(root, false),
        "diff::temporary_folder" => {
            repository(root, true);
            program.env("TMPDIR", "/no/such/folder");
        }
        "diff::unknown_revision" => {
            repository(root, true);
            program.args(["--base", "v1"]);
        }
        other => panic!("no test raises {other}"),
    }
    fs::create_dir_all(root.join("specs")).unwrap();
    write(&root.join("specs/apis.toml"), MANIFEST);
    let output = program.output().unwrap();
    assert!(output.stdout.is_empty());
    let expected = if code == "diff::unknown_revision" {
        2
    } else {
        1
    };
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(expected), "{text}");
    text
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test's own temporary folder needs no atomic writes"
)]
fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

/// A repository with one commit, in which there is a manifest or not.
fn repository(root: &Path, with_specs: bool) {
    if with_specs {
        fs::create_dir_all(root.join("specs")).unwrap();
        write(&root.join("specs/apis.toml"), MANIFEST);
    }
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &[
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "a",
        ],
    ] {
        let status = Command::new("git")
            .args(arguments)
            .current_dir(root)
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    }
}
