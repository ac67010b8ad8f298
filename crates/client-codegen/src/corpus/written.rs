//! Writes a generated client as a crate of a throwaway workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::emit::{self, Disk, Plan};
use crate::finish::Finished;
use crate::manifest::Api;
use crate::scaffold::{self, Shown, Workspace};

use super::cause;

/// Writes the crate of a client below `folder`, as `codegen` would write a new one: `crates/NAME`.
///
/// # Errors
/// What stopped it, in one line.
pub(super) fn client(
    folder: &Path,
    api: &Api,
    finished: &Finished,
    files: &BTreeMap<String, String>,
) -> Result<(), String> {
    let said = |problem: Diagnostic| cause::of_diagnostics(&problem.into());
    let workspace = Workspace::read(folder).map_err(said)?;
    let mut plan = scaffold::files(api, Shown::from(finished), &workspace, "corpus");
    for (path, text) in files {
        plan.add(format!("{}/src/generated/{path}", api.crate_path()), text);
    }
    let needed = finished.dependencies.iter().map(String::as_str).collect();
    add_dependencies(api, &needed, &workspace, &mut plan).map_err(said)?;
    emit::apply(folder, &plan, &Disk)
        .map(drop)
        .map_err(|problems| cause::of_diagnostics(&problems))
}

/// Writes text files below `folder`.
///
/// # Errors
/// What stopped it, in one line.
pub(super) fn files(folder: &Path, files: &[(String, String)]) -> Result<(), String> {
    let mut plan = Plan::new();
    for (path, text) in files {
        plan.add(path.as_str(), text);
    }
    emit::apply(folder, &plan, &Disk)
        .map(drop)
        .map_err(|problems| cause::of_diagnostics(&problems))
}

/// The Cargo.toml of a crate that needs these packages.
///
/// # Errors
/// What stopped it, in one line.
pub(super) fn manifest(
    folder: &Path,
    api: &Api,
    finished: &Finished,
    needed: &BTreeSet<&str>,
) -> Result<String, String> {
    let said = |problem: Diagnostic| cause::of_diagnostics(&problem.into());
    let workspace = Workspace::read(folder).map_err(said)?;
    let mut plan = scaffold::files(api, Shown::from(finished), &workspace, "corpus");
    add_dependencies(api, needed, &workspace, &mut plan).map_err(said)
}

/// Adds what is needed to the crate's Cargo.toml in the plan, and gives its text.
fn add_dependencies(
    api: &Api,
    needed: &BTreeSet<&str>,
    workspace: &Workspace,
    plan: &mut Plan,
) -> Result<String, Diagnostic> {
    let name = format!("{}/Cargo.toml", api.crate_path());
    let bytes = plan
        .files
        .get(Path::new(&name))
        .cloned()
        .unwrap_or_default();
    let file = SourceFile::new(name.clone(), bytes);
    let text = scaffold::add_dependencies(&file, needed, workspace)?;
    plan.add(name, &text);
    Ok(text)
}

/// The package of a document: a name that cargo takes and no other document has.
#[must_use]
pub fn crate_name(index: usize, name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let words: String = name.chars().map(plain).take(40).collect();
    let words = words.trim_matches('-');
    format!("d{index:03}-{words}")
        .trim_end_matches('-')
        .to_owned()
}

/// Puts a file in the place of one that may be there, in one step.
///
/// # Errors
/// What the file system says.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
