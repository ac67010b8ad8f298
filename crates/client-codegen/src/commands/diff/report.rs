//! What is reported of an API, in whatever format.

use openapi_diff::{Change, Class, Version};
use serde::Serialize;

use crate::surface::ItemDifference;

/// The comparison of one API.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// Its name in the manifest, or the new file.
    pub(super) api: String,
    /// What people call it.
    pub(super) title: String,
    /// What it is compared with: the revision as it was given, or the old file.
    pub(super) base: String,
    /// What matters most first.
    pub(super) changes: Vec<Change>,
    /// The version of the crate before; none if there was no crate.
    pub(super) current: Option<Version>,
    /// The version that the crate should get; none if there is no crate.
    pub(super) proposed: Option<Version>,
    /// The public items of the crate that differ; none if they could not be compared.
    pub(super) surface: Option<Vec<ItemDifference>>,
}

/// The report as JSON has it.
#[derive(Serialize)]
pub(super) struct Json<'r> {
    api: &'r str,
    base: &'r str,
    changes: &'r [Change],
    proposed_version: Option<String>,
}

impl Report {
    pub(super) fn json(&self) -> Json<'_> {
        Json {
            api: &self.api,
            base: &self.base,
            changes: &self.changes,
            proposed_version: self.proposed.as_ref().map(Version::to_string),
        }
    }

    pub(super) fn of_class(&self, class: Class) -> Vec<&Change> {
        self.changes
            .iter()
            .filter(|change| change.class == class)
            .collect()
    }

    /// "2 breaking, 1 compatible and 12 docs changes".
    pub(super) fn counted(&self) -> String {
        let counts: Vec<String> = Class::ALL
            .into_iter()
            .map(|class| (class, self.of_class(class).len()))
            .filter(|(_, count)| *count > 0)
            .map(|(class, count)| format!("{count} {class}"))
            .collect();
        let noun = if self.changes.len() == 1 {
            "change"
        } else {
            "changes"
        };
        match counts.as_slice() {
            [] => "no change".to_owned(),
            [one] => format!("{one} {noun}"),
            [some @ .., last] => format!("{} and {last} {noun}", some.join(", ")),
        }
    }

    /// "version 0.1.0 becomes 0.2.0", as far as there is something to say.
    pub(super) fn versions(&self, quote: &str) -> Option<String> {
        let (current, proposed) = (self.current.as_ref()?, self.proposed.as_ref()?);
        Some(match current == proposed {
            true => format!("version {quote}{current}{quote} stays"),
            false => format!("version {quote}{current}{quote} becomes {quote}{proposed}{quote}"),
        })
    }
}
