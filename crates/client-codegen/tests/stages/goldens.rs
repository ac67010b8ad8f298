//! Each code as it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use client_codegen::assemble::Assembled;
use client_codegen::commands::read_lock;
use client_codegen::diagnostic::{CODES, Diagnostics, SourceFile};
use client_codegen::emit::{Disk, FailAt, Plan, apply};
use client_codegen::generate::{Generated, Isolation, TIME_LIMIT};
use client_codegen::input;
use client_codegen::lock::{self, Lock, Pinnable};
use client_codegen::overlay::{self, Overlay};
use client_codegen::pipeline;
use client_codegen::scaffold::{self, Workspace};
use openapi_lower::Lowered;
use tempfile::tempdir;

use crate::support::{PROGRAM, assembled, codes, manifest, rendered, two_apis};
use crate::{goldens_of_diff, goldens_of_documents};

const API: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.md\"\n";
const PAGE: &str =
    "openapi: 3.1.0\npaths:\n  /users:\n    get:\n      operationId: get\n      responses: {}\n";

fn broken(from: &str, to: &str) -> Diagnostics {
    assert!(API.contains(from));
    manifest(&API.replace(from, to)).unwrap_err()
}

fn fix(actions: &str) -> Diagnostics {
    fix_of("1.0.0", actions)
}

fn fix_1_1(actions: &str) -> Diagnostics {
    fix_of("1.1.0", actions)
}

fn fix_of(version: &str, actions: &str) -> Diagnostics {
    let text =
        format!("overlay: {version}\ninfo:\n  title: Fix\n  version: \"1\"\nactions:\n{actions}");
    let parsed = Overlay::parse("specs/a.overlay.yaml", text.into());
    parsed
        .and_then(|overlay| overlay::apply(assembled(&[("specs/a.yaml", PAGE)]).unwrap(), &overlay))
        .unwrap_err()
}

fn locked(lock: &Lock) -> Diagnostics {
    let manifest = two_apis();
    let document = &manifest.api("two").unwrap().documents[0];
    lock::check(
        lock,
        &manifest,
        &[Pinnable {
            api: "two",
            document,
            bytes: b"new",
        }],
        PROGRAM,
    )
}

fn pinned(bytes: &[u8]) -> Lock {
    let manifest = two_apis();
    let document = &manifest.api("two").unwrap().documents[0];
    lock::pin(
        &Lock::default(),
        &manifest,
        &["two"],
        &[Pinnable {
            api: "two",
            document,
            bytes,
        }],
    )
}

fn emitted(path: &str, prepare: fn(&std::path::Path), at: usize) -> Diagnostics {
    let root = tempdir().unwrap();
    prepare(root.path());
    let mut plan = Plan::new();
    plan.add(path, "x\n");
    apply(root.path(), &plan, &FailAt::new(Disk, at)).unwrap_err()
}

fn read(prepare: fn(&std::path::Path)) -> Diagnostics {
    let root = tempdir().unwrap();
    fs::create_dir_all(root.path().join("specs/two")).unwrap();
    prepare(root.path());
    input::vendored(root.path(), two_apis().api("two").unwrap()).unwrap_err()
}

/// What raises each code.
fn raise(code: &str) -> Diagnostics {
    match code {
        "assemble::conflict" => {
            let other = PAGE.replace("Id: get", "Id: list");
            assembled(&[("specs/a.yaml", PAGE), ("specs/b.yaml", &other)]).unwrap_err()
        }
        "assemble::no_fragments" => assembled(&[]).unwrap_err(),
        "assemble::not_an_object" => {
            assembled(&[("specs/a.yaml", "openapi: 3.1.0\npaths:\n  - /users\n")]).unwrap_err()
        }
        "emit::directory_for_file" => emitted(
            "a/b",
            |root| fs::create_dir_all(root.join("a/b")).unwrap(),
            usize::MAX,
        ),
        "emit::file_for_directory" => emitted(
            "a/b",
            |root| drop(fs::File::create(root.join("a")).unwrap()),
            usize::MAX,
        ),
        "emit::path" => emitted("../a", |_| {}, usize::MAX),
        "emit::read" => emitted("a/b", |_| {}, 0),
        "emit::symlink" => emitted("a/b", link, usize::MAX),
        "emit::write" => emitted("a/b", |_| {}, 3),
        "finish::credential_clash" => finished(
            "components: {securitySchemes: {a: {type: apiKey, in: header, name: x-a}, b: {type: apiKey, in: header, name: x-b}}}",
            "",
            |_| {},
        ),
        "finish::credential_origin" => finished(
            "",
            "credential-origins = [\"https://upload.example.com\"]",
            |_| {},
        ),
        "finish::idempotency_key" => finished("      x-idempotency-key: sometimes", "", |_| {}),
        "finish::job" => finished("      x-job: {state: status, done: ok}", "", |_| {}),
        "finish::pagination" => finished("      x-pagination: {page: 1, items: users}", "", |_| {}),
        "finish::success" => finished("      x-success: {/code: 100}", "", |_| {}),
        "finish::unexpected_output" => finished("", "", |generated| {
            generated.file.items.push(syn::parse_quote!(
                fn surprise() {}
            ));
        }),
        "finish::unknown_security_scheme" => finished("", "credentials = { c = \"key\" }", |_| {}),
        "finish::unsupported_security" => {
            let (assembled, lowered) =
                lowered("components: {securitySchemes: {a: {type: http, scheme: digest}}}");
            pipeline::warnings(&assembled, &lowered)
        }
        "generate::aborted" => overflowing(),
        "generate::not_started" => isolated("/no/such/program", 60_000),
        "generate::timed_out" => isolated(env!("CARGO_BIN_EXE_client-codegen"), 1),
        // The lowering keeps these from progenitor, so the lowered document is spoiled by hand.
        "generate::panicked" => generated("", |document| {
            let responses = &mut document["paths"]["/users"]["get"]["responses"];
            responses["200"] = serde_json::json!({"description": "", "content": {"application/json": {"schema": {"type": "string"}}}});
            responses["default"] = serde_json::json!({"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}});
        }),
        "generate::refused" => generated("", |document| {
            document["paths"]["/users"]["get"]["parameters"] =
                serde_json::json!([{"in": "cookie", "name": "c", "schema": {"type": "string"}}]);
        }),
        "generate::reserved_component" => generated(
            "components: {schemas: {CodegenProbe: {type: object}}}",
            |_| {},
        ),
        "input::missing" => read(|_| {}),
        "input::not_a_file" => read(|root| fs::create_dir(root.join("specs/two/a.md")).unwrap()),
        "input::read" => read(|root| {
            fs::remove_dir(root.join("specs/two")).unwrap();
            fs::File::create(root.join("specs/two")).unwrap();
        }),
        "input::too_large" => read(|root| {
            let file = fs::File::create(root.join("specs/two/a.md")).unwrap();
            file.set_len(openapi_pages::bounds::MAX_INPUT as u64 + 1)
                .unwrap();
        }),
        "lock::hash_mismatch" => locked(&pinned(b"old")),
        "lock::not_pinned" => locked(&Lock::default()),
        "lock::parse" => {
            Lock::parse("specs/apis.lock", Some("version = 2\n".into()), PROGRAM).unwrap_err()
        }
        "lock::stale_entry" => {
            let mut lock = pinned(b"new");
            let entry = lock.entries.values().next().unwrap().clone();
            lock.entries
                .insert(("gone".to_owned(), "gone/a.md".to_owned()), entry);
            locked(&lock)
        }
        "lock::unfinished_fetch" => {
            let root = tempdir().unwrap();
            let journal = root.path().join(lock::FETCH_JOURNAL);
            fs::create_dir_all(journal.parent().unwrap()).unwrap();
            fs::File::create(journal).unwrap();
            read_lock(root.path(), PROGRAM).unwrap_err()
        }
        "manifest::duplicate_crate" => {
            manifest(&format!("{API}\n{}", API.replace("api.a", "api.b"))).unwrap_err()
        }
        "manifest::duplicate_document" => {
            manifest(&format!("{API}\n[[api.a.document]]\nfile = \"a.md\"\n")).unwrap_err()
        }
        "manifest::invalid_value" => broken("\"a-client\"", "\"A Client\""),
        "manifest::left_out" => lacking(""),
        "manifest::nothing_left_out" => lacking("left-out = [\"GET /files\", \"GET /users\"]"),
        "manifest::missing_key" => broken("title = \"A\"\n", ""),
        "manifest::no_documents" => broken("[[api.a.document]]\nfile = \"a.md\"\n", ""),
        "manifest::path" => broken("a.md", "../a.md"),
        "manifest::syntax" => broken("\"A\"\ncrate", "\"A\ncrate"),
        "manifest::unknown_api" => two_apis().select(&["tree"]).unwrap_err(),
        "manifest::unknown_key" => broken("title = \"A\"\n", "title = \"A\"\ncrat = \"a\"\n"),
        "manifest::wrong_type" => broken("\"A\"\ncrate", "[\"A\"]\ncrate"),
        "overlay::bad_path" => fix("  - target: $.paths[users\n    remove: true\n"),
        "overlay::copy_source" => {
            fix_1_1("  - target: $.paths['/users'].get\n    copy: $.paths.*.put\n")
        }
        "overlay::incompatible" => fix("  - target: $.paths['/users']\n    update: {get: gone}\n"),
        "overlay::invalid" => fix("  - update: {}\n"),
        "overlay::no_change" => {
            fix("  - target: $.paths['/users'].get\n    update:\n      operationId: get\n")
        }
        "overlay::no_match" => {
            fix("  - target: $.paths['/user'].get\n    update:\n      operationId: get\n")
        }
        "overlay::primitive_target" => {
            fix("  - target: $.paths['/users'].get.operationId\n    update: list\n")
        }
        "overlay::remove_root" => fix("  - target: $\n    remove: true\n"),
        "overlay::unknown_key" => fix("  - target: $\n    updates: {}\n"),
        "overlay::version" => {
            let text = "overlay: 2.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $, update: {}}]\n";
            Overlay::parse("specs/a.overlay.yaml", text.into()).unwrap_err()
        }
        "scaffold::dependencies" => depend("dependencies = []\n"),
        "scaffold::manifest" => {
            let mut all = depend("[package\n");
            for text in ["[workspace\n", "[workspace]\ndependencies = []\n"] {
                let file = SourceFile::new("Cargo.toml", text.into());
                all.push(Workspace::parse(&file).unwrap_err());
            }
            all
        }
        other => panic!("no test raises {other}"),
    }
}

/// An API whose document has one operation and this at its end, up to the lowered document.
fn lowered(end: &str) -> (Assembled, Lowered) {
    let text = format!(
        "{}{end}\n",
        PAGE.replace("responses: {}", "responses: {'204': {description: Done.}}")
    );
    let assembled = assembled(&[("specs/a.yaml", &text)]).unwrap();
    let lowered = pipeline::lowered(&assembled).unwrap();
    (assembled, lowered)
}

fn generated(end: &str, spoil: fn(&mut serde_json::Value)) -> Diagnostics {
    let (assembled, mut lowered) = lowered(end);
    spoil(&mut lowered.document);
    pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap_err()
}

/// A document without fault, for a program that is to run progenitor within so many milliseconds.
fn isolated(program: &str, limit: u64) -> Diagnostics {
    let (assembled, mut lowered) = lowered("");
    let isolation = Isolation::Process {
        program: program.into(),
        time_limit: std::time::Duration::from_millis(limit),
    };
    pipeline::generated(&assembled, &mut lowered, &isolation).unwrap_err()
}

/// A document whose only operation needs a component that is part of itself, which the lowering keeps from progenitor.
fn overflowing() -> Diagnostics {
    let (assembled, mut lowered) = lowered("components: {schemas: {Loop: {type: object}}}");
    let itself = serde_json::json!({"$ref": "#/components/schemas/Loop"});
    lowered.document["components"]["schemas"]["Loop"] =
        serde_json::json!({"allOf": [itself, {"type": "object"}]});
    lowered.document["paths"]["/users"]["get"]["responses"]["200"] = serde_json::json!(
        {"description": "", "content": {"application/json": {"schema": itself}}});
    let isolation = Isolation::Process {
        program: env!("CARGO_BIN_EXE_client-codegen").into(),
        time_limit: TIME_LIMIT,
    };
    pipeline::generated(&assembled, &mut lowered, &isolation).unwrap_err()
}

/// The API `a` of a client that lacks an operation, where the manifest has this line.
fn lacking(line: &str) -> Diagnostics {
    let mut paths = "  /files:\n    get: {x-dropshot-websocket: {}, responses: {}}\n".to_owned();
    paths.push_str(PAGE.split_once("paths:\n").unwrap().1);
    let text = format!("openapi: 3.1.0\npaths:\n{paths}");
    let assembled = assembled(&[("specs/a.yaml", &text)]).unwrap();
    let lowered = pipeline::lowered(&assembled).unwrap();
    let manifest = manifest(&API.replace("[[", &format!("{line}\n\n[["))).unwrap();
    pipeline::left_out(&manifest.apis[0], &assembled, &lowered, &[])
}

fn finished(end: &str, credentials: &str, spoil: fn(&mut Generated)) -> Diagnostics {
    let (assembled, mut lowered) = lowered(end);
    let mut generated = pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap();
    spoil(&mut generated);
    let api = manifest(&API.replace(
        "[[",
        &format!(
            "{credentials}

[["
        ),
    ))
    .unwrap()
    .apis
    .remove(0);
    pipeline::finished(&assembled, &lowered, generated, &api).unwrap_err()
}

fn depend(text: &str) -> Diagnostics {
    let file = SourceFile::new("crates/a-client/Cargo.toml", text.into());
    scaffold::add_dependencies(&file, &BTreeSet::from(["serde"]), &Workspace::default())
        .unwrap_err()
        .into()
}

#[cfg(unix)]
fn link(root: &std::path::Path) {
    std::os::unix::fs::symlink("/", root.join("a")).unwrap();
}

#[cfg(not(unix))]
fn link(_: &std::path::Path) {}

/// Guards against faults that no input is known to cause.
const UNREACHED: [&str; 3] = [
    "finish::panicked",
    "generate::not_rust",
    "lower::not_openapi_3_0",
];

/// The rows of `docs/troubleshooting.md`: every code with its meaning, except for the guards.
fn listed() -> BTreeMap<&'static str, &'static str> {
    let ours = CODES.iter().map(|code| (code.code, code.meaning));
    let libraries = openapi_pages::CODES.iter().chain(openapi_lower::CODES);
    let mut codes: BTreeMap<_, _> = ours.chain(libraries.copied()).collect();
    codes.retain(|code, _| !UNREACHED.contains(code));
    codes
}

/// A command reports its diagnostics itself, and so these are drawn as the command does.
fn is_drawn_by_a_command(code: &str) -> bool {
    ["diff::", "lower::", "new::", "pages::"]
        .iter()
        .any(|stage| code.starts_with(stage))
}

#[test]
fn each_code_is_raised_and_drawn() {
    for (code, meaning) in listed() {
        let text = if is_drawn_by_a_command(code) {
            match code.starts_with("diff::") {
                true => goldens_of_diff::shown(code),
                false => goldens_of_documents::shown(code),
            }
        } else {
            let diagnostics = raise(code);
            assert!(codes(&diagnostics).contains(&code), "{code}: {diagnostics}");
            for diagnostic in &diagnostics {
                assert!(
                    diagnostic.help().len() > 15 && !diagnostic.help().ends_with('.'),
                    "{}",
                    diagnostic.help()
                );
            }
            rendered(&diagnostics)
        };
        assert!(text.contains(&format!("{code}\n")), "{code}: {text}");
        insta::with_settings!({ omit_expression => true, description => meaning, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(code.replace("::", "__"), text);
        });
    }
}

#[test]
fn every_golden_is_of_a_code() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages/snapshots");
    let goldens: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.ends_with(".snap") && !name.starts_with("stages__"))
        .collect();
    let codes = listed().into_keys();
    let wanted: BTreeSet<String> = codes
        .map(|code| format!("{}.snap", code.replace("::", "__")))
        .collect();
    assert_eq!(goldens, wanted);
}

/// The quoted texts of all source files that have the form of a code of one of these stages.
fn codes_in(directory: &std::path::Path, stages: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_in(&path, stages, found);
        } else if path.file_name().unwrap() != "codes.rs" {
            let text = fs::read_to_string(path).unwrap();
            let quoted = text.split('"').filter(|text| {
                text.chars()
                    .all(|c| c.is_ascii_lowercase() || c == ':' || c == '_')
            });
            let codes = quoted.filter(|text| {
                text.split_once("::")
                    .is_some_and(|(stage, _)| stages.contains(stage))
            });
            found.extend(codes.map(str::to_owned));
        }
    }
}

#[test]
fn codes_in_the_source_are_the_listed_ones() {
    let listed: BTreeSet<String> = CODES.iter().map(|code| code.code.to_owned()).collect();
    let stages = CODES
        .iter()
        .filter_map(|code| Some(code.code.split_once("::")?.0))
        .collect();
    let mut found = BTreeSet::new();
    codes_in(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &stages,
        &mut found,
    );
    assert_eq!(found, listed);
}
