//! Two fragments that disagree.

use openapi_lower::{Effect, Note};
use serde_json::Value;

use super::Origins;
use super::merge::Pair;
use super::part::Part;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// How much of a value a label or a note repeats.
const SHOWN: usize = 40;

/// The rule of the notes of this stage: a document of a lower rank says something else.
pub(crate) const RANK_RULE: &str = "rank";

/// Something that two fragments describe differently.
pub(super) struct Conflict<'a> {
    /// What it is, as "`GET /users`".
    pub(super) what: &'a str,
    /// Its pointer in the assembled document.
    pub(super) pointer: &'a str,
    /// Where it differs.
    pub(super) different: &'a [Pair],
    /// Its value in the assembled document.
    pub(super) first: Option<&'a Value>,
    /// The part that says something else.
    pub(super) part: &'a Part,
    /// What that part says of it.
    pub(super) second: &'a Value,
    /// Its pointer in that part; another one where a path is spelled in another way.
    pub(super) second_pointer: &'a str,
}

/// All conflicts of an API, one per thing that fragments disagree on: one stale page among hundreds is one problem.
#[derive(Debug, Default)]
pub(super) struct Conflicts {
    found: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    pointer: String,
    what: String,
    at: Pair,
    /// How many places differ beside the one that is shown.
    more_places: usize,
    /// How many fragments differ beside the one that is shown.
    more_documents: usize,
    places: (Option<Place>, Option<Place>),
    labels: (String, String),
}

impl Conflicts {
    /// Adds a conflict between fragments of one rank.
    pub(super) fn add(&mut self, conflict: &Conflict<'_>, origins: &Origins) {
        let Some((at, more)) = conflict.different.split_first() else {
            return;
        };
        let known = self
            .found
            .iter_mut()
            .find(|found| found.pointer == conflict.pointer);
        if let Some(found) = known {
            found.more_documents += 1;
            return;
        }
        self.found.push(Found {
            pointer: conflict.pointer.to_owned(),
            what: conflict.what.to_owned(),
            at: at.clone(),
            more_places: more.len(),
            more_documents: 0,
            places: (origins.place(&at.first), conflict.place(at, origins)),
            labels: (
                said(conflict.first(at), "this"),
                said(conflict.second(at), "this"),
            ),
        });
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.found.into_iter().map(Found::diagnostic).collect()
    }
}

impl Found {
    fn diagnostic(self) -> Diagnostic {
        let others = match self.more_documents {
            0 => String::new(),
            1 => " (and one more document)".to_owned(),
            more => format!(" (and {more} more documents)"),
        };
        let places = match self.more_places {
            0 => String::new(),
            1 => " and one more place".to_owned(),
            more => format!(" and {more} more places"),
        };
        Diagnostic::error(
            "assemble::conflict",
            format!(
                "{} and {}{others} disagree on {}: `{}`{places}",
                name(&self.places.0),
                name(&self.places.1),
                self.what,
                self.at.first
            ),
            "find out which of the two the server follows and give that document a higher `rank` in specs/apis.toml, or \
             fetch both again, since vendors update pages one by one",
        )
        .with_place(self.places.0, self.labels.0)
        .with_place(self.places.1, self.labels.1)
        .with_pointer(self.at.first)
    }
}

impl Conflict<'_> {
    /// A note per place at which the part yields to one of a higher rank.
    pub(super) fn notes(&self, origins: &Origins) -> Vec<Note> {
        let notes = self.different.iter().map(|at| {
            let message = format!(
                "{} {}, which yields to {}: it {}",
                name(&self.place(at, origins)),
                said(self.second(at), "something longer"),
                name(&origins.place(&at.first)),
                said(self.first(at), "something longer"),
            );
            Note::new(at.first.clone(), RANK_RULE, Effect::Dropped, message)
        });
        notes.collect()
    }

    fn place(&self, at: &Pair, origins: &Origins) -> Option<Place> {
        origins.place_in(self.part.number, &self.part.source(&at.second))
    }

    fn first(&self, at: &Pair) -> Option<&Value> {
        self.first?.pointer(at.first.strip_prefix(self.pointer)?)
    }

    fn second(&self, at: &Pair) -> Option<&Value> {
        self.second
            .pointer(at.second.strip_prefix(self.second_pointer)?)
    }
}

fn name(place: &Option<Place>) -> &str {
    place
        .as_ref()
        .map_or("a document", |place| place.file.name())
}

/// What a document says: the value if it is short, else `otherwise`.
fn said(value: Option<&Value>, otherwise: &str) -> String {
    match value {
        None => "has nothing there".to_owned(),
        Some(value) => match value.to_string() {
            short if short.chars().count() <= SHOWN => format!("says {short}"),
            _ => format!("says {otherwise}"),
        },
    }
}
