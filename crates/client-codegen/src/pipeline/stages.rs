//! One function per stage.

use std::collections::BTreeMap;

use openapi_lower::{Lowered, Note, Options, Report};

use crate::assemble::{Assembled, assemble};
use crate::diagnostic::{Diagnostic, Diagnostics, from_lower};
use crate::finish::{self, Finished, Settings};
use crate::generate::{self, Generated, Isolation};
use crate::input::Page;
use crate::manifest::Api;
use crate::overlay::{self, Overlay};
use crate::problem::Problem;

/// Operation names that generated clients cannot have, beside those that progenitor itself reserves: a builder
/// struct of that name would hide something that the code of its module uses.
const RESERVED_OPERATIONS: &[&str] = &[
    "clone",
    "box",
    "client",
    "client_builder",
    "err",
    "from_env",
    "none",
    "request",
    "ok",
    "option",
    "result",
    "some",
    "string",
    "to_string",
    "vec",
    "with_options",
];

/// Stage *assemble*.
///
/// # Errors
/// Documents that contradict each other.
pub fn assembled(pages: &[Page], title: &str) -> Result<Assembled, Diagnostics> {
    assemble(pages, title)
}

/// Stage *overlay*.
///
/// # Errors
/// Actions that match nothing, change nothing or cannot be applied.
pub fn overlaid(assembled: Assembled, overlay: Option<&Overlay>) -> Result<Assembled, Diagnostics> {
    match overlay {
        Some(overlay) => overlay::apply(assembled, overlay),
        None => Ok(assembled),
    }
}

/// Stage *lower*.
///
/// # Errors
/// What the document says and Rust code cannot be made from.
pub fn lowered(assembled: &Assembled) -> Result<Lowered, Diagnostics> {
    lower(assembled).map_err(|report| from_report(report.problems, assembled))
}

fn lower(assembled: &Assembled) -> Result<Lowered, Report> {
    let mut options = Options::default().with_marks();
    options
        .reserved_operation_names
        .extend(RESERVED_OPERATIONS.iter().map(|name| (*name).to_owned()));
    openapi_lower::lower(assembled.document.clone(), &options)
}

fn from_report(problems: Vec<openapi_lower::Problem>, assembled: &Assembled) -> Diagnostics {
    problems
        .into_iter()
        .map(|problem| from_lower(problem, |pointer| assembled.origins.place(pointer)))
        .collect()
}

/// What the stages changed: what *assemble* left out, then what *lower* rewrote.
#[must_use]
pub fn notes(assembled: &Assembled, lowered: &Lowered) -> Vec<Note> {
    all_notes(assembled, &lowered.notes)
}

/// The same where *lower* may fail, with its problems: what it left out before may be the cause of them.
pub fn notes_and_problems(assembled: &Assembled) -> (Vec<Note>, Diagnostics) {
    match lower(assembled) {
        Ok(lowered) => (notes(assembled, &lowered), Diagnostics::new()),
        Err(report) => (
            all_notes(assembled, &report.notes),
            from_report(report.problems, assembled),
        ),
    }
}

fn all_notes(assembled: &Assembled, lowered: &[Note]) -> Vec<Note> {
    assembled.notes.iter().chain(lowered).cloned().collect()
}

/// Stage *generate*. What progenitor cannot take is taken out of `lowered`, with a note.
///
/// # Errors
/// A document of which nothing can be generated.
pub fn generated(
    assembled: &Assembled,
    lowered: &mut Lowered,
    isolation: &Isolation,
) -> Result<Generated, Diagnostics> {
    generate::generate(lowered, isolation).map_err(|problems| located(problems, assembled, lowered))
}

/// What to do about a fault of a document.
fn help(code: &str) -> &'static str {
    match code {
        "lower::circular_reference" => {
            "say with an overlay what the schema is instead of referring to it"
        }
        "lower::external_reference" => {
            "bundle the documents into one first, as `redocly bundle` does"
        }
        "lower::unresolved_reference" => {
            "correct the reference, or add what it names, with an overlay"
        }
        _ => "give a document with operations, if a client is wanted that calls some",
    }
}

/// What progenitor cannot take and is left out, as warnings: for who looks at a document that no manifest answers for.
pub fn unsupported(assembled: &Assembled, lowered: &Lowered, generated: &Generated) -> Diagnostics {
    let problems = generated.left_out.iter().cloned();
    problems
        .map(|problem| one_located(problem, assembled, lowered, Diagnostic::warning))
        .collect()
}

/// What is wrong with the document and can be left out: a warning for each fault, however often it is met.
pub fn warnings(assembled: &Assembled, lowered: &Lowered) -> Diagnostics {
    let mut faults: BTreeMap<(&'static str, &str), Vec<&str>> = BTreeMap::new();
    for note in &lowered.notes {
        if let Some(code) = note.fault() {
            let places = faults.entry((code, &note.message)).or_default();
            places.push(&note.pointer);
        }
    }
    let warn = |((code, message), places): ((&'static str, &str), Vec<&str>)| {
        let message = match places.len() - 1 {
            0 => message.to_owned(),
            1 => format!("{message} (and in one more place)"),
            more => format!("{message} (and in {more} more places)"),
        };
        Diagnostic::warning(code, message, help(code))
            .with_place(assembled.origins.place(places[0]), "here")
            .with_pointer(places[0])
    };
    let schemes = finish::unsupported_schemes(&lowered.document)
        .into_iter()
        .map(|problem| one_located(problem, assembled, lowered, Diagnostic::warning));
    faults.into_iter().map(warn).chain(schemes).collect()
}

/// Stage *finish*.
///
/// # Errors
/// Credentials that cannot be named, and output of progenitor that has an unknown shape.
pub fn finished(
    assembled: &Assembled,
    lowered: &Lowered,
    generated: Generated,
    api: &Api,
) -> Result<Finished, Diagnostics> {
    finish::finish(generated, lowered, &Settings::from(api))
        .map_err(|problems| located(problems, assembled, lowered))
}

fn located(problems: Vec<Problem>, assembled: &Assembled, lowered: &Lowered) -> Diagnostics {
    problems
        .into_iter()
        .map(|problem| one_located(problem, assembled, lowered, Diagnostic::error))
        .collect()
}

/// Points a problem of the lowered document into the vendored file.
fn one_located(
    problem: Problem,
    assembled: &Assembled,
    lowered: &Lowered,
    diagnostic: fn(&'static str, String, String) -> Diagnostic,
) -> Diagnostic {
    let Problem {
        code,
        pointer,
        message,
        help,
    } = problem;
    let diagnostic = diagnostic(code, message, help);
    if pointer.is_empty() {
        return diagnostic;
    }
    let original = lowered.origins.resolve(&pointer);
    diagnostic
        .with_place(assembled.origins.place(&original), "from here")
        .with_pointer(original)
}
