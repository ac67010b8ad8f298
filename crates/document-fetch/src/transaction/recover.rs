//! Ends what a run before this one began.

use std::io;
use std::path::Path;

use client_codegen::diagnostic::Diagnostic;
use client_codegen::emit::{FileSystem, Kind};
use client_codegen::lock::{FETCH_FOLDER, FETCH_JOURNAL, HELD, Held, sha256};

use super::commit::{finish, not_ended};
use super::journal::{Journal, Put, broken};

/// What a run before this one left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recovered {
    /// Nothing, or nothing that matters.
    Nothing,
    /// New documents that are in place now.
    Finished,
}

/// Puts in place what has a journal, and removes what has none.
///
/// # Errors
/// A journal that cannot be followed, and what fails on the way; the next run tries again.
pub(crate) fn recover(held: &Held<'_>, files: &dyn FileSystem) -> Result<Recovered, Diagnostic> {
    let root = held.root();
    let path = root.join(FETCH_JOURNAL);
    let found = match files.kind(&path).map_err(|error| not_ended(&error))? {
        None => {
            clear(root, files).map_err(|error| not_cleared(&error))?;
            return Ok(Recovered::Nothing);
        }
        Some(Kind::File) => files.read(&path).map_err(|error| not_ended(&error))?,
        Some(_) => return Err(broken("it is no file")),
    };
    let journal = Journal::parse(&found)?;
    check(root, &journal, files)?;
    finish(root, &journal, files).map_err(|error| not_ended(&error))?;
    clear(root, files).map_err(|error| not_cleared(&error))?;
    Ok(Recovered::Finished)
}

/// Whether what waits in the folder is what the journal names. A power cut can take what a disk said it had.
fn check(root: &Path, journal: &Journal, files: &dyn FileSystem) -> Result<(), Diagnostic> {
    for Put {
        from,
        to,
        sha256: hash,
    } in &journal.put
    {
        let waiting = root.join(FETCH_FOLDER).join(from);
        let is_there = files.kind(&waiting).map_err(|error| not_ended(&error))?;
        if is_there != Some(Kind::File) {
            // What is no longer there has to be in its place, unless somebody has put back what was there.
            let target = root.join(to);
            let kind = files.kind(&target).map_err(|error| not_ended(&error))?;
            let is_done = kind == Some(Kind::File)
                && sha256(&files.read(&target).map_err(|error| not_ended(&error))?) == *hash;
            if !is_done {
                return Err(broken(&format!(
                    "{to} is neither in its place nor in the folder"
                )));
            }
            continue;
        }
        let bytes = files.read(&waiting).map_err(|error| not_ended(&error))?;
        if sha256(&bytes) != *hash {
            return Err(broken(&format!("what is to become {to} is damaged")));
        }
    }
    Ok(())
}

/// Removes all files of the folder but the lock. There is no folder in it.
pub(super) fn clear(root: &Path, files: &dyn FileSystem) -> io::Result<()> {
    let folder = root.join(FETCH_FOLDER);
    for name in files.list(&folder)? {
        if name != HELD {
            files.remove_file(&folder.join(name))?;
        }
    }
    Ok(())
}

fn not_cleared(error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "fetch::write",
        format!("what an interrupted run left in {FETCH_FOLDER} cannot be removed: {error}"),
        "remove the folder and run the command again",
    )
}
