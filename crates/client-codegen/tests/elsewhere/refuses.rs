//! What is wrong is said, with the command that runs, and nothing is written.

use std::fs;

use client_codegen::commands::{Console, new};
use client_codegen::diagnostic::Style;
use client_codegen::emit::{Disk, FailAt};
use client_codegen::exit;

use crate::support::{Folder, PING, RENAME_ROOM};

/// Runs a command that must fail with `codes` and change nothing; gives what it said.
#[track_caller]
fn fails(folder: &Folder, arguments: &[&str], codes: &[&str]) -> String {
    fails_with(exit::FAILURE, folder, arguments, codes)
}

/// The same for a command line that is wrong whatever the files hold.
#[track_caller]
fn is_wrong_usage(folder: &Folder, arguments: &[&str], codes: &[&str]) -> String {
    fails_with(exit::USAGE, folder, arguments, codes)
}

#[track_caller]
fn fails_with(expected: u8, folder: &Folder, arguments: &[&str], codes: &[&str]) -> String {
    let before = folder.tree();
    let (code, text) = folder.client_codegen(arguments);
    assert_eq!(code, i32::from(expected), "{arguments:?}: {text}");
    for code in codes {
        assert!(text.contains(code), "{code} is missing in:\n{text}");
    }
    assert!(folder.tree() == before, "{arguments:?} changed something");
    assert!(!text.contains("xtask"), "{text}");
    text
}

fn with_ping() -> Folder {
    let folder = Folder::new();
    folder.write("ping.md", PING);
    let (code, text) = folder.client_codegen(&["new", "ping", "--file", "ping.md"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    folder
}

#[test]
fn without_a_manifest_the_other_commands_name_new() {
    let folder = Folder::new();
    for arguments in [
        &["codegen"][..],
        &["codegen", "--check"],
        &["pin"],
        &["show", "ping", "--stage", "lower"],
    ] {
        let text = fails(&folder, arguments, &["input::missing"]);
        // The help is wrapped where the terminal ends.
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(
            words.join(" ").contains("`client-codegen new NAME"),
            "{text}"
        );
    }
    let nowhere = [
        "--root",
        "no/such/folder",
        "new",
        "ping",
        "--file",
        "ping.md",
    ];
    fails(&folder, &nowhere, &["input::missing", "--root"]);
    for command in [
        &["codegen"][..],
        &["pin"],
        &["show", "ping", "--stage", "lower"],
    ] {
        let arguments = [&["--root", "no/such/folder"][..], command].concat();
        let text = fails(&folder, &arguments, &["input::missing", "correct --root"]);
        assert!(text.contains("no/such/folder is not a folder"), "{text}");
    }
}

#[test]
fn a_name_that_is_taken_is_refused() {
    let folder = with_ping();
    is_wrong_usage(
        &folder,
        &["new", "ping", "--file", "ping.md"],
        &["new::exists"],
    );
    for taken in ["specs/rooms/x", "crates/halls-client/x"] {
        folder.write(taken, "");
        let name = taken.split(['/', '-']).nth(1).unwrap();
        is_wrong_usage(
            &folder,
            &["new", name, "--file", "ping.md"],
            &["new::exists", name],
        );
    }
}

#[test]
fn all_files_that_cannot_be_taken_are_named() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("folder.md")).unwrap();
    folder.write("a:b.md", PING);
    folder.write(".codegen-tmp-1.md", PING);
    let mut arguments = vec!["new", "ping"];
    for file in ["gone.md", "folder.md", "a:b.md", ".codegen-tmp-1.md"] {
        arguments.extend(["--file", file]);
    }
    let codes = [
        "input::missing",
        "input::not_a_file",
        "new::file_name",
        "a:b.md",
        "-tmp-1.md",
    ];
    let text = fails(&folder, &arguments, &codes);
    assert!(
        !text.contains("apis.toml"),
        "there is none to correct:\n{text}"
    );
}

#[test]
fn everything_that_is_wrong_with_a_command_is_said_at_once() {
    let folder = Folder::new();
    let arguments = [
        "new",
        "Ping API",
        "--file",
        "gone.md",
        "--url",
        "ftp://x",
        "--url",
        "https://a.example/",
    ];
    let codes = [
        "input::missing",
        "manifest::invalid_value",
        "new::urls",
        "ftp://x",
        "Ping API",
    ];
    let text = is_wrong_usage(&folder, &arguments, &codes);
    assert!(
        !text.contains("apis.toml"),
        "there is none to correct:\n{text}"
    );
}

#[test]
fn files_of_one_name_are_told_apart_and_odd_names_are_kept() {
    let folder = Folder::new();
    let files = ["old/ping.md", "new/ping.md", "new/.räume (2) #1.md"];
    folder.write(files[0], PING);
    folder.write(files[1], PING);
    folder.write(files[2], RENAME_ROOM);
    let mut arguments = vec!["new", "ping"];
    arguments.extend(files.iter().flat_map(|file| ["--file", *file]));
    let (code, text) = folder.client_codegen(&arguments);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    for (file, bytes) in [
        ("old/ping.md", PING),
        ("new/ping.md", PING),
        (".räume (2) #1.md", RENAME_ROOM),
    ] {
        assert_eq!(folder.read(&format!("specs/ping/{file}")), bytes);
    }
    // And the commands that read them again find them.
    let (code, text) = folder.client_codegen(&["pin"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    assert!(text.contains("up to date"), "{text}");
    is_wrong_usage(
        &folder,
        &[
            "new",
            "other",
            "--file",
            "old/ping.md",
            "--file",
            "./old/ping.md",
        ],
        &["manifest::duplicate_document"],
    );
}

#[test]
fn a_name_or_title_that_cannot_be_used_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    folder.write("ping.md", PING);
    let longest = "a".repeat(57);
    let too_long = "a".repeat(58);
    let far_too_long = "a".repeat(300);
    for name in [&too_long, &far_too_long] {
        let text = is_wrong_usage(
            &folder,
            &["new", name, "--file", "ping.md"],
            &["manifest::invalid_value"],
        );
        assert!(text.contains("64 characters"), "{text}");
    }
    for title in ["", " ", "a\nb", "a\u{1b}[31m"] {
        is_wrong_usage(
            &folder,
            &["new", "ping", "--file", "ping.md", "--title", title],
            &["manifest::invalid_value", "--title"],
        );
    }
    assert!(!folder.path().join("specs").exists());
    // A document may say what it wants.
    folder.write(
        "ping.md",
        &PING.replace("title: Ping", "title: \"Pi\\ang\""),
    );
    let (code, text) = folder.client_codegen(&["new", &longest, "--file", "ping.md"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    let manifest = folder.read("specs/apis.toml");
    assert!(
        manifest.contains(&format!("title = \"{longest}\"")),
        "{manifest}"
    );
    folder.write(
        "specs/apis.toml",
        &manifest.replace("title = \"a", "title = \"\\u0007a"),
    );
    fails(
        &folder,
        &["codegen"],
        &["manifest::invalid_value", "[specs/apis.toml:"],
    );
}

#[test]
fn a_file_whose_name_just_fits_is_taken_in() {
    let folder = Folder::new();
    // Longer with what the name of a temporary file has before it.
    let name = format!("{}.md", "a".repeat(245));
    folder.write(&name, PING);
    let (code, text) = folder.client_codegen(&["new", "ping", "--file", &name]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    assert_eq!(folder.read(&format!("specs/ping/{name}")), PING);
}

/// Wherever writing fails: an API that is listed has its documents and its pins.
#[test]
fn a_writer_that_fails_leaves_no_api_without_its_documents() {
    let mut failures = 0;
    for at in 0.. {
        let folder = Folder::new();
        folder.write("in/ping.md", PING);
        let options = new::Options {
            name: "ping".to_owned(),
            title: None,
            files: vec![folder.path().join("in/ping.md")],
            urls: Vec::new(),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console {
            out: &mut out,
            err: &mut err,
            style: Style::Plain,
            program: "client-codegen",
            isolation: client_codegen::generate::Isolation::Thread,
        };
        let disk = FailAt::new(Disk, at);
        if new::run_on(&folder.path(), &options, &disk, &mut console) == exit::OK {
            break;
        }
        failures += 1;
        let there = |name: &str| folder.path().join(name).exists();
        if there("specs/apis.toml") {
            assert!(
                there("specs/ping/ping.md") && there("specs/apis.lock"),
                "failed at {at}"
            );
        }
        if !there("specs/ping") {
            let (code, text) = folder.client_codegen(&["new", "ping", "--file", "in/ping.md"]);
            assert_eq!(code, i32::from(exit::OK), "failed at {at}: {text}");
        }
    }
    assert!(failures > 5, "{failures}");
}

#[test]
fn what_people_wrote_into_the_manifest_stays_before_what_is_added() {
    let folder = with_ping();
    let before = folder.read("specs/apis.toml") + "\n# the next one is rooms";
    folder.write("specs/apis.toml", &before);
    let (code, text) = folder.client_codegen(&["new", "rooms", "--file", "ping.md"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    let after = folder.read("specs/apis.toml");
    let added = after.strip_prefix(&before).expect("what was there stays");
    assert!(added.starts_with("\n\n[api.rooms]\n"), "{added}");
    folder.write("specs/apis.toml", "api = {}\n");
    fails(
        &folder,
        &["new", "halls", "--file", "ping.md"],
        &["manifest::wrong_type"],
    );
}

#[test]
fn a_changed_document_names_the_command_that_pins_it() {
    let folder = with_ping();
    folder.write("specs/ping/ping.md", &PING.replace("'1'", "'2'"));
    let text = fails(&folder, &["codegen"], &["lock::hash_mismatch"]);
    assert!(text.contains("`client-codegen pin ping`"), "{text}");
}

#[test]
fn a_cargo_toml_that_is_not_one_stops_the_run() {
    let folder = with_ping();
    folder.write("Cargo.toml", "[workspace\n");
    fails(
        &folder,
        &["codegen"],
        &["scaffold::manifest", "[Cargo.toml:1:11]"],
    );
}

#[test]
fn a_document_that_is_refused_leaves_no_cargo_toml_behind() {
    let folder = Folder::new();
    let socket = PING.replace("    get:\n", "    get:\n      x-dropshot-websocket: {}\n");
    folder.write("ping.md", &socket);
    let (code, text) = folder.client_codegen(&["new", "ping", "--file", "ping.md"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    fails(&folder, &["codegen"], &["manifest::left_out"]);
    assert!(!folder.path().join("Cargo.toml").exists());
}

#[test]
fn a_reference_to_nothing_is_a_warning() {
    let folder = Folder::new();
    folder.write("ping.md", &PING.replace("schemas/Pong'", "schemas/Gone'"));
    folder.client_codegen(&["new", "ping", "--file", "ping.md"]);
    let (code, text) = folder.client_codegen(&["codegen"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    assert!(text.contains("lower::unresolved_reference"), "{text}");
    assert!(text.contains("[specs/ping/ping.md:"), "{text}");
    assert!(folder.path().join("Cargo.toml").exists());
}
