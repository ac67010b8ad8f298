//! What is known of a document after the run: one entry of the JSON, and their sums.

use std::collections::BTreeMap;

use openapi_lower::{Effect, Note};
use serde::{Deserialize, Serialize};

use crate::roundtrip::Judged;

/// One document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its path in the folder, without the extension where that is not needed to tell it from others.
    pub name: String,
    /// What its `openapi` says; none where that could not be read.
    pub version: Option<String>,
    /// Operations under its `paths`.
    pub operations_in: usize,
    /// Operations of the client.
    pub operations_out: usize,
    /// Places where a schema says something.
    pub schemas: usize,
    /// Those of them that became `serde_json::Value`.
    pub untyped: usize,
    /// Whether there is a client.
    pub generated: bool,
    /// Whether it compiles; none where that was not asked.
    pub compiled: Option<bool>,
    /// Whether anything panicked or aborted, also where that was caught.
    pub panicked: bool,
    /// Wall time of its process.
    pub seconds: f64,
    /// The most memory that its process held; none where the system does not tell.
    pub peak_mb: Option<f64>,
    /// Lines of generated code.
    pub lines: usize,
    /// Its notes by effect.
    pub notes: NoteCounts,
    /// Why there is no client, or why it does not compile.
    pub cause: Option<String>,
    /// Its notes by rule, then by effect.
    #[serde(default)]
    pub rules: BTreeMap<String, NoteCounts>,
    /// The places that `untyped` counts: JSON pointers into the document.
    #[serde(default)]
    pub untyped_at: Vec<String>,
    /// What became of its samples, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roundtrip: Option<Judged>,
    /// What progenitor alone makes of it, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<Box<Outcome>>,
}

/// Notes by effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteCounts {
    /// The same in other words.
    pub exact: usize,
    /// More values are allowed.
    pub widened: usize,
    /// Something is gone.
    pub dropped: usize,
}

impl NoteCounts {
    /// Counts one more.
    pub fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Widened => self.widened += 1,
            Effect::Dropped => self.dropped += 1,
            // A newer effect would say what it loses by its name, which is not known here.
            _ => self.exact += 1,
        }
    }

    fn sum(&mut self, other: Self) {
        self.exact += other.exact;
        self.widened += other.widened;
        self.dropped += other.dropped;
    }
}

impl Outcome {
    /// Counts notes by effect and by rule.
    pub fn count(&mut self, notes: &[Note]) {
        for note in notes {
            self.notes.add(note.effect);
            let rule = self.rules.entry(note.rule.to_owned()).or_default();
            rule.add(note.effect);
        }
    }
}

/// The sums over all documents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Documents.
    pub documents: usize,
    /// Those that gave a client.
    pub generated: usize,
    /// Those whose client compiles; none where that was not asked.
    pub compiled: Option<usize>,
    /// Those where something panicked or aborted.
    pub panicked: usize,
    /// Sum of `operations_in`.
    pub operations_in: usize,
    /// Sum of `operations_out`.
    pub operations_out: usize,
    /// Sum of `schemas`.
    pub schemas: usize,
    /// Sum of `untyped`.
    pub untyped: usize,
    /// Sum of `seconds`.
    pub seconds: f64,
    /// The largest `peak_mb`.
    pub peak_mb: Option<f64>,
    /// Sum of `lines`.
    pub lines: usize,
    /// Sums of `notes`.
    pub notes: NoteCounts,
    /// Sums of `rules`.
    pub rules: BTreeMap<String, NoteCounts>,
    /// The sums of `roundtrip`, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roundtrip: Option<Judged>,
    /// The same for progenitor alone, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<Box<Totals>>,
}

impl Totals {
    /// Sums up.
    #[must_use]
    pub fn of<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) -> Self {
        let mut totals = Self::default();
        let mut stock = Vec::new();
        for outcome in outcomes {
            totals.add(outcome);
            stock.extend(outcome.stock.as_deref());
        }
        if !stock.is_empty() {
            totals.stock = Some(Box::new(Self::of(stock)));
        }
        totals
    }

    fn add(&mut self, outcome: &Outcome) {
        self.documents += 1;
        self.generated += usize::from(outcome.generated);
        if let Some(compiled) = outcome.compiled {
            *self.compiled.get_or_insert(0) += usize::from(compiled);
        }
        if let Some(judged) = &outcome.roundtrip {
            self.roundtrip.get_or_insert_default().sum(judged);
        }
        self.panicked += usize::from(outcome.panicked);
        self.operations_in += outcome.operations_in;
        self.operations_out += outcome.operations_out;
        self.schemas += outcome.schemas;
        self.untyped += outcome.untyped;
        self.seconds += outcome.seconds;
        self.peak_mb = match (self.peak_mb, outcome.peak_mb) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
        self.lines += outcome.lines;
        self.notes.sum(outcome.notes);
        for (rule, counts) in &outcome.rules {
            self.rules.entry(rule.clone()).or_default().sum(*counts);
        }
    }
}
