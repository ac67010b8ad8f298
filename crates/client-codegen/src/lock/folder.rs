//! The folder that a fetch works in, and the lock that makes whoever writes the manifest, the lock file and documents the only
//! one who does. The operating system keeps it, so a process that is killed does not leave it behind.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use fd_lock::{RwLock, RwLockWriteGuard};
use same_file::Handle;

use crate::diagnostic::Diagnostic;
use crate::emit::{Disk, FileSystem, Kind};

/// Where a fetch keeps what is not in its place yet, relative to the workspace. Ignored by git, and of the name that `emit` gives to
/// what a killed run may leave.
pub const FETCH_FOLDER: &str = "specs/.codegen-tmp-fetch";

/// The file that is locked, in the folder.
pub const HELD: &str = "lock";

/// The lock of a workspace, held or not.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    lock: RwLock<File>,
}

/// The right to write the manifest, the lock file and documents, until it is dropped.
#[derive(Debug)]
pub struct Held<'w> {
    root: &'w Path,
    _guard: RwLockWriteGuard<'w, File>,
}

impl Workspace {
    /// Opens the lock of the workspace, whose folder `specs` is there.
    ///
    /// # Errors
    /// A folder that cannot be made or written, or something else in its place.
    pub fn open(root: &Path) -> Result<Self, Diagnostic> {
        let folder = root.join(FETCH_FOLDER);
        match Disk.kind(&folder) {
            Ok(None | Some(Kind::Directory)) => {}
            Ok(Some(_)) => {
                return Err(Diagnostic::error(
                    "emit::file_for_directory",
                    format!(
                        "{FETCH_FOLDER} is no directory, and a fetch keeps there what it has not yet put in place"
                    ),
                    "move it away and run the command again",
                ));
            }
            Err(error) => return Err(failed(&error)),
        }
        let file = loop {
            fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
            let opened = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(folder.join(HELD));
            match opened {
                Ok(file) => break file,
                // The run before this one has removed the folder in this moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound && root.is_dir() => {}
                Err(error) => return Err(failed(&error)),
            }
        };
        Ok(Self {
            root: root.to_owned(),
            lock: RwLock::new(file),
        })
    }

    /// Waits until no other run has the lock; `wait` is told if there is one. None if that run has removed the file, so that
    /// the workspace has to be opened again.
    ///
    /// # Errors
    /// A system that cannot lock the file.
    pub fn hold(&mut self, wait: impl FnOnce()) -> Result<Option<Held<'_>>, Diagnostic> {
        let handle = self.lock.try_write().map(drop);
        match handle {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait(),
            Err(error) => return Err(failed(&error)),
        }
        let guard = self.lock.write().map_err(|error| failed(&error))?;
        if !is_at(&guard, &self.root.join(FETCH_FOLDER).join(HELD)) {
            // Before there is a `Held`, which would remove the file of whoever holds the lock now.
            return Ok(None);
        }
        Ok(Some(Held {
            root: &self.root,
            _guard: guard,
        }))
    }
}

impl Held<'_> {
    /// The workspace.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let folder = self.root.join(FETCH_FOLDER);
        // Before the lock is given up: who waits for it then sees that the file is no longer the one at the path. What cannot
        // be removed is ignored by git, and used by the next run. The folder stays if there is something in it.
        let _ = fs::remove_file(folder.join(HELD));
        let _ = fs::remove_dir(&folder);
    }
}

/// Whether the path leads to this very file.
fn is_at(file: &File, path: &Path) -> bool {
    let opened = file.try_clone().and_then(Handle::from_file);
    matches!((opened, Handle::from_path(path)), (Ok(opened), Ok(there)) if opened == there)
}

fn failed(error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "emit::write",
        format!("{FETCH_FOLDER} cannot be used: {error}"),
        "make the folder `specs` writable and run the command again; nothing was changed",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that waits for a run that ends, while another run begins before it wakes up.
    #[test]
    fn who_comes_too_late_leaves_the_lock_of_another_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("specs")).unwrap();
        let open = || Workspace::open(root.path()).unwrap();
        let mut first = open();
        let held = first.hold(|| {}).unwrap().unwrap();
        let mut late = open();
        drop(held);
        let mut other = open();
        let held = other.hold(|| {}).unwrap();
        assert!(held.is_some());
        assert!(late.hold(|| {}).unwrap().is_none());
        assert!(root.path().join(FETCH_FOLDER).join(HELD).is_file());
    }
}
