//! The assembled document.

use openapi_lower::Note;
use serde_json::Value;

use super::Origins;
use super::joined::Joined;
use super::levels::level;
use super::part::parts;
use super::path_items::write_out;
use super::schemes::unify;
use crate::diagnostic::Diagnostics;
use crate::input::Page;

/// One document for an API, and where each of its values came from.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// An OpenAPI document; all objects are sorted by key.
    pub document: Value,
    /// Pointers of `document` to places.
    pub origins: Origins,
    /// What documents of a lower rank say differently, sorted by pointer (of `document`).
    pub notes: Vec<Note>,
}

/// Joins the fragments of all pages under the manifest's title. The order of the pages has no meaning.
pub fn assemble(pages: &[Page], title: &str) -> Result<Assembled, Diagnostics> {
    let mut joined = Joined::default();
    let mut all = Vec::new();
    for (part, spans) in parts(pages)? {
        joined.origins.add_part(&part.file, spans);
        all.push(part);
    }
    // Whatever has no place of its own is somewhere in the first document.
    joined.origins.set("", 0, "");
    unify(&mut all);
    if all.len() > 1 {
        all.iter_mut().for_each(write_out);
        level(&mut all);
    }
    for part in &all {
        joined.head(part);
        // Components first, so that what an operation refers to is there to be compared.
        joined.section(part, "components");
        joined.section(part, "paths");
        joined.section(part, "webhooks");
    }
    joined.finish(title)
}
