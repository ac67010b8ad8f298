//! One API in one tree.

use std::path::Path;

use semver::Version;
use serde_json::Value;

use super::tree::Tree;
use super::version::crate_version;
use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Isolation;
use crate::input::{self, Vendored};
use crate::lock::{self, Lock};
use crate::manifest::Api;
use crate::pipeline;
use crate::surface::surface;

/// What is compared of an API.
pub(super) struct Side {
    pub(super) api: Api,
    /// The document after the overlay.
    pub(super) overlaid: Assembled,
    /// The version of its crate; none if there is no crate yet.
    pub(super) version: Option<Version>,
    /// Documents that are not those of the lock.
    pub(super) not_pinned: Vec<String>,
}

impl Side {
    /// Reads an API up to *overlay*, and the version of its crate.
    pub(super) fn read(
        tree: &Tree,
        api: &Api,
        lock: Option<&Lock>,
        program: &str,
    ) -> Result<Self, Diagnostics> {
        let version = crate_version(&tree.root, api);
        let documents = input::vendored(&tree.root, api);
        let not_pinned = match (&documents, lock) {
            (Ok(documents), Some(lock)) => not_pinned(lock, tree, documents, program),
            _ => Vec::new(),
        };
        let overlaid = documents
            .and_then(|documents| pipeline::overlaid_documents(&tree.root, api, &documents));
        let (overlaid, version) = Diagnostics::both(overlaid, version.map_err(Into::into))?;
        Ok(Self {
            api: api.clone(),
            overlaid,
            version,
            not_pinned,
        })
    }

    /// The same of documents that no manifest lists.
    pub(super) fn of_files(api: Api, documents: &[Vendored]) -> Result<Self, Diagnostics> {
        Ok(Self {
            overlaid: pipeline::overlaid_documents(Path::new(""), &api, documents)?,
            api,
            version: None,
            not_pinned: Vec::new(),
        })
    }

    pub(super) fn document(&self) -> &Value {
        &self.overlaid.document
    }

    /// The public items of the client that the generator of today makes.
    pub(super) fn surface(&self, isolation: &Isolation) -> Result<String, Diagnostics> {
        let mut lowered = pipeline::lowered(&self.overlaid)?;
        let generated = pipeline::generated(&self.overlaid, &mut lowered, isolation)?;
        let finished = pipeline::finished(&self.overlaid, &lowered, generated, &self.api)?;
        Ok(surface(&finished))
    }
}

/// A change is looked at before it is pinned, so that is no problem here.
fn not_pinned(lock: &Lock, tree: &Tree, documents: &[Vendored], program: &str) -> Vec<String> {
    let differs = |document: &&Vendored| {
        let found = lock::check(lock, &tree.manifest, &[document.pinnable()], program);
        let is_one = |problem: &Diagnostic| {
            matches!(problem.code(), "lock::not_pinned" | "lock::hash_mismatch")
        };
        found.iter().any(is_one)
    };
    let paths = documents.iter().filter(differs);
    paths.map(|document| document.document.path()).collect()
}
