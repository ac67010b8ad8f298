//! Makes a set of changes, all of it or nothing.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::emit::{FileSystem, Kind};
use client_codegen::lock::{FETCH_FOLDER, FETCH_JOURNAL, Held, sha256};

use super::journal::{Journal, Put};
use super::{Changes, recover};

/// The journal before it has its name.
pub(super) const UNNAMED: &str = "journal.new";

/// Makes the changes. Returns false if there was nothing to do.
///
/// # Errors
/// What stands in the way, with nothing changed, and what fails while it is written: then everything is as it was, or the next
/// run ends what this one began, and the diagnostic says which.
pub(crate) fn commit(
    held: &Held<'_>,
    changes: &Changes,
    files: &dyn FileSystem,
) -> Result<bool, Diagnostics> {
    let root = held.root();
    let needed = changes.needed(root, files)?;
    if needed.is_empty() {
        return Ok(false);
    }
    if is_decided(root, files).map_err(|error| not_begun(&error))? {
        return Err(not_ended(&io::Error::other("something else has to be ended first")).into());
    }
    // The last moment: from here on nobody asks what was there.
    changes.check_expected(root, files)?;
    let journal = match prepare(root, &needed, files) {
        Ok(journal) => journal,
        Err(error) => {
            // It is the next run's to remove if this fails as well, so that is no news.
            let _ = abandon(root, files);
            return Err(not_begun(&error).into());
        }
    };
    // From here on the API is new.
    finish(root, &journal, files).map_err(|error| not_ended(&error))?;
    Ok(true)
}

/// Whether a journal is there, so that its changes have to be ended before others begin.
fn is_decided(root: &Path, files: &dyn FileSystem) -> io::Result<bool> {
    Ok(files.kind(&root.join(FETCH_JOURNAL))?.is_some())
}

/// Removes what was prepared. A file system may say that it has not given the journal its name and have done it, so that goes
/// first: nothing is in its place yet.
fn abandon(root: &Path, files: &dyn FileSystem) -> io::Result<()> {
    if is_decided(root, files)? {
        files.remove_file(&root.join(FETCH_JOURNAL))?;
    }
    recover::clear(root, files)
}

/// Writes what is new, and the journal under its name.
fn prepare(root: &Path, needed: &Changes, files: &dyn FileSystem) -> io::Result<Journal> {
    let folder = root.join(FETCH_FOLDER);
    let mut journal = Journal {
        remove: needed.remove.iter().cloned().collect(),
        ..Journal::default()
    };
    for (position, (path, bytes)) in needed.put.iter().enumerate() {
        let from = position.to_string();
        let file = folder.join(&from);
        files.create(&file, bytes)?;
        files.sync(&file)?;
        journal.put.push(Put {
            from,
            to: path.clone(),
            sha256: sha256(bytes),
        });
    }
    let unnamed = folder.join(UNNAMED);
    files.create(&unnamed, journal.to_text().as_bytes())?;
    files.sync(&unnamed)?;
    // The files before the journal that names them, also after a power cut.
    files.sync(&folder)?;
    files.rename(&unnamed, &root.join(FETCH_JOURNAL))?;
    Ok(journal)
}

/// Does what a journal says, as far as it is not done yet.
pub(super) fn finish(root: &Path, journal: &Journal, files: &dyn FileSystem) -> io::Result<()> {
    let folder = root.join(FETCH_FOLDER);
    files.sync(&folder)?;
    let mut folders = BTreeSet::new();
    for Put { from, to, .. } in &journal.put {
        let (from, to) = (folder.join(from), root.join(to));
        let parent = to.parent().unwrap_or(root).to_owned();
        if files.kind(&from)? == Some(Kind::File) {
            files.create_directories(&parent)?;
            files.rename(&from, &to)?;
        }
        folders.insert(parent);
    }
    for path in &journal.remove {
        let path = root.join(path);
        if files.kind(&path)? == Some(Kind::File) {
            files.remove_file(&path)?;
        }
        let parent = path.parent().unwrap_or(root);
        // A folder that holds nothing is none to git.
        if files.kind(parent)? == Some(Kind::Directory) {
            match files.list(parent)?.is_empty() {
                true => files.remove_directory(parent)?,
                false => drop(folders.insert(parent.to_owned())),
            }
        }
    }
    for folder in &folders {
        if files.kind(folder)? == Some(Kind::Directory) {
            files.sync(folder)?;
        }
    }
    // Last: as long as it is there, everything above is done again.
    files.remove_file(&root.join(FETCH_JOURNAL))?;
    files.sync(&folder)
}

fn not_begun(error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "fetch::write",
        format!("the new documents cannot be written to {FETCH_FOLDER}: {error}"),
        "remove the cause (a full disk, permissions) and run the command again; nothing was changed",
    )
}

/// Something failed on the way, after the decision.
pub(super) fn not_ended(error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "fetch::write",
        format!(
            "the new documents are complete in {FETCH_FOLDER}, and cannot be put in place: {error}"
        ),
        "remove the cause (a full disk, permissions, an open file) and run the command again: it puts the rest in place before \
         it does anything else, and until then the other commands refuse to work with half of it",
    )
}
