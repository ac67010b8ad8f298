//! Compares what came back with what was sent.

use std::collections::BTreeMap;

use openapi_samples::{Cause, Difference, Kind};
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::cases::{Cases, Trip};

/// So many failures of a cause are kept with their samples.
const KEPT: usize = 5;

/// What became of the samples of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// How many samples there were.
    pub samples: usize,
    /// How many came back as they were.
    pub survived: usize,
    /// How many of them are of a branch that is told apart.
    pub branches: usize,
    /// How many of those were decoded as that branch.
    pub own_branch: usize,
    /// How often each cause was the worst of a sample.
    pub causes: BTreeMap<String, usize>,
    /// Some failures of each cause.
    pub failures: Vec<Failure>,
}

/// A sample that did not come back as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The schema.
    pub schema: String,
    /// What the sample shows.
    pub kind: String,
    /// Why it counts as lost.
    pub cause: String,
    /// Where, and what came back.
    pub detail: String,
    /// The sample.
    pub sample: String,
}

/// Judges the answers to [`Cases::questions`], which come in the same order. Samples without an answer are failures.
pub fn judge(cases: &Cases, answers: impl IntoIterator<Item = Answer>) -> Judged {
    let mut answers = answers.into_iter();
    let mut judged = Judged::default();
    for (index, trip) in cases.trips() {
        let answer = answers
            .next()
            .unwrap_or_else(|| Answer::Failed("no answer".to_owned()));
        let pointer = &cases.cases[index].pointer;
        judged.samples += 1;
        let wrong = wrong_branch(trip, &answer);
        if trip.variants.is_some() {
            judged.branches += 1;
            judged.own_branch += usize::from(wrong == Some(false));
        }
        let failure = match (&answer, wrong) {
            (Answer::Failed(message), _) => Some((general(message), message.clone())),
            (Answer::Back { name, .. }, Some(true)) => {
                let wanted = trip
                    .variants
                    .iter()
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" or ");
                Some((
                    "wrong branch".to_owned(),
                    format!("{name} in place of {wanted}"),
                ))
            }
            (Answer::Back { json, .. }, _) => {
                let found = cases
                    .sampler()
                    .differences(pointer, &trip.sample.value, json);
                worst(&found).map(|worst| (worst.cause.to_string(), described(worst)))
            }
        };
        match failure {
            None => judged.survived += 1,
            Some((cause, detail)) => judged.add(pointer, trip, cause, detail),
        }
    }
    judged
}

impl Judged {
    fn add(&mut self, pointer: &str, trip: &Trip, cause: String, detail: String) {
        let count = self.causes.entry(cause.clone()).or_default();
        *count += 1;
        if *count <= KEPT {
            self.failures.push(Failure {
                schema: pointer.to_owned(),
                kind: trip.sample.kind.to_string(),
                cause,
                detail,
                sample: trip.sample.value.to_string(),
            });
        }
    }

    /// Adds another document's counts.
    pub fn sum(&mut self, other: &Self) {
        self.samples += other.samples;
        self.survived += other.survived;
        self.branches += other.branches;
        self.own_branch += other.own_branch;
        for (cause, count) in &other.causes {
            *self.causes.entry(cause.clone()).or_default() += count;
        }
    }
}

/// Whether a sample of a known branch was decoded as another one.
fn wrong_branch(trip: &Trip, answer: &Answer) -> Option<bool> {
    let variants = trip.variants.as_ref()?;
    match answer {
        // Null stands beside the union.
        Answer::Back { .. } if trip.sample.kind == Kind::Null => Some(false),
        Answer::Back { name, .. } => Some(!variants.contains(name)),
        Answer::Failed(_) => None,
    }
}

fn worst(found: &[Difference]) -> Option<&Difference> {
    found.iter().max_by_key(|difference| difference.cause)
}

fn described(difference: &Difference) -> String {
    let shown = |value: &Option<serde_json::Value>| {
        value
            .as_ref()
            .map_or("nothing".to_owned(), ToString::to_string)
    };
    let Difference {
        pointer,
        sample,
        result,
        cause,
    } = difference;
    match cause {
        Cause::Added | Cause::AddedNull => format!("{pointer}: {}", shown(result)),
        _ => format!(
            "{pointer}: {} came back as {}",
            shown(sample),
            shown(result)
        ),
    }
}

/// A message without what is about one document: names, values and positions.
fn general(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    let mut text = String::new();
    for (index, part) in message.split('`').enumerate() {
        text.push_str(if index % 2 == 0 { part } else { "…" });
    }
    let mut parts = text.split('"');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let Some(_quoted) = parts.next() {
        text.push('…');
        text.push_str(parts.next().unwrap_or_default());
    }
    let listed = text.split(", expected one of").next().unwrap_or(&text);
    listed
        .chars()
        .map(|c| if c.is_ascii_digit() { 'N' } else { c })
        .collect::<String>()
        .replace("NN", "N")
}
