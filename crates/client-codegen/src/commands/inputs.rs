//! What every command reads first.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exit;
use crate::input;
use crate::lock::{FETCH_JOURNAL, LOCK_FILE, Lock};
use crate::manifest::{self, MANIFEST_FILE, Manifest};

/// Refuses a root that is misspelt: reading would find nothing there, and `new` would make folders below it.
pub(super) fn is_folder(root: &Path) -> Result<(), Diagnostic> {
    if root.is_dir() {
        return Ok(());
    }
    let message = format!("{} is not a folder", root.display());
    let help = "make the folder first, or correct --root";
    Err(Diagnostic::error("input::missing", message, help))
}

/// Reads the manifest below `root`. `program` is how people start the tool.
///
/// # Errors
/// A folder without a manifest, and all that is wrong with the manifest.
pub fn read_manifest(root: &Path, program: &str) -> Result<Manifest, Diagnostics> {
    is_folder(root)?;
    let bytes = match input::read_optional(root, MANIFEST_FILE)? {
        Some(bytes) => bytes,
        None => {
            let problem = Diagnostic::error(
                "input::missing",
                format!("{MANIFEST_FILE} does not exist in this folder or one above it"),
                format!(
                    "run the command in a folder that has one or name that folder with --root; \
                     `{program} new NAME --file FILE` makes one"
                ),
            );
            return Err(problem.into());
        }
    };
    Manifest::parse(MANIFEST_FILE, bytes)
}

/// Reads the manifest below `root`; where there is none, the one that the first API is added to.
pub(super) fn read_or_start_manifest(root: &Path, program: &str) -> Result<Manifest, Diagnostics> {
    let bytes = input::read_optional(root, MANIFEST_FILE)?;
    let bytes = bytes.unwrap_or_else(|| manifest::header(program).into_bytes());
    Manifest::parse(MANIFEST_FILE, bytes)
}

/// Reads the lock below `root`; one that does not exist is empty.
///
/// # Errors
/// A lock that cannot be read, and a fetch that did not come to its end: until it has, the lock and the documents need not be
/// of the same moment.
pub fn read_lock(root: &Path, program: &str) -> Result<Lock, Diagnostics> {
    if root.join(FETCH_JOURNAL).exists() {
        let problem = Diagnostic::error(
            "lock::unfinished_fetch",
            format!(
                "a run of `fetch` has ended, or is, in the middle of writing specs ({FETCH_JOURNAL} is there)"
            ),
            format!("run `{program} fetch`, which finishes it first; it needs no network for that"),
        );
        return Err(problem.into());
    }
    let bytes = input::read_optional(root, LOCK_FILE)?;
    Lock::parse(LOCK_FILE, bytes, program)
}

/// An API or a revision that does not exist is wrong usage, everything else a failure.
pub(super) fn exit_code(problems: &Diagnostics) -> u8 {
    let is_usage = |code: &str| matches!(code, "diff::unknown_revision" | "manifest::unknown_api");
    if problems.iter().any(|problem| is_usage(problem.code())) {
        exit::USAGE
    } else {
        exit::FAILURE
    }
}
