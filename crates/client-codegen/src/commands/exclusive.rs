//! One command at a time writes `specs`.

use std::path::Path;

use super::Console;
use crate::diagnostic::Diagnostic;
use crate::lock::{Held, Workspace};

/// Does something while no other command writes the manifest, the lock file or documents; waits for one that does, and says so.
///
/// # Errors
/// A folder `specs` that is not there, or in which nothing can be written.
pub fn exclusively<T>(
    root: &Path,
    console: &mut Console<'_>,
    work: impl FnOnce(&Held<'_>, &mut Console<'_>) -> T,
) -> Result<T, Diagnostic> {
    loop {
        let mut workspace = Workspace::open(root)?;
        let waiting = || console.say("another command writes here; waiting for it");
        // None if that one has removed the lock's file, and this one held what is no longer the lock.
        if let Some(held) = workspace.hold(waiting)? {
            return Ok(work(&held, console));
        }
    }
}
