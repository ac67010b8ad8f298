//! Two fragments that disagree.

use serde_json::Value;

use super::Origins;
use super::part::Part;
use crate::diagnostic::{Diagnostic, Place};

/// How much of a value a label repeats.
const SHOWN: usize = 40;

/// Something that two fragments describe differently.
pub(super) struct Conflict<'a> {
    /// What it is, as "`GET /users`".
    pub(super) what: &'a str,
    /// Where it differs: at least one pointer.
    pub(super) different: &'a [String],
    /// The value of the first pointer in the fragment that came first.
    pub(super) first: Option<&'a Value>,
    /// The same in the other one.
    pub(super) second: Option<&'a Value>,
}

impl Conflict<'_> {
    pub(super) fn diagnostic(&self, origins: &Origins, part: &Part) -> Diagnostic {
        let pointer = self
            .different
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        let first = origins.place(pointer);
        let second = origins.place_in(part.number, &part.source(pointer));
        let name = |place: &Option<Place>| {
            place
                .as_ref()
                .map_or("a document", |place| place.file.name())
                .to_owned()
        };
        let more = match self.different.len() - 1 {
            0 => String::new(),
            1 => " and one more place".to_owned(),
            more => format!(" and {more} more places"),
        };
        Diagnostic::error(
            "assemble::conflict",
            format!("{} and {} disagree on {}: `{pointer}`{more}", name(&first), name(&second), self.what),
            "find out which of the two the server follows; correct the other by leaving it out of specs/apis.toml or by \
             fetching both again, since vendors update pages one by one",
        )
        .with_place(first, said(self.first))
        .with_place(second, said(self.second))
        .with_pointer(pointer)
    }
}

/// A label: the value if it is short.
fn said(value: Option<&Value>) -> String {
    match value {
        None => "has nothing there".to_owned(),
        Some(value) => match value.to_string() {
            short if short.chars().count() <= SHOWN => format!("says {short}"),
            _ => "says this".to_owned(),
        },
    }
}
