//! One API up to *lower*, for programs beside this one that work with what clients are generated from.

use std::path::Path;

use openapi_lower::Lowered;

use super::inputs::{self, read_lock, read_manifest};
use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::input::{self, Vendored};
use crate::lock;
use crate::manifest::Api;
use crate::pipeline;

/// An API of the manifest and what the stages up to *lower* made of its documents.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its entry in the manifest.
    pub api: Api,
    /// The document after the overlay: what the vendor promises, with our corrections.
    pub overlaid: Assembled,
    /// What its client is generated from.
    pub lowered: Lowered,
    /// What is wrong with the documents and was left out.
    pub warnings: Diagnostics,
}

/// Reads the API of this name below `root`, pinned documents only. `program` is how people start the caller's tool.
///
/// # Errors
/// What `codegen` would say of the same files, as far as *lower*.
pub fn load(root: &Path, name: &str, program: &str) -> Result<Loaded, Diagnostics> {
    let (manifest, lock) =
        Diagnostics::both(read_manifest(root, program), read_lock(root, program))?;
    let selected = manifest.select(&[name])?;
    // One name selects one API or is a problem; this arm only keeps the compiler from having to know.
    let Some(api) = selected.first().copied() else {
        let message = format!("there is no API `{name}`");
        let help = "name an API of the manifest";
        return Err(Diagnostic::error("manifest::unknown_api", message, help).into());
    };
    let documents = input::vendored(root, api)?;
    let pinnable: Vec<_> = documents.iter().map(Vendored::pinnable).collect();
    lock::check(&lock, &manifest, &pinnable, program).or_value(())?;
    let overlaid = pipeline::overlaid_documents(root, api, &documents)?;
    let lowered = pipeline::lowered(&overlaid)?;
    let warnings = pipeline::warnings(&overlaid, &lowered);
    Ok(Loaded {
        api: api.clone(),
        overlaid,
        lowered,
        warnings,
    })
}

/// The exit code for problems of [`load`]: an API that does not exist is wrong usage, everything else a failure.
#[must_use]
pub fn exit_code(problems: &Diagnostics) -> u8 {
    inputs::exit_code(problems)
}
