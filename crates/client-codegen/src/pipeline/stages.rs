//! One function per stage.

use openapi_lower::{Lowered, Note, Options, Report};

use crate::assemble::{Assembled, assemble};
use crate::diagnostic::{Diagnostic, Diagnostics, from_lower};
use crate::finish::{self, Finished, Settings};
use crate::generate::{self, Generated};
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
    "none",
    "ok",
    "option",
    "result",
    "some",
    "string",
    "to_string",
    "vec",
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

/// Stage *generate*.
///
/// # Errors
/// Operations that progenitor refuses or panics on.
pub fn generated(assembled: &Assembled, lowered: &Lowered) -> Result<Generated, Diagnostics> {
    generate::generate(lowered).map_err(|problems| located(problems, assembled, lowered))
}

/// Stage *finish*.
///
/// # Errors
/// Security schemes that cannot be served, and output of progenitor that has an unknown shape.
pub fn finished(
    assembled: &Assembled,
    lowered: &Lowered,
    generated: Generated,
    api: &Api,
) -> Result<Finished, Diagnostics> {
    let settings = Settings {
        title: api.title.clone(),
        base_url: api.base_url.clone(),
        credentials: api.credentials.clone(),
    };
    finish::finish(generated, lowered, &settings)
        .map_err(|problems| located(problems, assembled, lowered))
}

/// Points problems of the lowered document into the vendored file.
fn located(problems: Vec<Problem>, assembled: &Assembled, lowered: &Lowered) -> Diagnostics {
    let one = |Problem {
                   code,
                   pointer,
                   message,
                   help,
               }| {
        let diagnostic = Diagnostic::error(code, message, help);
        if pointer.is_empty() {
            return diagnostic;
        }
        let original = lowered.origins.resolve(&pointer);
        diagnostic
            .with_place(assembled.origins.place(&original), "from here")
            .with_pointer(original)
    };
    problems.into_iter().map(one).collect()
}
