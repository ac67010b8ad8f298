//! The program as a process.

use std::process::{Command, Output};

use crate::bench::{Bench, path};
use crate::pages::Page;

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_document-fetch"))
        .args(arguments)
        .output()
        .unwrap()
}

fn at(bench: &Bench, arguments: &[&str]) -> (i32, String) {
    let root = ["--root", bench.root().to_str().unwrap()];
    let output = program(&[&root, arguments].concat());
    let text =
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn help_and_version_name_the_command_that_was_typed() {
    let said = |arguments: &[&str]| String::from_utf8(program(arguments).stdout).unwrap();
    assert!(said(&["--help"]).contains("Usage: document-fetch [OPTIONS] [API]..."));
    let help = said(&["--of-xtask", "--help"]);
    assert!(
        help.contains("Usage: cargo xtask fetch [OPTIONS] [API]..."),
        "{help}"
    );
    assert!(said(&["--version"]).starts_with("document-fetch "));
}

#[test]
fn exit_codes_are_the_documented_ones() {
    let bench = Bench::new(&[0, 1]);
    let (code, text) = at(&bench, &["--check"]);
    assert_eq!(code, 4, "{text}");
    // Plain lines where there is no terminal; none where nobody wants them.
    assert!(text.contains("depot: asking for 2 documents\n"), "{text}");
    let (code, text) = at(&bench, &["--quiet"]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("asking"), "{text}");
    let (code, text) = at(&bench, &["--of-xtask", "--check"]);
    assert_eq!(code, 0, "{text}");
    bench.site.remove(&path(0));
    bench.site.put(&path(1), Page::new(1).with("weight").text());
    let (code, text) = at(&bench, &["--check", "--of-xtask"]);
    assert_eq!(code, 1, "{text}");
    for wrong in [&["--accept"][..], &["nobody"], &["--what"]] {
        assert_eq!(at(&bench, wrong).0, 2, "{wrong:?}");
    }
    let nowhere = Bench::empty();
    std::fs::remove_dir(nowhere.root().join("specs")).unwrap();
    let (code, text) = at(&nowhere, &[]);
    assert_eq!(code, 1, "{text}");
    assert!(nowhere.tree().is_empty());
    assert!(!nowhere.root().join("specs").exists());
}
