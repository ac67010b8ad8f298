//! What the fuzz targets share: the promises that `tests/hostile.rs` checks, too.

use openapi_pages::Format;

#[path = "../../tests/support/promises.rs"]
mod promises;

/// Reads `input` in the stated form, or recognises its form.
///
/// # Panics
///
/// If the answer breaks a promise; that is the finding.
pub fn check(input: &[u8], stated: Option<Format>) {
    promises::check(input, stated);
}

/// Reads `input` by the parsers that other stages use.
///
/// # Panics
///
/// If the answer breaks a promise.
pub fn check_parsers(input: &[u8]) {
    promises::check_parsers(input);
}
