//! Problems of the two libraries as diagnostics.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Diagnostic, Place, SourceFile};

/// A problem of `openapi-pages` in the file that was given to it.
#[must_use]
pub fn from_pages(problem: openapi_pages::Problem, file: &Arc<SourceFile>) -> Diagnostic {
    let code = staged("pages", problem.code);
    match problem.span {
        Some(range) => {
            Diagnostic::error(code, problem.message, problem.help).with_label(file, range, "here")
        }
        None => Diagnostic::error(
            code,
            format!("{}: {}", file.name(), problem.message),
            problem.help,
        ),
    }
}

/// A problem of `openapi-lower`; `place_of` says where the value of a pointer came from.
#[must_use]
pub fn from_lower(
    problem: openapi_lower::Problem,
    place_of: impl Fn(&str) -> Option<Place>,
) -> Diagnostic {
    Diagnostic::error(staged("lower", problem.code), problem.message, problem.help)
        .with_place(place_of(&problem.pointer), "here")
        .with_pointer(problem.pointer)
}

/// The libraries can be used alone, so their codes need not name the stage; a user's always do.
fn staged(stage: &str, code: &'static str) -> Cow<'static, str> {
    if code.contains("::") {
        Cow::Borrowed(code)
    } else {
        Cow::Owned(format!("{stage}::{code}"))
    }
}
