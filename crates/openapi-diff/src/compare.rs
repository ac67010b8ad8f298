//! The comparison as a whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use crate::change::{Change, Class};
use crate::document::{Document, Placed};
use crate::error::{Error, Side, check};
use crate::kind::Kind;
use crate::schema::Closed;
use crate::subject::{operation_of, subject};
use crate::usage::Usage;

/// Everything that is not as it was, what matters most first, the same for the same documents whatever the order of their
/// keys.
///
/// Both documents may be of any version of OpenAPI 3; a spelling of another version is no change. A change in a component is
/// named once, with the operations that use it.
///
/// # Errors
/// A value that is no OpenAPI document of version 3. Parts that are malformed are compared as far as they can be read.
pub fn compare(old: &Value, new: &Value) -> Result<Vec<Change>, Error> {
    check(old, Side::Old)?;
    check(new, Side::New)?;
    let (old, new) = (Document { root: old }, Document { root: new });
    let mut comparison = Comparison {
        old,
        new,
        changes: BTreeSet::new(),
        seen: BTreeSet::new(),
        open: VecDeque::new(),
        renamed: BTreeMap::new(),
        closed: Closed::of(old, new),
    };
    comparison.components();
    comparison.calls();
    comparison.servers();
    comparison.security_schemes();
    comparison.info();
    comparison.schemas();
    Ok(comparison.finish())
}

/// What is known while two documents are compared.
pub(crate) struct Comparison<'d> {
    pub(crate) old: Document<'d>,
    pub(crate) new: Document<'d>,
    changes: BTreeSet<Change>,
    /// The pairs that were compared, or will be. Schemas contain themselves, so a pair that is met again is the same question.
    seen: BTreeSet<(String, String)>,
    /// Schemas that are still to be compared. In a list and not by recursion, so that no depth is too deep.
    open: VecDeque<(Placed<'d>, Placed<'d>)>,
    /// Components of schemas that have another name.
    pub(crate) renamed: BTreeMap<String, String>,
    pub(crate) closed: Closed,
}

impl<'d> Comparison<'d> {
    /// Whether a pair is met for the first time.
    pub(crate) fn is_new(&mut self, old: &str, new: &str) -> bool {
        self.seen.insert((old.to_owned(), new.to_owned()))
    }

    /// Compares two schemas later.
    pub(crate) fn later(&mut self, old: Placed<'d>, new: Placed<'d>) {
        if self.is_new(&old.pointer, &new.pointer) {
            self.open.push_back((old, new));
        }
    }

    pub(crate) fn next(&mut self) -> Option<(Placed<'d>, Placed<'d>)> {
        self.open.pop_front()
    }

    /// Adds a change at a place of the new document. What it is called there starts the sentence.
    pub(crate) fn add(&mut self, class: Class, kind: Kind, pointer: &str, said: &str) {
        let summary = format!("{} {said}", subject(self.new, pointer));
        self.add_as_it_is(class, kind, pointer, summary);
    }

    /// Adds a change of something that is gone, by its place in the old document.
    pub(crate) fn add_gone(&mut self, class: Class, kind: Kind, pointer: &str, said: &str) {
        let summary = format!("{} {said}", subject(self.old, pointer));
        self.add_as_it_is(class, kind, pointer, summary);
    }

    pub(crate) fn add_as_it_is(
        &mut self,
        class: Class,
        kind: Kind,
        pointer: &str,
        summary: String,
    ) {
        self.changes.insert(Change {
            class,
            kind,
            operation: operation_of(pointer),
            pointer: pointer.to_owned(),
            summary,
        });
    }

    fn finish(self) -> Vec<Change> {
        if self.changes.is_empty() {
            return Vec::new();
        }
        let mut usage = Usage::of(self.old, self.new);
        let changes = self.changes.into_iter().map(|mut change| {
            if let Some(used) = usage.of_component(&change.pointer) {
                change.summary = format!("{}; {used}", change.summary);
            }
            change
        });
        let mut changes: Vec<Change> = changes.collect();
        // By place within a class, so that what belongs together stands together.
        changes.sort_by(|one, other| {
            let key = |change: &Change| {
                (
                    change.class,
                    change.pointer.clone(),
                    change.kind,
                    change.summary.clone(),
                )
            };
            key(one).cmp(&key(other))
        });
        changes
    }
}
