//! `corpus`: what the pipeline makes of every document of a folder.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Console;
use crate::corpus::mutation::{self, Batch, Mutants};
use crate::corpus::{self, Found, Limits, Outcome, Progress, Task, Totals, Workspace, child};
use crate::exit;
use crate::finish::MOCKS;

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
    /// Whether generated crates are checked by cargo.
    pub compile: bool,
    /// Where the crates that are checked stay; else they are removed.
    pub keep: Option<PathBuf>,
    /// Whether samples are sent through the generated types.
    pub roundtrip: bool,
    /// Whether progenitor alone runs beside it.
    pub stock: bool,
    /// How many changed documents run, in place of the documents themselves.
    pub mutants: Option<u64>,
    /// What makes another run with changed documents.
    pub seed: u64,
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
    if let Some(count) = options.mutants {
        return run_mutants(options, &found, count, console);
    }
    let outcomes = match Run::new(options).and_then(|run| run.outcomes(&found)) {
        Ok(outcomes) => outcomes,
        Err(error) => {
            console.say(&format!("the crates cannot be checked: {error}"));
            return exit::FAILURE;
        }
    };
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

fn run_mutants(options: &Options, found: &[Found], count: u64, console: &mut Console<'_>) -> u8 {
    let mutants = Mutants {
        all: Batch {
            files: found.iter().map(|found| found.path.clone()).collect(),
            seed: options.seed,
            mutants: 0..count,
        },
        jobs: options.jobs,
        limits: options.limits,
    };
    match mutation::run(&mutants) {
        Ok(summary) => {
            let code = console.print(&summary.text());
            match &options.json {
                Some(path) => exit::combine(code, write_json(path, &summary, console)),
                None => code,
            }
        }
        Err(error) => {
            console.say(&format!("no process could be started: {error}"));
            exit::FAILURE
        }
    }
}

/// A run, with the workspaces that crates are checked in.
struct Run<'o> {
    options: &'o Options,
    ours: Option<Workspace>,
    stock: Option<Workspace>,
    trips: Option<Workspace>,
}

impl<'o> Run<'o> {
    fn new(options: &'o Options) -> io::Result<Self> {
        let workspace = |wanted: bool, name, feature| {
            let made = wanted.then(|| Workspace::new(options.keep.as_deref(), name, feature));
            made.transpose()
        };
        Ok(Self {
            options,
            ours: workspace(options.compile, "clients", Some(MOCKS))?,
            stock: workspace(options.compile && options.stock, "stock", None)?,
            trips: workspace(options.roundtrip, "trips", None)?,
        })
    }

    fn outcomes(&self, found: &[Found]) -> io::Result<Vec<Outcome>> {
        let items: Vec<(String, &Found)> = found
            .iter()
            .enumerate()
            .map(|(index, found)| (corpus::crate_name(index, &found.name), found))
            .collect();
        let limits = self.options.limits;
        let mut outcomes = self.each(&items, "generating", |(crate_name, found)| {
            let task = task(crate_name, found, self.ours.as_ref());
            let trip = self.trips.as_ref().map(|trips| trips.place(crate_name));
            child::document(Task { trip, ..task }, limits)
        });
        if let Some(workspace) = &self.ours {
            checked(workspace, &items, outcomes.iter_mut(), "checking")?;
        }
        if let Some(workspace) = &self.trips {
            round_trips(workspace, &items, &mut outcomes, limits)?;
        }
        if self.options.stock {
            let mut stock = self.each(&items, "progenitor alone", |(crate_name, found)| {
                child::stock(task(crate_name, found, self.stock.as_ref()), limits)
            });
            if let Some(workspace) = &self.stock {
                checked(workspace, &items, stock.iter_mut(), "checking progenitor's")?;
            }
            for (outcome, stock) in outcomes.iter_mut().zip(stock) {
                outcome.stock = Some(Box::new(stock));
            }
        }
        Ok(outcomes)
    }

    fn each(
        &self,
        items: &[(String, &Found)],
        doing: &'static str,
        work: impl Fn(&(String, &Found)) -> Outcome + Sync,
    ) -> Vec<Outcome> {
        let progress = Progress::new(items.len(), doing);
        let done = |(_, found): &(String, &Found)| progress.done(&found.name);
        corpus::in_order(items, self.options.jobs, work, done)
    }
}

fn task(crate_name: &str, found: &Found, workspace: Option<&Workspace>) -> Task {
    Task {
        name: found.name.clone(),
        path: found.path.clone(),
        crate_name: crate_name.to_owned(),
        folder: workspace.map(|workspace| workspace.place(crate_name)),
        trip: None,
    }
}

/// Sends the samples of what was generated through its types.
fn round_trips(
    workspace: &Workspace,
    items: &[(String, &Found)],
    outcomes: &mut [Outcome],
    limits: Limits,
) -> io::Result<()> {
    let names = items.iter().map(|(crate_name, _)| crate_name);
    let mut generated: Vec<(&String, &mut Outcome)> = names
        .zip(outcomes)
        .filter(|(_, outcome)| outcome.generated && outcome.cause.is_none())
        .collect();
    let crates: Vec<String> = generated.iter().map(|(name, _)| (*name).clone()).collect();
    let progress = Progress::new(crates.len(), "round trips");
    let mut done = |name: &str| progress.done(name);
    let mut judged = corpus::judged(workspace, &crates, limits.time, &mut done)?;
    for (name, outcome) in &mut generated {
        match judged.remove(*name) {
            Some(Ok(judged)) => outcome.roundtrip = Some(judged),
            Some(Err(cause)) => outcome.cause = Some(cause),
            None => {}
        }
    }
    Ok(())
}

/// Checks the crates of what was generated. A document without a crate does not compile either.
fn checked<'r>(
    workspace: &Workspace,
    items: &[(String, &Found)],
    outcomes: impl Iterator<Item = &'r mut Outcome>,
    doing: &'static str,
) -> io::Result<()> {
    let mut outcomes: Vec<(&String, &mut Outcome)> = items
        .iter()
        .map(|(crate_name, _)| crate_name)
        .zip(outcomes)
        .collect();
    let is_written = |outcome: &Outcome| outcome.generated && outcome.cause.is_none();
    let crates: Vec<String> = outcomes
        .iter()
        .filter(|(_, outcome)| is_written(outcome))
        .map(|(crate_name, _)| (*crate_name).clone())
        .collect();
    let progress = Progress::new(crates.len(), doing);
    let mut results = workspace.check(&crates, &mut |name| progress.done(name))?;
    for (crate_name, outcome) in &mut outcomes {
        let failure = results.remove(*crate_name);
        outcome.compiled = Some(failure == Some(None));
        if let Some(Some(failure)) = failure {
            outcome.cause = Some(failure);
        }
    }
    Ok(())
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
