//! What runs in the process of one document: the pipeline, and what there is to count.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::outcome::Outcome;
use super::untyped::untyped;
use super::written;
use super::{cause, counts, limits, panics, stated, survived, trips};
use crate::finish::MOCKS;
use crate::generate::catch_here;
use crate::input::{self, Vendored};
use crate::manifest::{Api, Document};
use crate::pipeline::{self, Compiled};
use crate::render;
use crate::roundtrip::Cases;

/// One document to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What the report calls it.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The package that is made of it.
    pub crate_name: String,
    /// The folder that the crate is written to; none if it is only counted.
    pub folder: Option<PathBuf>,
    /// The folder that the program of its round trip is written to; none if there is to be none.
    #[serde(default)]
    pub trip: Option<PathBuf>,
}

/// Runs a document through all stages. A panic that nothing else catches is the cause of the outcome.
#[must_use]
pub fn measure(task: &Task) -> Outcome {
    panics::watch();
    let mut outcome = Outcome {
        name: task.name.clone(),
        ..Outcome::default()
    };
    if let Err(panic) = catch_here(|| run(task, &mut outcome)) {
        outcome.generated = false;
        outcome.cause = Some(cause::one_line(&panic.to_string()));
    }
    outcome.panicked |= !panics::take().is_empty();
    outcome.peak_mb = limits::larger(limits::peak_mb(None), limits::peak_mb_of_children());
    outcome
}

fn run(task: &Task, outcome: &mut Outcome) {
    let name = task.path.to_string_lossy().into_owned();
    let bytes = match input::read_file(Path::new(""), &name) {
        Ok(bytes) => bytes,
        Err(problem) => {
            outcome.cause = Some(cause::of_diagnostics(&problem.into()));
            return;
        }
    };
    let document = Document::unlisted(name.clone(), None);
    let documents = [Vendored::new(&task.name, document, name, bytes)];
    let (api, result) = stated::compile(&task.name, &task.crate_name, &documents);
    // In the processes that progenitor runs in, of which this one sees no panic.
    outcome.panicked = survived::has_panicked(&result);
    match result {
        Ok(compiled) => {
            if let Err(cause) = count(task, &api, &compiled, outcome) {
                outcome.cause = Some(cause);
            }
        }
        Err(problems) => {
            outcome.cause = Some(cause::of_diagnostics(&problems));
            count_what_is_given(&documents, outcome);
        }
    }
}

fn count(task: &Task, api: &Api, compiled: &Compiled, outcome: &mut Outcome) -> Result<(), String> {
    let Compiled {
        overlaid,
        lowered,
        finished,
        ..
    } = compiled;
    describe(&overlaid.document, outcome);
    outcome.count(&pipeline::notes(overlaid, lowered));
    outcome.untyped_at = untyped(&overlaid.document, lowered).into_iter().collect();
    outcome.untyped = outcome.untyped_at.len();
    // One file per operation.
    let is_operation = |path: &str| path.starts_with("builder/") && path != "builder/mod.rs";
    outcome.operations_out = finished
        .files
        .keys()
        .filter(|path| is_operation(path))
        .count();
    let files = render::render(finished, "corpus", &task.name);
    // What a program is built with; mocks are for its tests.
    let mocks = format!("{MOCKS}/");
    let in_programs = files.iter().filter(|(path, _)| !path.starts_with(&mocks));
    outcome.lines = in_programs.map(|(_, text)| text.lines().count()).sum();
    outcome.generated = true;
    if let Some(folder) = &task.folder {
        written::client(folder, api, finished, &files)?;
    }
    if let Some(folder) = &task.trip {
        let document = &overlaid.document;
        let cases = Cases::new(document, lowered, finished)?;
        trips::write(folder, api, finished, &files, document, &cases)?;
    }
    Ok(())
}

fn describe(document: &Value, outcome: &mut Outcome) {
    outcome.version = version(document);
    outcome.operations_in = counts::operations(document).len();
    outcome.schemas = counts::schemas(document);
}

/// What `openapi` says, or `swagger` of an older document.
pub(super) fn version(document: &Value) -> Option<String> {
    let stated = document
        .get("openapi")
        .or_else(|| document.get("swagger"))?;
    Some(
        stated
            .as_str()
            .map_or_else(|| stated.to_string(), str::to_owned),
    )
}

/// The same for a document that no client was made of, as far as it can be read. Where that is because every operation was
/// left out, the first reason is the cause.
fn count_what_is_given(documents: &[Vendored], outcome: &mut Outcome) {
    let Ok(pages) = input::pages(documents) else {
        return;
    };
    if let Ok(assembled) = pipeline::assembled(&pages, &outcome.name) {
        let (notes, _) = pipeline::notes_and_problems(&assembled);
        outcome.count(&notes);
        let left_out = notes.iter().find(|note| note.left_out().is_some());
        if let (Some(cause), Some(note)) = (&mut outcome.cause, left_out) {
            cause.push_str(&format!("; left out: {}", note.message));
        }
    }
    for fragment in pages.iter().flat_map(|page| &page.fragments) {
        let document = &fragment.document;
        outcome.version = outcome.version.take().or_else(|| version(document));
        outcome.operations_in += counts::operations(document).len();
        outcome.schemas += counts::schemas(document);
    }
}
