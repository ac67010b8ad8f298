//! Fragments with the file that each came from.

use std::sync::Arc;

use openapi_pages::{Format, Fragment, extract};

use super::Vendored;
use crate::diagnostic::{Diagnostics, SourceFile, from_pages};

/// What a vendored document holds.
#[derive(Debug, Clone)]
pub struct Page {
    /// The document's file.
    pub file: Arc<SourceFile>,
    /// How it was read.
    pub format: Format,
    /// The document's rank in the manifest.
    pub rank: i64,
    /// Never empty; a dump holds several.
    pub fragments: Vec<Fragment>,
}

/// Extracts the fragments of each document; the problems of all documents if one has any.
pub fn pages(documents: &[Vendored]) -> Result<Vec<Page>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut all = Vec::new();
    for Vendored {
        document,
        bytes,
        file,
        ..
    } in documents
    {
        match extract(bytes, document.format) {
            Ok(extraction) => all.push(Page {
                file: Arc::clone(file),
                format: extraction.format,
                rank: document.rank,
                fragments: extraction.fragments,
            }),
            Err(found) => {
                problems.extend(found.into_iter().map(|problem| from_pages(problem, file)))
            }
        }
    }
    problems.or_value(all)
}
