//! `corpus`: what the pipeline makes of every document of a folder.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Console;
use crate::corpus::{self, Found, Limits, Outcome, Progress, Task, Totals, child};
use crate::exit;

/// What to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the documents.
    pub folder: PathBuf,
    /// How many documents run at once.
    pub jobs: NonZeroUsize,
    /// Where the result is written as JSON.
    pub json: Option<PathBuf>,
    /// Only documents whose name has this.
    pub filter: Option<String>,
    /// What each process may take.
    pub limits: Limits,
}

/// The JSON of a run.
#[derive(Serialize)]
struct Report<'r> {
    documents: &'r [Outcome],
    totals: &'r Totals,
}

/// Runs every document and prints the table. Returns the exit code: 0 when the run finished, whatever the documents gave.
pub fn run(options: &Options, console: &mut Console<'_>) -> u8 {
    let found = match corpus::find(&options.folder, options.filter.as_deref()) {
        Ok(found) => found,
        Err(error) => {
            let folder = options.folder.display();
            console.say(&format!("{folder} cannot be read: {error}"));
            return exit::FAILURE;
        }
    };
    let outcomes = outcomes(options, &found);
    let totals = Totals::of(&outcomes);
    let mut code = console.print(&corpus::table(&outcomes, &totals));
    if let Some(path) = &options.json {
        let report = Report {
            documents: &outcomes,
            totals: &totals,
        };
        code = exit::combine(code, write_json(path, &report, console));
    }
    code
}

fn outcomes(options: &Options, found: &[Found]) -> Vec<Outcome> {
    let tasks: Vec<Task> = found
        .iter()
        .enumerate()
        .map(|(index, found)| task(index, found))
        .collect();
    let progress = Progress::new(tasks.len(), "generating");
    corpus::in_order(
        &tasks,
        options.jobs,
        |task| child::document(task.clone(), options.limits),
        |task| progress.done(&task.name),
    )
}

fn task(index: usize, found: &Found) -> Task {
    Task {
        name: found.name.clone(),
        path: found.path.clone(),
        crate_name: corpus::crate_name(index, &found.name),
        folder: None,
    }
}

fn write_json(path: &Path, report: &impl Serialize, console: &mut Console<'_>) -> u8 {
    let written = serde_json::to_vec_pretty(report)
        .map_err(io::Error::from)
        .and_then(|text| corpus::replace(path, &text));
    match written {
        Ok(()) => exit::OK,
        Err(error) => {
            console.say(&format!("{} cannot be written: {error}", path.display()));
            exit::FAILURE
        }
    }
}
