//! The checked-in files are what the vendored documents generate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use client_codegen::commands::Console;
use client_codegen::commands::codegen::{self, Mode, Options};
use client_codegen::diagnostic::Style;
use client_codegen::exit;

#[test]
fn nothing_has_drifted() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console {
        out: &mut out,
        err: &mut err,
        style: Style::Plain,
        program: "cargo xtask",
        isolation: client_codegen::generate::Isolation::Thread,
    };
    let options = Options {
        apis: Vec::new(),
        mode: Mode::Check,
        timings: false,
    };
    let code = codegen::run(&support::root(), &options, &mut console);
    assert_eq!(code, exit::OK, "{}", String::from_utf8_lossy(&err));
}

#[test]
fn generated_files_say_so_and_no_others_do() {
    let root = support::root();
    for api in support::manifest().apis {
        let source = root.join(api.crate_path()).join("src");
        let mut files = Vec::new();
        collect(&source, &mut files);
        assert!(files.len() > 4, "{} has too few files", source.display());
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let generated = file.strip_prefix(&source).unwrap().starts_with("generated");
            let first = text.lines().next().unwrap_or_default();
            assert_eq!(
                first.contains("@generated"),
                generated,
                "{}",
                file.display()
            );
            if generated {
                assert!(first.contains("`cargo xtask codegen`"), "{first}");
                assert!(first.contains("specs/"), "{first}");
            }
        }
    }
}

fn collect(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files)
        } else {
            files.push(path)
        }
    }
}

#[test]
fn generated_code_never_panics_and_runs_no_doctest() {
    for api in support::manifest().apis {
        let compiled = support::compiled(&api);
        for (path, text) in support::rendered(&compiled) {
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            // The one `expect`: what typify checked itself.
            let code = code.replace(".expect(\"checked when this code was generated\")", "");
            for forbidden in [
                ".unwrap()",
                ".expect(",
                "panic!(",
                "todo!(",
                "unreachable!(",
                "progenitor",
            ] {
                assert!(
                    !code.contains(forbidden),
                    "{}/{path} has {forbidden}",
                    api.name
                );
            }
            let fences: Vec<&str> = text
                .lines()
                .map(str::trim_start)
                .filter_map(|line| {
                    line.strip_prefix("/// ")
                        .or_else(|| line.strip_prefix("//! "))
                })
                .filter(|line| line.trim_start().starts_with("```"))
                .collect();
            for opening in fences.iter().step_by(2) {
                assert_eq!(opening.trim(), "```text", "{}/{path}", api.name);
            }
            // An indented block in a doc comment is code to rustdoc.
            for line in text.lines().map(str::trim_start) {
                assert!(!line.starts_with("///     "), "{}/{path}: {line}", api.name);
            }
        }
    }
}
