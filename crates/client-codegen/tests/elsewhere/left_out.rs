//! What is not generated or not compared is said.

use client_codegen::exit;

use crate::support::{Folder, PING};

/// A document with an operation that can be called, and `left_out` beside it.
fn document(left_out: &str, called: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: Files, version: '1' }}\npaths:\n{left_out}{called}")
}

const SOCKET: &str = "  /socket:
    get:
      x-dropshot-websocket: {}
      responses: { '101': { description: Upgraded. } }
";
const BRACE: &str = "  \"/a{\":\n    get: { responses: { '204': { description: Nothing. } } }\n";
const LIST: &str = "  /files:\n    get: { responses: { '204': { description: None. } } }\n";

/// The text without the line breaks of a help that is wrapped where the terminal ends.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(text: &str, part: &str) {
    assert!(
        words(text).contains(part),
        "`{part}` is missing in:\n{text}"
    );
}

fn with(name: &str, text: &str) -> Folder {
    let folder = Folder::new();
    let file = format!("{name}.yaml");
    folder.write(&file, text);
    let (code, text) = folder.client_codegen(&["new", name, "--file", &file]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    folder
}

#[test]
fn a_check_with_errors_does_not_say_that_everything_is_up_to_date() {
    let folder = with("files", &document("", LIST));
    let broken = BRACE;
    folder.write("broken.yaml", &document("", broken));
    folder.client_codegen(&["codegen"]);
    folder.client_codegen(&["new", "broken", "--file", "broken.yaml"]);
    let (code, text) = folder.client_codegen(&["codegen", "--check"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    says(
        &text,
        "only the APIs without a problem were compared, and those are up to date",
    );
    assert!(!text.contains("everything"), "{text}");
    let (code, text) = folder.client_codegen(&["codegen", "broken", "--check"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    says(&text, "nothing was compared");
    folder.write("crates/files-client/src/generated/mod.rs", "");
    let (code, text) = folder.client_codegen(&["codegen", "--check"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    says(&text, "only the APIs without a problem were compared");
    assert!(!text.contains("up to date"), "{text}");
}

#[test]
fn why_no_operation_is_left_is_said_with_the_problem_and_in_the_notes() {
    let folder = with("files", &document(SOCKET, BRACE));
    for arguments in [
        &["codegen"][..],
        &["lower", "files.yaml"],
        &["show", "files", "--stage", "lower"],
    ] {
        let (code, text) = folder.client_codegen(arguments);
        assert_eq!(code, i32::from(exit::FAILURE), "{text}");
        says(&text, "lower::no_operations");
        says(&text, "`GET /socket`: ");
        says(&text, "`GET /a{`: the braces of the path do not pair");
    }
    for target in ["files", "files.yaml"] {
        let (code, text) = folder.client_codegen(&["show", target, "--stage", "notes"]);
        assert_eq!(code, i32::from(exit::FAILURE), "{text}");
        says(&text, "rule: unsupported_operation");
        says(&text, "lower::no_operations");
    }
    let many: String = (0..8)
        .map(|n| BRACE.replace("/a", &format!("/a{n}")))
        .collect();
    folder.write("many.yaml", &document(&many, ""));
    let (_, text) = folder.client_codegen(&["lower", "many.yaml"]);
    says(
        &text,
        "`GET /a4{`: the braces of the path do not pair; and 3 more",
    );
    assert!(!words(&text).contains("`GET /a5{`"), "{text}");
}

#[test]
fn a_document_without_operations_is_not_told_of_any_that_were_left_out() {
    let folder = Folder::new();
    folder.write(
        "none.yaml",
        "openapi: 3.0.3\ninfo: { title: N, version: '1' }\npaths: {}\n",
    );
    let (code, text) = folder.client_codegen(&["lower", "none.yaml"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    says(&text, "the document has no operation");
    assert!(!text.contains("left out"), "{text}");
}

/// Puts a line below the table of the API `files`.
fn allow(folder: &Folder, line: &str) {
    let manifest = folder.read("specs/apis.toml");
    let manifest = manifest.replacen("[api.files]\n", &format!("[api.files]\n{line}\n"), 1);
    assert!(manifest.contains(line));
    folder.write("specs/apis.toml", &manifest);
}

#[test]
fn operations_are_only_left_out_where_the_manifest_says_so() {
    let folder = with("files", &document(&(SOCKET.to_owned() + BRACE), LIST));
    let dry = &["codegen", "--dry-run"][..];
    let check = &["codegen", "--check"][..];
    for arguments in [dry, check, &["codegen"]] {
        let (code, text) = folder.client_codegen(arguments);
        assert_eq!(code, i32::from(exit::FAILURE), "{text}");
        says(
            &text,
            "the client would lack `GET /a{`: the braces of the path do not pair",
        );
        says(&text, "the client would lack `GET /socket`: ");
        says(&text, "[specs/files/files.yaml:");
    }
    // What the advice says works.
    let (_, text) = folder.client_codegen(&["codegen"]);
    let text = words(&text);
    let start = text.find("`left-out = [").unwrap() + 1;
    let line = text[start..].split('`').next().unwrap();
    says(
        &text,
        &format!("write `{line}` below [api.files] in specs/apis.toml"),
    );
    allow(&folder, line);
    for (arguments, expected) in [
        (dry, exit::OK),
        (check, exit::DRIFT),
        (&["codegen"], exit::OK),
    ] {
        let (code, text) = folder.client_codegen(arguments);
        assert_eq!(code, i32::from(expected), "{text}");
        says(
            &text,
            "files: 2 operations are left out: `GET /a{` (the braces of the path do not pair), `GET /socket` (",
        );
        says(&text, "`client-codegen show files --stage notes`");
    }
    let folder = with("files", &document(BRACE, LIST));
    allow(&folder, "left-out = [\"GET /a{\"]");
    let (_, text) = folder.client_codegen(&["codegen", "--dry-run"]);
    says(
        &text,
        "files: 1 operation is left out: `GET /a{` (the braces of the path do not pair); see",
    );
    let folder = with("files", &document("", LIST));
    let (_, text) = folder.client_codegen(&["codegen", "--dry-run"]);
    assert!(!text.contains("left out"), "{text}");
}

#[test]
fn an_entry_for_what_is_not_left_out_is_refused() {
    let folder = with("files", &document(BRACE, LIST));
    allow(&folder, "left-out = [\"GET /files\", \"POST /gone\"]");
    let (code, text) = folder.client_codegen(&["codegen"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    says(&text, "the client would lack `GET /a{`");
    says(&text, "`GET /files` is not left out of the client");
    says(&text, "`POST /gone` is not left out of the client");
    says(&text, "[specs/apis.toml:");
}

#[test]
fn what_documents_of_a_lower_rank_say_differently_is_counted() {
    let folder = Folder::new();
    folder.write("old/ping.md", PING);
    folder.write("ping.md", &PING.replace("format: int32", "format: int64"));
    folder.client_codegen(&["new", "ping", "--file", "old/ping.md", "--file", "ping.md"]);
    let manifest = folder.read("specs/apis.toml");
    let manifest = manifest.replacen(
        "file = \"ping/old/ping.md\"",
        "file = \"ping/old/ping.md\"\nrank = -1",
        1,
    );
    folder.write("specs/apis.toml", &manifest);
    let (code, text) = folder.client_codegen(&["codegen"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    says(
        &text,
        "ping: documents of a lower rank say something else about 1 thing; see `client-codegen show ping --stage notes`",
    );
}
