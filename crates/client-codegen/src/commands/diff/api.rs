//! The comparison of one API.

use openapi_diff::{Change, Class, Kind, Version, next_version};

use super::report::Report;
use super::side::Side;
use super::surfaces;
use crate::commands::Console;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::finish::Settings;

/// What the sides of a comparison are called.
pub(super) struct Names<'n> {
    pub(super) api: &'n str,
    /// What is reported as the base.
    pub(super) base: &'n str,
    /// In sentences: a revision, the working tree, or a file.
    pub(super) old: &'n str,
    pub(super) new: &'n str,
}

/// A report, and whether all of it could be made.
pub(super) struct Compared {
    pub(super) report: Report,
    pub(super) is_whole: bool,
}

/// Compares an API that is on both sides. What keeps the public items from being compared is told at once.
///
/// # Errors
/// A document that is not OpenAPI 3.
pub(super) fn compare(
    names: &Names<'_>,
    old: &Side,
    new: &Side,
    console: &mut Console<'_>,
) -> Result<Compared, Diagnostics> {
    let mut changes = openapi_diff::compare(old.document(), new.document())
        .map_err(|error| not_openapi(names, error))?;
    if old.api.base_url.is_some() && new.api.base_url.is_some() {
        // The client is made of that one, and does not know the document's.
        changes.retain(|change| change.pointer != "/servers");
    }
    let is_same = old.document() == new.document() && same_settings(old, new);
    let surface = if is_same {
        Ok(Vec::new())
    } else {
        surfaces::compare(old, new, &console.isolation)
    };
    let surface = match surface {
        Ok(items) => {
            let unforeseen = surfaces::unforeseen(&changes, &items);
            changes.splice(0..0, unforeseen);
            Some(items)
        }
        Err([of_old, of_new]) => {
            report_side(names.old, &of_old, console);
            report_side(names.new, &of_new, console);
            None
        }
    };
    let is_whole = surface.is_some();
    let report = report(names, (Some(old), Some(new)), changes, surface);
    Ok(Compared { report, is_whole })
}

/// The report on an API that one side has and the other has not.
pub(super) fn one_sided(names: &Names<'_>, old: Option<&Side>, new: Option<&Side>) -> Report {
    let (class, kind, said) = match new {
        Some(_) => (Class::Compatible, Kind::ApiAdded, "the API is new"),
        None => (Class::Breaking, Kind::ApiRemoved, "the API is gone"),
    };
    let change = Change {
        class,
        kind,
        operation: None,
        pointer: String::new(),
        summary: said.to_owned(),
    };
    report(names, (old, new), vec![change], Some(Vec::new()))
}

fn report(
    names: &Names<'_>,
    (old, new): (Option<&Side>, Option<&Side>),
    changes: Vec<Change>,
    surface: Option<Vec<crate::surface::ItemDifference>>,
) -> Report {
    let before = old.and_then(|side| side.version.clone());
    let now = new.and_then(|side| side.version.clone());
    let title = new.or(old).map(|side| side.api.title.clone());
    Report {
        api: names.api.to_owned(),
        title: title.unwrap_or_default(),
        base: names.base.to_owned(),
        proposed: proposed(before.as_ref(), now, &changes),
        current: before,
        changes,
        surface,
    }
}

/// The version after `before`, unless the crate has a later one already: it is raised once for a release, not with each
/// change.
fn proposed(before: Option<&Version>, now: Option<Version>, changes: &[Change]) -> Option<Version> {
    let next = before.map(|before| next_version(before, changes));
    match (next, now) {
        (Some(next), Some(now)) => Some(next.max(now)),
        (next, now) => now.or(next),
    }
}

/// Whether the manifest says the same of what the client is made of.
fn same_settings(old: &Side, new: &Side) -> bool {
    let (one, other) = (&old.api, &new.api);
    one.crate_name == other.crate_name && Settings::from(one) == Settings::from(other)
}

/// Says on which side diagnostics are.
pub(super) fn report_side(name: &str, problems: &Diagnostics, console: &mut Console<'_>) {
    if !problems.is_empty() {
        console.say(&format!("in {name}:"));
        console.report(problems);
    }
}

fn not_openapi(names: &Names<'_>, error: openapi_diff::Error) -> Diagnostics {
    let side = match error.side {
        openapi_diff::Side::Old => names.old,
        openapi_diff::Side::New => names.new,
    };
    let message = format!("the document of {} in {side} is not OpenAPI 3", names.api);
    let help = "convert it to OpenAPI 3.0 first: only documents of version 3 are compared";
    Diagnostic::error("lower::unsupported_version", message, help).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_raised_once() {
        let change = Change {
            class: Class::Breaking,
            kind: Kind::FieldRemoved,
            operation: None,
            pointer: String::new(),
            summary: String::new(),
        };
        let version = |text: &str| Some(text.parse::<Version>().unwrap());
        for (before, now, expected) in [
            (version("0.1.0"), version("0.1.0"), version("0.2.0")),
            (version("0.1.0"), version("0.2.0"), version("0.2.0")),
            (version("0.1.0"), version("0.3.1"), version("0.3.1")),
            (version("0.1.0"), None, version("0.2.0")),
            (None, version("0.1.0"), version("0.1.0")),
            (None, None, None),
        ] {
            assert_eq!(
                proposed(before.as_ref(), now, std::slice::from_ref(&change)),
                expected
            );
        }
    }
}
