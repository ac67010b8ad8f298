//! `--roundtrip`: samples of each document through its generated types.
//!
//! The child of a document writes a program that has only the types; here it is built, asked and judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::check::Workspace;
use super::written;
use crate::finish::Finished;
use crate::manifest::Api;
use crate::roundtrip::{self, Case, Cases, Judged};

/// What the child leaves beside the program.
const DOCUMENT: &str = "document.json";
const CASES: &str = "cases.json";

/// Writes the program of a document below `folder`, as a crate of the client's name.
///
/// # Errors
/// What stopped it, in one line.
pub(super) fn write(
    folder: &Path,
    api: &Api,
    finished: &Finished,
    client: &BTreeMap<String, String>,
    document: &Value,
    cases: &Cases,
) -> Result<(), String> {
    let place = api.crate_path();
    let types = client.iter().filter(|(path, _)| path.starts_with("types/"));
    let mut files: Vec<(String, String)> = types
        .map(|(path, text)| (format!("{place}/src/generated/{path}"), text.clone()))
        .collect();
    let mut needed: BTreeSet<&str> = finished.dependencies.iter().map(String::as_str).collect();
    needed.extend(["serde", "serde_json"]);
    let saved = serde_json::to_string(&cases.cases).map_err(|error| error.to_string())?;
    files.extend([
        (
            format!("{place}/Cargo.toml"),
            written::manifest(folder, api, finished, &needed)?,
        ),
        (format!("{place}/src/main.rs"), roundtrip::program(cases)),
        (format!("{place}/{DOCUMENT}"), document.to_string()),
        (format!("{place}/{CASES}"), saved),
    ]);
    written::files(folder, &files)
}

/// Builds the programs of these crates, asks each, and judges the answers. `done` hears of each.
///
/// # Errors
/// What stopped cargo, or the reading of what a child has written.
pub fn judged(
    workspace: &Workspace,
    crates: &[String],
    time: Duration,
    done: &mut dyn FnMut(&str),
) -> io::Result<BTreeMap<String, Result<Judged, String>>> {
    let mut command = workspace.command("build");
    // Nobody debugs them, and they are many.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command.args([
        "--workspace",
        "--keep-going",
        "--quiet",
        "--offline",
        "--no-default-features",
    ]);
    command.arg("--message-format=json").stderr(Stdio::null());
    let built = command.output()?;
    let messages = String::from_utf8_lossy(&built.stdout).into_owned();
    let programs: BTreeMap<String, PathBuf> = messages.lines().filter_map(program).collect();
    let mut found = BTreeMap::new();
    for name in crates {
        let folder = workspace.place(name).join("crates").join(name);
        let result = match programs.get(name) {
            None => Err("the program of its round trip does not compile".to_owned()),
            Some(program) => Ok(trip(&folder, program, time)?),
        };
        found.insert(name.clone(), result);
        done(name);
    }
    workspace.forget(crates);
    Ok(found)
}

fn trip(folder: &Path, program: &Path, time: Duration) -> io::Result<Judged> {
    let document: Value = serde_json::from_slice(&fs::read(folder.join(DOCUMENT))?)?;
    let cases: Vec<Case> = serde_json::from_slice(&fs::read(folder.join(CASES))?)?;
    let cases = Cases::again(&document, cases);
    let answers = roundtrip::ask(program, &cases.questions(), time)?;
    Ok(roundtrip::judge(&cases, answers))
}

/// The package and the program that a message of cargo is about.
fn program(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let executable = message.get("executable")?.as_str()?;
    let name = message.pointer("/target/name")?.as_str()?;
    Some((name.to_owned(), PathBuf::from(executable)))
}
