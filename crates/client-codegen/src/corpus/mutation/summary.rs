//! What became of all mutants.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::corpus::cause;

/// How a mutant ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// There is a client.
    Generated,
    /// A diagnostic says why there is none.
    Refused,
    /// progenitor or typify could not take all of it, which the guard survived.
    Guarded,
    /// Anything else panicked.
    Panicked,
    /// Its process ended.
    Aborted,
    /// Its process was stopped.
    TimedOut,
}

/// A mutant that ended badly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How.
    pub kind: Kind,
    /// In one line.
    pub cause: String,
    /// The document that it was made of.
    pub document: String,
    /// Which mutant of the run it is.
    pub mutant: u64,
    /// What makes it again: `mutate(document, seed)`.
    pub seed: u64,
    /// The mutant.
    pub json: Value,
}

/// The JSON of a run with mutants.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many there were.
    pub mutants: u64,
    /// How many ended in each way.
    pub kinds: BTreeMap<Kind, u64>,
    /// Why there is no client, with the number of mutants, causes of one kind together.
    pub causes: BTreeMap<String, u64>,
    /// Those that ended in a panic, guarded or not, an abort or a stop; one for each kind of cause.
    pub findings: Vec<Finding>,
}

impl Summary {
    /// Counts a mutant. What it says is made only for the first of its kind.
    pub fn add(
        &mut self,
        kind: Kind,
        cause: Option<String>,
        finding: impl FnOnce(String) -> Finding,
    ) {
        self.mutants += 1;
        *self.kinds.entry(kind).or_default() += 1;
        let Some(cause) = cause else { return };
        let count = self.causes.entry(cause::kind(&cause)).or_default();
        *count += 1;
        if *count == 1 && kind.is_bad() {
            self.findings.push(finding(cause));
        }
    }

    /// Joins the summaries of two parts, in the order of the parts.
    pub fn join(&mut self, other: Self) {
        self.mutants += other.mutants;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for finding in other.findings {
            if !self.causes.contains_key(&cause::kind(&finding.cause)) {
                self.findings.push(finding);
            }
        }
        for (cause, count) in other.causes {
            *self.causes.entry(cause).or_default() += count;
        }
    }

    /// What people read.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{} mutants", self.mutants);
        for (kind, count) in &self.kinds {
            let _ = write!(text, ", {count} {}", kind.word());
        }
        text.push('\n');
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (cause, count) in causes {
            let _ = writeln!(text, "{count:>6}  {cause}");
        }
        for finding in &self.findings {
            let Finding {
                kind,
                cause,
                document,
                mutant,
                seed,
                ..
            } = finding;
            let word = kind.word();
            let _ = writeln!(
                text,
                "\n{word}: {cause}\n    mutant {mutant} of {document}, seed {seed}"
            );
        }
        text
    }
}

impl Kind {
    fn is_bad(self) -> bool {
        !matches!(self, Self::Generated | Self::Refused)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Refused => "refused",
            Self::Guarded => "guarded",
            Self::Panicked => "panicked",
            Self::Aborted => "aborted",
            Self::TimedOut => "timed out",
        }
    }
}
