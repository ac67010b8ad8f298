//! Gives mutants to processes, and starts another one where a mutant has ended its own.

use std::io;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::time::Duration;

use serde_json::Value;

use super::mutate;
use super::summary::{Finding, Kind, Summary};
use super::worker::{Batch, Said, document};
use crate::corpus::child::{Ended, Running, Work};
use crate::corpus::{Limits, Progress, in_order};

/// How many mutants one process gets.
const BATCH: u64 = 200;

/// A mutant is small: one that takes longer than this hangs, for all that it matters.
const LONGEST: Duration = Duration::from_secs(30);

/// Which mutants to run.
#[derive(Debug, Clone)]
pub struct Mutants {
    /// All of them.
    pub all: Batch,
    /// How many processes run at once.
    pub jobs: NonZeroUsize,
    /// What each process may take; its time is that of one mutant.
    pub limits: Limits,
}

/// Runs all mutants.
///
/// # Errors
/// A process that cannot be started.
pub fn run(mutants: &Mutants) -> io::Result<Summary> {
    let mut all = mutants.all.clone();
    // Of what cannot be read there are no variants.
    all.files.retain(|path| document(path).is_some());
    if all.files.is_empty() {
        return Ok(Summary::default());
    }
    let Range { start, end } = all.mutants.clone();
    let batches: Vec<Batch> = (start..end)
        .step_by(usize::try_from(BATCH).unwrap_or(1))
        .map(|from| Batch {
            mutants: from..end.min(from + BATCH),
            ..all.clone()
        })
        .collect();
    let progress = Progress::new(batches.len(), "mutants");
    let limits = Limits {
        time: mutants.limits.time.min(LONGEST),
        ..mutants.limits
    };
    let parts = in_order(
        &batches,
        mutants.jobs,
        |batch| run_batch(batch, limits),
        |_| progress.done(""),
    );
    let mut summary = Summary::default();
    for part in parts {
        summary.join(part?);
    }
    Ok(summary)
}

fn run_batch(batch: &Batch, limits: Limits) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let mut next = batch.mutants.start;
    while next < batch.mutants.end {
        let rest = Batch {
            mutants: next..batch.mutants.end,
            ..batch.clone()
        };
        let mut running = Running::start(Work::Mutants(rest), limits)?;
        let mut current = next;
        loop {
            let (kind, cause) = match running.answer::<Said>() {
                Ended::Answered(Said::Started(mutant)) => {
                    current = mutant;
                    continue;
                }
                Ended::Answered(Said::Done(kind, cause)) => (kind, cause),
                Ended::Answered(Said::Finished) => break,
                Ended::Aborted(cause) => (Kind::Aborted, Some(cause)),
                Ended::TimedOut(cause) => (Kind::TimedOut, Some(cause)),
            };
            summary.add(kind, cause, |cause| finding(batch, current, kind, cause));
            next = current + 1;
            if matches!(kind, Kind::Aborted | Kind::TimedOut) {
                break;
            }
        }
    }
    Ok(summary)
}

fn finding(batch: &Batch, mutant: u64, kind: Kind, cause: String) -> Finding {
    let file = batch.file(mutant);
    let seed = batch.seed(mutant);
    let original = file.and_then(|path| document(path));
    Finding {
        kind,
        cause,
        document: file
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
        mutant,
        seed,
        json: original.map_or(Value::Null, |original| mutate(&original, seed)),
    }
}
