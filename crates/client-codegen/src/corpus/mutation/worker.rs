//! The process that takes many mutants through the pipeline, one after the other.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::mutate;
use super::summary::Kind;
use crate::corpus::{cause, panics, stated, survived};
use crate::diagnostic::Diagnostics;
use crate::generate::catch_here;
use crate::input::{self, Vendored};
use crate::manifest::Document;
use crate::pipeline::Compiled;

/// How many mutants in a row are of one document, so that a process reads few of them.
const ROW: u64 = 20;

/// Mutants to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The documents that are changed.
    pub files: Vec<PathBuf>,
    /// What makes this run another one.
    pub seed: u64,
    /// Which of the run's mutants these are.
    pub mutants: Range<u64>,
}

impl Batch {
    /// Which document a mutant is made of.
    #[must_use]
    pub fn file(&self, mutant: u64) -> Option<&PathBuf> {
        let count = u64::try_from(self.files.len()).ok()?;
        let index = (mutant / ROW).checked_rem(count)?;
        self.files.get(usize::try_from(index).ok()?)
    }

    /// The seed of one mutant.
    #[must_use]
    pub fn seed(&self, mutant: u64) -> u64 {
        self.seed
            .wrapping_mul(0x1000_0000_01b3)
            .wrapping_add(mutant)
    }
}

/// What the process says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// This mutant is next: if nothing comes after it, it was the end.
    Started(u64),
    /// What became of it.
    Done(Kind, Option<String>),
    /// All are done.
    Finished,
}

/// Runs a batch and says how it goes.
pub(in crate::corpus) fn serve(batch: &Batch, output: &mut dyn Write) -> io::Result<()> {
    panics::watch();
    let mut documents = BTreeMap::new();
    for mutant in batch.mutants.clone() {
        say(output, &Said::Started(mutant))?;
        let document = batch.file(mutant).and_then(|path| {
            let read = documents
                .entry(path.clone())
                .or_insert_with(|| document(path));
            read.as_ref()
        });
        let (kind, cause) = match document {
            Some(document) => one(&mutate(document, batch.seed(mutant))),
            None => (Kind::Refused, None),
        };
        say(output, &Said::Done(kind, cause))?;
    }
    say(output, &Said::Finished)
}

fn say(output: &mut dyn Write, said: &Said) -> io::Result<()> {
    let mut line = serde_json::to_vec(said)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}

/// The first document of a file; none if it has none.
pub(super) fn document(path: &Path) -> Option<Value> {
    let name = path.to_string_lossy().into_owned();
    let bytes = input::read_file(Path::new(""), &name).ok()?;
    let document = Document::unlisted(name.clone(), None);
    let pages = input::pages(&[Vendored::new("", document, name, bytes)]).ok()?;
    let fragment = pages.into_iter().flat_map(|page| page.fragments).next()?;
    Some(fragment.document)
}

fn one(mutant: &Value) -> (Kind, Option<String>) {
    let result = catch_here(|| compile(mutant));
    // progenitor runs in a process of its own, so what panicked here is ours.
    let place = panics::take().into_iter().next();
    let result = match (result, place) {
        (Err(panic), _) => {
            return (Kind::Panicked, Some(cause::one_line(&panic.to_string())));
        }
        (Ok(_), Some(place)) => return (Kind::Panicked, Some(format!("panicked at {place}"))),
        (Ok(result), None) => result,
    };
    match (survived::gap(&result), result) {
        (Some(gap), _) => (Kind::Guarded, Some(cause::one_line(&gap))),
        (None, Err(problems)) => (Kind::Refused, Some(cause::of_diagnostics(&problems))),
        (None, Ok(_)) => (Kind::Generated, None),
    }
}

fn compile(mutant: &Value) -> Result<Compiled, Diagnostics> {
    let bytes = mutant.to_string().into_bytes();
    let document = Document::unlisted("mutant.json", None);
    let documents = [Vendored::new("mutant", document, "mutant.json", bytes)];
    stated::compile("mutant", "mutant", &documents).1
}
