//! Whether the class of a change is true: a program that compiled against the client before is compiled against the one
//! after.
//!
//! All rows that say what becomes of the program are a client each, which takes minutes. One row of so many is tried, and all
//! with `DIFF_TRUTH=all` in the environment, as whoever adds a row does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use client_codegen::input::Vendored;
use client_codegen::manifest::Manifest;
use client_codegen::surface::{difference, surface};
use client_codegen::{pipeline, render};
use serde_json::Value;

use super::edit::{base, rows};
use crate::support::Folder;

/// Of so many rows one is tried.
const EVERY: usize = 5;

const MANIFEST: &str = r#"
[api.shelf]
title = "Shelf"
crate = "shelf-client"
environment-prefix = "SHELF"
base-url = "https://shelf.example/v1"
[[api.shelf.document]]
file = "shelf/shelf.json"
"#;

/// The crate of all clients, each a module. Without TLS, as elsewhere.
fn cargo_toml() -> String {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client-runtime");
    format!(
        r#"[workspace]
resolver = "3"
[package]
name = "clients"
version = "0.0.0"
edition = "2024"
[dependencies]
client-runtime = {{ path = {own:?}, default-features = false }}
chrono = {{ version = "0.4", default-features = false, features = ["alloc", "serde", "std"] }}
reqwest = {{ version = "0.13.4", default-features = false, features = ["json", "query", "stream"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
uuid = {{ version = "1", features = ["serde"] }}
[lints.rust]
warnings = "allow"
"#
    )
}

/// Writes the client of a document as a module; gives its public items.
fn write_client(folder: &Folder, name: &str, document: &Value) -> String {
    let manifest = Manifest::parse("specs/apis.toml", MANIFEST.into()).unwrap();
    let api = manifest.api("shelf").unwrap();
    let bytes = document.to_string().into_bytes();
    let vendored = Vendored::new("shelf", api.documents[0].clone(), "shelf.json", bytes);
    let options = pipeline::Options::default();
    let compiled =
        pipeline::compile(&folder.path(), api, &[vendored], &options).unwrap_or_else(|problems| {
            panic!(
                "{name}: {}",
                problems.render(client_codegen::diagnostic::Style::Plain)
            )
        });
    for (path, text) in render::render(&compiled.finished, "test", "a test") {
        let text = text.replace("crate::", &format!("crate::{name}::"));
        folder.write(&format!("src/{name}/generated/{path}"), &text);
    }
    folder.write(
        &format!("src/{name}/mod.rs"),
        "pub mod generated;\npub use client_runtime::{BuildError, ByteStream, Error, ResponseValue};\n\
         pub use generated::{Client, ClientBuilder, builder, error, types};\n",
    );
    let program = format!("use clients::{name} as api;\ninclude!(\"../program.rs\");\n");
    folder.write(&format!("examples/{name}.rs"), &program);
    surface(&compiled.finished)
}

/// The targets of which cargo's messages say that they do not compile.
fn broken(messages: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for message in messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let level = message.pointer("/message/level").and_then(Value::as_str);
        if let (Some("error"), Some(name)) = (
            level,
            message.pointer("/target/name").and_then(Value::as_str),
        ) {
            found.insert(name.to_owned());
        }
    }
    found
}

#[test]
fn a_program_compiles_or_not_as_the_class_says() {
    let folder = Folder::new();
    folder.write("Cargo.toml", &cargo_toml());
    folder.write("program.rs", include_str!("program.rs"));
    let base = base();
    let mut modules = "pub mod base;\n".to_owned();
    let surface_before = write_client(&folder, "base", &base);
    let mut losing = BTreeSet::new();
    let every = if std::env::var("DIFF_TRUTH").is_ok_and(|value| value == "all") {
        1
    } else {
        EVERY
    };
    let tried = rows().into_iter().filter(|row| row.program.is_some());
    let rows: Vec<_> = tried.step_by(every).collect();
    assert!(rows.len() >= 15);
    for end in ["compiles", "breaks"] {
        assert!(
            rows.iter()
                .filter(|row| row.program.as_deref() == Some(end))
                .count()
                >= 5,
            "{end}"
        );
    }
    for (number, row) in rows.iter().enumerate() {
        let name = format!("m{number:02}");
        let surface = write_client(&folder, &name, &row.changed(&base));
        modules += &format!("pub mod {name};\n");
        if difference(&surface_before, &surface)
            .iter()
            .any(|item| item.loses)
        {
            losing.insert(name);
        }
    }
    folder.write("src/lib.rs", &modules);
    let (_, messages) = folder.cargo(&[
        "check",
        "--offline",
        "--examples",
        "--keep-going",
        "--message-format",
        "json",
    ]);
    let broken = broken(&messages);
    assert!(
        !broken.contains("clients") && !broken.contains("base"),
        "{messages}"
    );
    assert!(messages.contains("build-finished"), "{messages}");
    let mut wrong = String::new();
    for (number, row) in rows.iter().enumerate() {
        let name = format!("m{number:02}");
        let breaks = broken.contains(&name);
        let expected = row.program.as_deref() == Some("breaks");
        let is_breaking = row
            .changes
            .iter()
            .any(|change| change.starts_with("breaking "));
        // The public items tell the same, which is what they are compared for.
        let loses = losing.contains(&name);
        if [expected, is_breaking, loses] != [breaks; 3] {
            let _ = writeln!(
                wrong,
                "{name} {}: breaks {breaks}, public items lose {loses}, the table says {:?}",
                row.name, row.changes
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
