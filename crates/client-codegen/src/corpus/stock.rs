//! Unmodified progenitor over the document as it is: what a user has without this project.

use std::path::Path;

use openapiv3::OpenAPI;
use progenitor::Generator;
use serde_json::Value;

use super::measure::{Task, version};
use super::outcome::Outcome;
use super::{cause, counts, limits, panics, written};
use crate::generate::catch_here;

/// What the code of progenitor's default settings may name. Checked with the versions that it was released with.
const MANIFEST: &str = r#"
version = "0.0.0"
edition = "2021"
publish = false

[dependencies]
base64 = "0.22"
bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["serde"] }
futures-core = "0.3"
progenitor-client = "=0.15.1"
rand = "0.10"
regress = "0.11"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "stream"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_urlencoded = "0.7"
uuid = { version = "1", features = ["serde"] }
"#;

/// Runs progenitor with its default settings. Its panic is the cause of the outcome.
#[must_use]
pub(super) fn measure(task: &Task) -> Outcome {
    panics::watch();
    let mut outcome = Outcome {
        name: task.name.clone(),
        ..Outcome::default()
    };
    outcome.cause = match catch_here(|| run(task, &mut outcome)) {
        Ok(result) => result.err(),
        Err(panic) => Some(cause::one_line(&panic.to_string())),
    };
    outcome.panicked = !panics::take().is_empty();
    outcome.peak_mb = limits::peak_mb(None);
    outcome
}

fn run(task: &Task, outcome: &mut Outcome) -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| cause::one_line(&error.to_string());
    let text = std::fs::read_to_string(&task.path).map_err(|error| said(&error))?;
    let is_json = text.trim_start().starts_with('{');
    let document: Option<Value> = if is_json {
        serde_json::from_str(&text).ok()
    } else {
        serde_yaml::from_str(&text).ok()
    };
    if let Some(document) = &document {
        outcome.version = version(document);
        outcome.operations_in = counts::operations(document).len();
    }
    let document: OpenAPI = if is_json {
        serde_json::from_str(&text).map_err(|error| said(&error))?
    } else {
        serde_yaml::from_str(&text).map_err(|error| said(&error))?
    };
    let tokens = Generator::default()
        .generate_tokens(&document)
        .map_err(|error| said(&error))?;
    let file = syn::parse2(tokens).map_err(|error| format!("not Rust: {error}"))?;
    let code = prettyplease::unparse(&file);
    outcome.generated = true;
    outcome.lines = code.lines().count();
    outcome.operations_out = code
        .lines()
        .filter(|line| line.starts_with("    pub async fn "))
        .count();
    let Some(folder) = &task.folder else {
        return Ok(());
    };
    let name = &task.crate_name;
    let files = [
        (
            format!("crates/{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"{MANIFEST}"),
        ),
        (format!("crates/{name}/src/lib.rs"), code),
    ];
    written::files(Path::new(folder), &files)
}
