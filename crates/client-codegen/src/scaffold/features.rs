//! The features that a crate's Cargo.toml declares.

use std::sync::Arc;

use toml_edit::Document;

use super::workspace::{not_toml, not_utf8};
use crate::diagnostic::{Diagnostic, SourceFile};

/// Whether a crate declares a feature. Generated code that is behind a feature is for such crates alone: one that was
/// scaffolded before there was the feature, or has dropped it, is its people's, and is not changed.
///
/// # Errors
/// A Cargo.toml that is none.
pub fn has_feature(cargo_toml: &Arc<SourceFile>, feature: &str) -> Result<bool, Diagnostic> {
    let name = cargo_toml.name();
    let text = cargo_toml.text().ok_or_else(|| not_utf8(name))?;
    let document = Document::parse(text).map_err(|error| not_toml(cargo_toml, &error))?;
    let features = document
        .get("features")
        .and_then(|item| item.as_table_like());
    Ok(features.is_some_and(|features| features.contains_key(feature)))
}
