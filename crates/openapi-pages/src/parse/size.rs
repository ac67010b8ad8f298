//! The checks that come before a text is parsed at all.

use crate::bounds::MAX_INPUT;
use crate::problem::{Problem, code};

/// Takes the byte order mark off `text`; returns what is left and how many bytes were taken.
pub(super) fn without_bom(text: &str) -> (&str, usize) {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, text.len() - rest.len()),
        None => (text, 0),
    }
}

/// Refuses a text of more than [`MAX_INPUT`] bytes.
pub(super) fn check(text: &str) -> Result<(), Vec<Problem>> {
    if text.len() <= MAX_INPUT {
        Ok(())
    } else {
        Err(vec![too_large(text.len())])
    }
}

/// The problem of an input of `length` bytes, more than [`MAX_INPUT`].
pub(crate) fn too_large(length: usize) -> Problem {
    Problem::new(
        code::TOO_LARGE,
        None,
        format!("the input has {length} bytes, more than the {MAX_INPUT} that are read"),
        "split the document, or check that the right file was given",
    )
}
