//! `corpus` over a folder of good and bad documents, and over changed ones.

use std::fs;
use std::path::{Path, PathBuf};

use client_codegen::exit;
use serde_json::Value;

use crate::support::{Folder, PING};

/// Two operations, one of them behind a reference; five places that say something, one of which nothing can type.
const GOOD: &str = r##"
openapi: 3.1.0
info: {title: Good, version: "1"}
servers: [{url: "https://good.example"}]
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: All of it
          content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}
  /b: {$ref: "#/components/pathItems/B"}
components:
  pathItems:
    B: {post: {operationId: b, responses: {"204": {description: Done}}}}
  schemas:
    A:
      type: object
      properties:
        text: {type: string}
        any: {}
        map: {type: object, additionalProperties: true}
        other: {not: {type: string}}
"##;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("docs/good.yaml", GOOD);
    folder.write("docs/broken.json", "{\"openapi\": ");
    folder.write("docs/empty.yaml", "");
    folder.write("docs/pages/ping.md", PING);
    folder.write("docs/notes.rs", "no document");
    folder
}

fn json(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&folder.read(name)).unwrap()
}

#[test]
fn every_document_of_a_folder_is_a_row() {
    let folder = folder();
    let arguments = [
        "corpus",
        "docs",
        "--compile",
        "--jobs",
        "2",
        "--json",
        "out.json",
    ];
    let (code, text) = folder.client_codegen(&arguments);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    let report = json(&folder, "out.json");
    let documents = report["documents"].as_array().unwrap();
    let names: Vec<&str> = documents
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["broken", "empty", "good", "pages/ping"]);

    let (broken, empty, good, page) = (&documents[0], &documents[1], &documents[2], &documents[3]);
    for (bad, code) in [(broken, "pages::truncated"), (empty, "pages::empty")] {
        assert_eq!(
            (&bad["generated"], &bad["compiled"]),
            (&false.into(), &false.into())
        );
        assert!(bad["cause"].as_str().unwrap().starts_with(code), "{bad}");
        assert!(
            bad["version"].is_null() && bad["panicked"] == false,
            "{bad}"
        );
    }
    for (key, expected) in [
        ("version", Value::from("3.1.0")),
        ("operations_in", 2.into()),
        ("operations_out", 2.into()),
        ("schemas", 5.into()),
        ("untyped", 1.into()),
        (
            "untyped_at",
            vec!["/components/schemas/A/properties/other"].into(),
        ),
        ("generated", true.into()),
        ("compiled", true.into()),
        ("panicked", false.into()),
        ("cause", Value::Null),
    ] {
        assert_eq!(good[key], expected, "{key}: {text}");
    }
    assert!(good["lines"].as_u64().unwrap() > 50 && good["seconds"].as_f64().unwrap() > 0.0);
    assert!(good["notes"]["widened"].as_u64().unwrap() > 0, "{good}");
    assert_eq!(page["operations_out"], 1, "{text}");

    let totals = &report["totals"];
    for (key, expected) in [
        ("documents", 4),
        ("generated", 2),
        ("compiled", 2),
        ("operations_in", 3),
        ("untyped", 1),
    ] {
        assert_eq!(totals[key], expected, "{key}: {totals}");
    }
    assert!(
        text.contains("4 documents: 2 generated, 2 compiled, 0 panicked"),
        "{text}"
    );
    assert!(
        text.contains("causes of failure:\n    1  broken: pages::truncated"),
        "{text}"
    );
    assert!(
        !folder.path().join("crates").exists(),
        "nothing is written here"
    );
}

#[test]
fn the_order_is_the_same_however_many_run_at_once() {
    let folder = folder();
    let run = |jobs: &str| {
        let arguments = [
            "corpus", "docs", "--stock", "--jobs", jobs, "--json", "out.json",
        ];
        let (code, text) = folder.client_codegen(&arguments);
        assert_eq!(code, i32::from(exit::OK), "{text}");
        let mut report = json(&folder, "out.json");
        without_measures(&mut report);
        report
    };
    let one = run("1");
    assert_eq!(one, run("3"));
    let stock = &one["documents"][2]["stock"];
    assert_eq!(
        (&stock["generated"], &stock["panicked"]),
        (&false.into(), &false.into())
    );
    assert!(one["documents"][2]["compiled"].is_null());
}

fn without_measures(report: &mut Value) {
    match report {
        Value::Object(members) => {
            members.remove("seconds");
            members.remove("peak_mb");
            members.values_mut().for_each(without_measures);
        }
        Value::Array(items) => items.iter_mut().for_each(without_measures),
        _ => {}
    }
}

#[test]
fn what_takes_too_long_or_too_much_is_a_result() {
    let folder = folder();
    let arguments = ["corpus", "docs", "--filter", "good", "--json", "out.json"];
    for (limit, said) in [
        (["--timeout", "0"], "still running after 0 s"),
        (["--memory", "30"], ""),
    ] {
        let (code, text) = folder.client_codegen(&[&arguments[..], &limit[..]].concat());
        assert_eq!(code, i32::from(exit::OK), "{text}");
        let good = &json(&folder, "out.json")["documents"][0];
        // Elsewhere than on Linux the system need not bound memory.
        if limit[0] == "--timeout" || cfg!(target_os = "linux") {
            assert_eq!(good["generated"], false, "{text}");
            assert!(good["cause"].as_str().unwrap().contains(said), "{text}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_a_failure_and_wrong_usage_is_two() {
    let folder = folder();
    let (code, text) = folder.client_codegen(&["corpus", "nowhere"]);
    assert_eq!(code, i32::from(exit::FAILURE), "{text}");
    assert!(text.contains("nowhere cannot be read"), "{text}");
    for wrong in [
        &["corpus"][..],
        &["corpus", "docs", "--jobs", "0"],
        &["corpus", "docs", "--keep", "x"],
    ] {
        assert_eq!(
            folder.client_codegen(wrong).0,
            i32::from(exit::USAGE),
            "{wrong:?}"
        );
    }
}

/// All documents in the folders `fixtures` of the workspace's tests, and in specs/.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let lowering = root.join("crates/lowering-fixtures/fixtures");
    let mut folders = vec![root.join("specs"), lowering];
    let crates = fs::read_dir(root.join("crates")).unwrap();
    folders.extend(crates.map(|entry| entry.unwrap().path().join("tests")));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let is_fixture = path.components().any(|part| {
                let part = part.as_os_str();
                part == "fixtures" || part == "specs"
            });
            if path.is_dir() {
                folders.push(path);
            } else if is_fixture {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn changed_fixtures_neither_panic_nor_abort_nor_hang_also_upstream() {
    let folder = Folder::new();
    for (index, path) in fixtures().iter().enumerate() {
        let name = path.file_name().unwrap().to_string_lossy();
        if let Ok(text) = fs::read_to_string(path) {
            folder.write(&format!("docs/{index:03}-{name}"), &text);
        }
    }
    let (code, text) =
        folder.client_codegen(&["corpus", "docs", "--mutate", "2000", "--json", "out.json"]);
    assert_eq!(code, i32::from(exit::OK), "{text}");
    let summary = json(&folder, "out.json");
    assert_eq!(summary["mutants"], 2000, "{text}");
    for bad in ["guarded", "panicked", "aborted", "timed_out"] {
        assert!(
            summary["kinds"][bad].is_null(),
            "{text}\n{:#}",
            summary["findings"]
        );
    }
    // The changes are small enough for the pipeline to be reached.
    assert!(
        summary["kinds"]["generated"].as_u64().unwrap() > 500,
        "{text}"
    );
}
