//! What every command reads first.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exit;
use crate::input;
use crate::lock::{LOCK_FILE, Lock};
use crate::manifest::{MANIFEST_FILE, Manifest};

/// Reads the manifest below `root`.
pub(super) fn read_manifest(root: &Path) -> Result<Manifest, Diagnostics> {
    let bytes = match input::read_optional(root, MANIFEST_FILE)? {
        Some(bytes) => bytes,
        None => {
            let problem = Diagnostic::error(
                "input::missing",
                format!("{MANIFEST_FILE} does not exist in this folder or one above it"),
                "run the command in a workspace that has one, or name the workspace with --root",
            );
            return Err(problem.into());
        }
    };
    Manifest::parse(MANIFEST_FILE, bytes)
}

/// Reads the lock below `root`; one that does not exist is empty.
pub(super) fn read_lock(root: &Path) -> Result<Lock, Diagnostics> {
    let bytes = input::read_optional(root, LOCK_FILE)?;
    Lock::parse(LOCK_FILE, bytes)
}

/// An API that does not exist is wrong usage, everything else a failure.
pub(super) fn exit_code(problems: &Diagnostics) -> u8 {
    let is_usage = |code: &str| code == "manifest::unknown_api";
    if problems.iter().any(|problem| is_usage(problem.code())) {
        exit::USAGE
    } else {
        exit::FAILURE
    }
}
