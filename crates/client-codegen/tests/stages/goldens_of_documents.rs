//! Each code of the libraries that read and lower documents, as `cargo xtask codegen` shows it: bytes in, text out.
//!
//! Most documents are pages, so that a golden shows line and column of the file and not of the fence in it.

use std::fs;
use std::path::Path;

use client_codegen::commands::codegen::{self, Mode};
use client_codegen::commands::{Console, new};
use client_codegen::diagnostic::Style;
use client_codegen::overlay::Overlay;
use client_codegen::{exit, lock};
use tempfile::{TempDir, tempdir};

use crate::support::{PROGRAM, rendered};

/// A page of the Mintlify forms, with this in its fence.
fn page(yaml: &str) -> String {
    format!(
        "# Send a ping\n\n> Sends a ping and waits for the answer.\n\n## OpenAPI\n\n````yaml post /pings\n{yaml}````\n\n\
         Built by hand.\n"
    )
}

/// A page of the form that holds a whole document, with this at the document's end.
fn embedded(end: &str) -> String {
    page(&format!("openapi: 3.1.0\ninfo:\n  title: Ping\n{end}"))
}

/// The same with an operation, so that it is `end` that the lowering stumbles over.
fn operation(end: &str) -> String {
    embedded(&format!(
        "  version: '1'\npaths:\n  /pings:\n    post:\n      operationId: ping\n      responses:\n        '204':\n          description: Pong.\n{end}"
    ))
}

/// A page of the form that has lost the document, with this in its request.
fn resolved(method: &str, request: &str) -> String {
    page(&format!(
        "paths:\n  path: /pings\n  method: {method}\n  request:\n{request}  response:\n    '204': {{}}\n  deprecated: false\n  type: path\ncomponents:\n  schemas: {{}}\n"
    ))
}

/// A page of ReadMe.com, with this in its fence.
fn readme(json: &str) -> String {
    format!(
        "# Send a ping\n\nSends a ping and waits for the answer.\n\n# OpenAPI definition\n\n```json\n{json}\n```\n"
    )
}

/// What a user has on the disk.
struct Case {
    bytes: Vec<u8>,
    /// A line of the document's entry in the manifest.
    entry: &'static str,
    /// The actions of an overlay of version 1.1.
    actions: Option<String>,
}

impl<T: Into<Vec<u8>>> From<T> for Case {
    fn from(bytes: T) -> Self {
        Self {
            bytes: bytes.into(),
            entry: "",
            actions: None,
        }
    }
}

/// An operation that an overlay spoils: the only way to what the earlier stages refuse in a document.
fn spoiled(end: &str, actions: impl Into<String>) -> Case {
    Case {
        actions: Some(actions.into()),
        ..operation(end).into()
    }
}

/// Which document raises a code.
fn case(code: &str) -> Case {
    let nested = |levels| "{a: ".repeat(levels) + "1" + &"}".repeat(levels);
    match code {
        "lower::circular_reference" => operation(
            "components:\n  schemas:\n    Ping:\n      $ref: '#/components/schemas/Pong'\n    Pong:\n      $ref: '#/components/schemas/Ping'\n",
        )
        .into(),
        "lower::external_reference" => {
            operation("components:\n  schemas:\n    Ping:\n      $ref: 'pong.yaml#/Pong'\n").into()
        }
        "lower::malformed" => spoiled(
            "",
            "- target: $.paths\n  remove: true\n- target: $\n  update:\n    paths:\n      - /pings\n",
        ),
        "lower::no_operations" => {
            embedded("  version: '1'\npaths:\n  /pings:\n    summary: Nothing can be called here.\n")
                .into()
        }
        "lower::no_paths" => spoiled("", "- target: $.paths\n  remove: true\n"),
        "lower::not_a_document" => spoiled("", "- target: $.openapi\n  remove: true\n"),
        "lower::too_deep" => spoiled(
            &format!("x-deep: {}\n", nested(80)),
            format!(
                "- target: $['x-deep']{}\n  update:\n    b: {}\n",
                ".a".repeat(79),
                nested(40)
            ),
        ),
        "lower::unresolved_reference" => {
            operation("components:\n  schemas:\n    Ping:\n      $ref: '#/components/schemas/Pong'\n")
                .into()
        }
        "lower::unsupported_version" => {
            spoiled("", "- target: $\n  update:\n    openapi: 3.9.0\n")
        }
        "pages::alias_bomb" => {
            let levels = (1..40).map(|level| format!("x-{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
            embedded(&format!("x-0: &a0 [x, x]\n{}", levels.collect::<String>())).into()
        }
        "pages::component_conflict" => resolved(
            "post",
            "    security:\n      - title: Key\n        parameters:\n          header:\n            x-key:\n              type: apiKey\n      - title: Key\n        parameters:\n          query:\n            key:\n              type: apiKey\n",
        )
        .into(),
        "pages::duplicate_key" => embedded("  version: '1'\n  title: Pong\npaths: {}\n").into(),
        "pages::empty" => page("# to be written\n").into(),
        "pages::html" => "<!DOCTYPE html>\n<html><title>Send a ping</title></html>\n".into(),
        "pages::json_syntax" => {
            readme("{\n  \"openapi\": \"3.1.0\",\n  \"paths\": {},\n}").into()
        }
        "pages::merge_key" => embedded("  version: '1'\n  <<: later\npaths: {}\n").into(),
        "pages::method" => resolved("fetch", "    parameters: {}\n").into(),
        "pages::mixed_forms" => {
            format!("{}\n{}", operation(""), readme("{\"openapi\": \"3.1.0\", \"paths\": {}}")).into()
        }
        "pages::no_fence" => "# How to ping\n\nA guide to pings, without the definition of an operation.\n".into(),
        "pages::not_openapi" => page("name: Ping\nkind: operation\n").into(),
        "pages::not_utf8" => {
            let (before, after) = ("# Send a ping\n\n> Sends a caf", "ping.\n");
            [before.as_bytes(), b"\xe9 ", after.as_bytes()].concat().into()
        }
        "pages::number" => embedded("  version: '1'\nx-limit: .inf\npaths: {}\n").into(),
        "pages::openapi_version" => page("openapi: 3.1\npaths: {}\n").into(),
        "pages::recursive_alias" => embedded("  version: '1'\nx-ping: &ping\n  pong: *ping\n").into(),
        "pages::security" => resolved(
            "post",
            "    security:\n      - title: Key & Tenant\n        parameters:\n          header:\n            x-key:\n              type: apiKey\n",
        )
        .into(),
        "pages::shape" => embedded("  version: '1'\npaths:\n  - /pings\n").into(),
        "pages::swagger_2" => page("swagger: '2.0'\npaths: {}\n").into(),
        "pages::too_deep" => embedded(&format!("x-deep: {}\n", nested(500))).into(),
        "pages::truncated" => {
            readme("{\n  \"openapi\": \"3.1.0\",\n  \"paths\": {\n    \"/pings\": {").into()
        }
        "pages::unclosed_fence" => operation("").split("\n````\n").next().unwrap().into(),
        "pages::unknown_alias" => embedded("  version: *latest\npaths: {}\n").into(),
        "pages::wrong_form" => Case {
            entry: "format = \"mintlify-resolved\"",
            ..operation("").into()
        },
        "pages::yaml_documents" => embedded("  version: '1'\npaths: {}\n---\npaths: {}\n").into(),
        "pages::yaml_key" => embedded("  version: {version}\n  {name}: Ping\npaths: {}\n").into(),
        "pages::yaml_syntax" => embedded("  version: 1: first\npaths: {}\n").into(),
        "pages::yaml_tab" => embedded("\tversion: '1'\npaths: {}\n").into(),
        "pages::yaml_tag" => embedded("  version: !env VERSION\npaths: {}\n").into(),
        other => panic!("no document raises {other}"),
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test's own temporary folder needs no atomic writes"
)]
fn write(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A workspace with one API, whose document is pinned.
fn workspace(case: &Case) -> TempDir {
    let root = tempdir().unwrap();
    let overlay = case.actions.as_ref().map(|actions| {
        let text =
            format!("overlay: 1.1.0\ninfo:\n  title: Fix\n  version: \"1\"\nactions:\n{actions}");
        write(root.path(), "specs/demo/demo.overlay.yaml", text.as_bytes());
        "overlay = \"demo/demo.overlay.yaml\"\n"
    });
    let manifest = format!(
        "[api.demo]\ntitle = \"Demo\"\ncrate = \"demo-client\"\nenvironment-prefix = \"DEMO\"\n{}\n\
         [[api.demo.document]]\nfile = \"demo/ping.md\"\n{}\n",
        overlay.unwrap_or_default(),
        case.entry
    );
    let hash = lock::sha256(&case.bytes);
    let locked = format!(
        "version = 1\n\n[[document]]\napi = \"demo\"\nfile = \"demo/ping.md\"\nsha256 = \"{hash}\"\n"
    );
    write(root.path(), "specs/demo/ping.md", &case.bytes);
    write(root.path(), "specs/apis.toml", manifest.as_bytes());
    write(root.path(), "specs/apis.lock", locked.as_bytes());
    root
}

/// What a command says that has to end with this code.
fn said(expected: u8, command: impl FnOnce(&mut Console<'_>) -> u8) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = command(&mut Console {
        out: &mut out,
        err: &mut err,
        style: Style::Plain,
        program: PROGRAM,
        isolation: client_codegen::generate::Isolation::Thread,
    });
    assert_eq!(code, expected);
    String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap()
}

#[test]
fn problems_of_a_document_and_of_the_form_of_its_overlay_are_told_in_one_run() {
    let case = Case {
        actions: Some("- {target: $.info, updates: {}}\n- {copy: $.info}\n".to_owned()),
        ..embedded("  version: *latest\npaths: {}\n").into()
    };
    let text = generated(&case);
    let codes: Vec<&str> = text.lines().filter(|line| line.contains("::")).collect();
    assert_eq!(
        codes,
        [
            "pages::unknown_alias",
            "overlay::unknown_key",
            "overlay::invalid"
        ],
        "{text}"
    );
}

/// What a user sees when the code is raised.
pub(crate) fn shown(code: &str) -> String {
    match code {
        "new::exists" => added("demo", None, 1),
        "new::urls" => added("other", None, 2),
        "new::file_name" => added("other", Some("ping:2.md"), 0),
        // A document of that size is `input::too_large` before; only who calls the library sees this.
        "pages::too_large" => {
            let bytes = vec![b'#'; openapi_pages::bounds::MAX_INPUT + 1];
            rendered(&Overlay::parse("specs/demo/demo.overlay.yaml", bytes).unwrap_err())
        }
        "lower::circular_reference"
        | "lower::external_reference"
        | "lower::unresolved_reference" => warned(&case(code)),
        _ => generated(&case(code)),
    }
}

/// What is said of a document from which a client can be made all the same.
fn warned(case: &Case) -> String {
    let text = run(case, exit::OK);
    let (warnings, written) = text.split_once("     new ").expect("files are written");
    assert!(written.contains("src/generated/types/ping.rs"), "{written}");
    warnings.to_owned()
}

fn generated(case: &Case) -> String {
    run(case, exit::FAILURE)
}

fn run(case: &Case, expected: u8) -> String {
    let root = workspace(case);
    let options = codegen::Options {
        apis: Vec::new(),
        mode: Mode::Write,
        timings: false,
    };
    said(expected, |console| {
        codegen::run(root.path(), &options, console)
    })
}

/// Adds a document, by default one that exists, to a workspace that has the API `demo`, with so many URLs.
fn added(name: &str, file: Option<&str>, urls: usize) -> String {
    let root = workspace(&operation("").into());
    let options = new::Options {
        name: name.to_owned(),
        title: None,
        files: vec![file.map_or_else(|| root.path().join("specs/demo/ping.md"), Into::into)],
        urls: vec!["https://docs.ping.example/ping.md".to_owned(); urls],
    };
    // A file's own name is the file's problem.
    let expected = match file {
        Some(_) => exit::FAILURE,
        None => exit::USAGE,
    };
    said(expected, |console| new::run(root.path(), &options, console))
}
