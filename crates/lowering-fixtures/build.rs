//! Runs the pipeline over every fixture; the clients become modules of this crate.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a build script that cannot go on must fail, and writes to its own folder only"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use client_codegen::input::Vendored;
use client_codegen::manifest::{Api, Manifest};
use client_codegen::pipeline;
use client_codegen::render;
use client_codegen::roundtrip::{self, Cases};

const MANIFEST: &str = r#"
[api.fixture]
title = "Fixture"
crate = "fixture-client"
environment-prefix = "FIXTURE"
[[api.fixture.document]]
file = "fixture/fixture.yaml"
"#;

fn main() {
    println!("cargo::rerun-if-changed=fixtures");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let manifest = Manifest::parse("specs/apis.toml", MANIFEST.into()).expect("it is a manifest");
    let api = manifest.api("fixture").expect("it has one API");
    let all = fixtures();
    let open = Mutex::new(all.iter());
    let done = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(|| {
                loop {
                    let next = open.lock().expect("no thread panicked").next();
                    let Some((name, path)) = next else { break };
                    let built = build(api, name, path, &folder);
                    done.lock()
                        .expect("no thread panicked")
                        .insert(name.clone(), built);
                }
            });
        }
    });
    let done = done.into_inner().expect("no thread panicked");
    let failed: Vec<String> = done
        .iter()
        .filter_map(|(name, built)| Some(format!("{name}: {}", built.as_ref().err()?)))
        .collect();
    assert!(
        failed.is_empty(),
        "fixtures without a client:\n{}",
        failed.join("\n")
    );
    fs::write(
        folder.join("fixtures.rs"),
        modules(done.into_values().flatten()),
    )
    .expect("OUT_DIR is writable");
}

/// All fixtures by name.
fn fixtures() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir("fixtures").expect("there are fixtures");
    let paths = entries.map(|entry| entry.expect("it is readable").path());
    let documents = paths.filter(|path| {
        path.extension()
            .is_some_and(|end| end == "yaml" || end == "json")
    });
    let name = |path: &Path| {
        path.file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned()
    };
    documents.map(|path| (name(&path), path)).collect()
}

/// Writes the client of a fixture, and gives the module that names it.
fn build(api: &Api, name: &str, path: &Path, folder: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let document = api.documents.first().expect("it has one document").clone();
    let documents = [Vendored::new(
        &api.name,
        document,
        path.to_string_lossy(),
        bytes,
    )];
    let compiled = pipeline::compile(
        Path::new(""),
        api,
        &documents,
        &pipeline::Options::default(),
    )
    .map_err(|problems| {
        let messages: Vec<String> = problems
            .into_iter()
            .map(|problem| problem.to_string())
            .collect();
        messages.join("; ")
    })?;
    let document = &compiled.overlaid.document;
    let cases = Cases::new(document, &compiled.lowered, &compiled.finished)?;
    let client = folder.join(name);
    // What an earlier run left would not be named, but found by people.
    let _ = fs::remove_dir_all(&client);
    for (path, text) in render::render(&compiled.finished, "build.rs", &path.to_string_lossy()) {
        let path = client.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("OUT_DIR is writable");
        let text = text.replace("crate::", &format!("crate::{name}::"));
        fs::write(path, text).expect("OUT_DIR is writable");
    }
    fs::write(client.join("document.json"), document.to_string()).expect("OUT_DIR is writable");
    let saved = serde_json::to_string(&cases.cases).expect("it is JSON");
    fs::write(client.join("cases.json"), saved).expect("OUT_DIR is writable");
    let notes = compiled
        .lowered
        .notes
        .iter()
        .filter(|note| note.effect != openapi_lower::Effect::Exact);
    let notes: Vec<&str> = notes.map(|note| note.rule).collect();
    Ok(format!(
        "/// `{path}`
pub mod {name} {{
    #[path = {module:?}]
    pub mod generated;
    pub use client_runtime::{{BuildError, ByteStream, Error, ResponseValue}};
    #[cfg(feature = \"httpmock\")]
    pub use generated::httpmock;
    pub use generated::{{Client, ClientBuilder, builder, error, types}};
    pub(crate) mod decoders {{
        {decoders}
    }}
    /// Its samples.
    pub const FIXTURE: crate::Fixture = crate::Fixture {{
        name: {name:?},
        document: include_str!({document:?}),
        cases: include_str!({cases:?}),
        lossy: &{notes:?},
        decoders: decoders::DECODERS,
    }};
}}
",
        path = path.display(),
        module = client.join("mod.rs"),
        document = client.join("document.json"),
        cases = client.join("cases.json"),
        decoders = roundtrip::decoders(&cases, "super::generated::types"),
    ))
}

fn modules(built: impl Iterator<Item = String>) -> String {
    let mut text: String = built.collect();
    let names: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(" {"))
        .map(|name| format!("{name}::FIXTURE"))
        .collect();
    let _ = write!(
        text,
        "\n/// All that are generated.\npub const FIXTURES: &[Fixture] = &[{}];\n",
        names.join(", ")
    );
    text
}
