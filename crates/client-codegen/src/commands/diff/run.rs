//! From options to a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::api::{Compared, Names, compare, one_sided, report_side};
use super::json::json;
use super::markdown::markdown;
use super::report::Report;
use super::side::Side;
use super::text::text;
use super::tree::Tree;
use crate::commands::Console;
use crate::commands::inputs::{exit_code, read_lock};
use crate::commands::unlisted::{api_of_files, read};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exit;
use crate::lock::Lock;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For a terminal
    Text,
    /// For the body of a pull request: at most 65,536 characters
    Markdown,
    /// For scripts
    Json,
}

/// What is compared.
#[derive(Clone, Debug)]
pub enum What {
    /// APIs of the manifest, in two trees.
    Revisions {
        /// Their names; empty means all that are in either tree.
        apis: Vec<String>,
        /// The revision before.
        base: String,
        /// The revision after; none is the working tree.
        to: Option<String>,
    },
    /// Two files, each an API of its own.
    Files {
        /// The page or document before.
        old: PathBuf,
        /// The page or document after.
        new: PathBuf,
    },
}

/// What to compare, and how to write it.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is compared.
    pub what: What,
    /// How the result is written.
    pub format: Format,
}

/// Compares and prints.
///
/// Returns the exit code: 0 if everything could be compared, whether or not something differs.
pub fn run(root: &Path, options: &Options, console: &mut Console<'_>) -> u8 {
    let (reports, is_one, code) = match &options.what {
        What::Revisions { apis, base, to } => {
            let (reports, code) = revisions(root, apis, (base, to.as_deref()), console);
            (reports, apis.len() == 1, code)
        }
        What::Files { old, new } => {
            let (report, code) = files(old, new, console);
            (report.into_iter().collect(), true, code)
        }
    };
    // Half of an answer is none for a script.
    if reports.is_empty() && code != exit::OK {
        return code;
    }
    let text = match options.format {
        Format::Text => text(&reports),
        Format::Markdown => markdown(&reports),
        Format::Json => json(&reports, is_one),
    };
    exit::combine(code, console.print(&text))
}

fn files(old: &Path, new: &Path, console: &mut Console<'_>) -> (Option<Report>, u8) {
    let side = |path: &Path| {
        let document = read(path)?;
        Side::of_files(api_of_files(), std::slice::from_ref(&document))
    };
    let (old_name, new_name) = (old.display().to_string(), new.display().to_string());
    let names = Names {
        api: &new_name,
        base: &old_name,
        old: &old_name,
        new: &new_name,
    };
    let compared = Diagnostics::both(side(old), side(new))
        .and_then(|(old, new)| compare(&names, &old, &new, console));
    match compared {
        Ok(Compared { report, is_whole }) => (
            Some(report),
            if is_whole { exit::OK } else { exit::FAILURE },
        ),
        Err(problems) => {
            console.report(&problems);
            (None, exit::FAILURE)
        }
    }
}

fn revisions(
    root: &Path,
    apis: &[String],
    (base, to): (&str, Option<&str>),
    console: &mut Console<'_>,
) -> (Vec<Report>, u8) {
    let old = Tree::revision(root, base, apis);
    let new = match to {
        Some(to) => Tree::revision(root, to, apis),
        None => Tree::working(root, console.program),
    };
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            return (
                Vec::new(),
                trees_failed(old.err(), new.err(), (base, to), console),
            );
        }
    };
    let names = match selected(apis, &old, &new) {
        Ok(names) => names,
        Err(problems) => {
            console.report(&problems);
            return (Vec::new(), exit_code(&problems));
        }
    };
    let locks = [&old, &new].map(|tree| read_lock(&tree.root, console.program).ok());
    let mut reports = Vec::new();
    let mut code = exit::OK;
    for name in names {
        let of = Names {
            api: &name,
            base,
            old: &old.name,
            new: &new.name,
        };
        match one(
            &of,
            (&old, locks[0].as_ref()),
            (&new, locks[1].as_ref()),
            console,
        ) {
            Some(Compared { report, is_whole }) => {
                reports.push(report);
                code = exit::combine(code, if is_whole { exit::OK } else { exit::FAILURE });
            }
            None => code = exit::combine(code, exit::FAILURE),
        }
    }
    (reports, code)
}

/// One API of two trees. None if it cannot be read on a side that has it; what is wrong is told.
fn one(
    names: &Names<'_>,
    (old, old_lock): (&Tree, Option<&Lock>),
    (new, new_lock): (&Tree, Option<&Lock>),
    console: &mut Console<'_>,
) -> Option<Compared> {
    let program = console.program;
    let side = |tree: &Tree, lock: Option<&Lock>| {
        let api = tree.manifest.api(names.api)?;
        Some(Side::read(tree, api, lock, program))
    };
    let (before, now) = (
        side(old, old_lock).transpose(),
        side(new, new_lock).transpose(),
    );
    let (before, now) = match (before, now) {
        (Ok(before), Ok(now)) => (before, now),
        (before, now) => {
            report_side(names.old, &before.err().unwrap_or_default(), console);
            report_side(names.new, &now.err().unwrap_or_default(), console);
            return None;
        }
    };
    for (side, tree) in [(&before, old), (&now, new)] {
        for path in side.iter().flat_map(|side| &side.not_pinned) {
            console.say(&format!(
                "note: {path} in {} is not the pinned document; it is compared all the same",
                tree.name
            ));
        }
    }
    match (&before, &now) {
        (Some(before), Some(now)) => match compare(names, before, now, console) {
            Ok(compared) => Some(compared),
            Err(problems) => {
                console.report(&problems);
                None
            }
        },
        _ => Some(Compared {
            report: one_sided(names, before.as_ref(), now.as_ref()),
            is_whole: true,
        }),
    }
}

/// The names that were given, or those of all APIs of either tree.
fn selected(given: &[String], old: &Tree, new: &Tree) -> Result<BTreeSet<String>, Diagnostics> {
    let known: BTreeSet<String> = [old, new]
        .iter()
        .flat_map(|tree| tree.manifest.apis.iter().map(|api| api.name.clone()))
        .collect();
    if given.is_empty() {
        return Ok(known);
    }
    let unknown = given.iter().filter(|name| !known.contains(*name));
    let unknown: Diagnostics = unknown
        .map(|name| {
            let message = format!(
                "there is no API `{name}`, neither in {} nor in {}",
                old.name, new.name
            );
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            Diagnostic::error(
                "manifest::unknown_api",
                message,
                format!("use one of: {}", known.join(", ")),
            )
        })
        .collect();
    unknown.or_value(given.iter().cloned().collect())
}

fn trees_failed(
    old: Option<Diagnostics>,
    new: Option<Diagnostics>,
    (base, to): (&str, Option<&str>),
    console: &mut Console<'_>,
) -> u8 {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    // What holds for both, such as that there is no git, is told once.
    let is_same = old == new;
    let base = format!("`{base}`");
    report_side(&base, &old, console);
    if !is_same {
        let to = to.map_or_else(
            || super::tree::WORKING_TREE.to_owned(),
            |to| format!("`{to}`"),
        );
        report_side(&to, &new, console);
    }
    let code = |problems: &Diagnostics| {
        if problems.has_errors() {
            exit_code(problems)
        } else {
            exit::OK
        }
    };
    exit::combine(code(&old), code(&new))
}
