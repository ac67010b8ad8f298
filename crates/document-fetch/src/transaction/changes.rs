//! What is to be written and removed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::emit::{self, ChangeKind, FileSystem, Kind, Plan};
use client_codegen::lock::sha256;

/// The hashes of files, by their paths relative to the workspace; None for one that is not there.
pub(crate) type Hashes = BTreeMap<String, Option<String>>;

/// Files of an API and of the lists beside it, by their paths relative to the workspace, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// What is there afterwards.
    pub(crate) put: BTreeMap<String, Vec<u8>>,
    /// What is not.
    pub(crate) remove: BTreeSet<String>,
    /// What all this was decided from: these files as they were before a vendor was asked.
    pub(crate) expected: Hashes,
}

impl Changes {
    /// The same without what is so already, after it was seen that all of it can be done: no link is followed, nothing but
    /// files is replaced or removed. These are the rules of `emit`, which is asked.
    pub(super) fn needed(&self, root: &Path, files: &dyn FileSystem) -> Result<Self, Diagnostics> {
        self.check_folders()?;
        let mut plan = Plan::new();
        let put = self.put.iter();
        plan.files
            .extend(put.map(|(path, bytes)| (path.into(), bytes.clone())));
        let mut needed = Self::default();
        for change in emit::compare(root, &plan, files)? {
            if change.kind != ChangeKind::Orphaned
                && let (Some(path), Some(bytes)) = (change.path.to_str(), change.new)
            {
                needed.put.insert(path.replace('\\', "/"), bytes);
            }
        }
        let mut problems = Diagnostics::new();
        for path in &self.remove {
            match removable(root, path, files) {
                Ok(true) => drop(needed.remove.insert(path.clone())),
                Ok(false) => {}
                Err(problem) => problems.push(problem),
            }
        }
        problems.or_value(needed)
    }

    /// A file cannot be the folder of another, whatever the case: on the disk there is neither yet.
    fn check_folders(&self) -> Result<(), Diagnostics> {
        let files: BTreeSet<String> = self.put.keys().map(|path| path.to_lowercase()).collect();
        let mut problems = Diagnostics::new();
        for path in self.put.keys() {
            let lower = path.to_lowercase();
            let mut folders = Path::new(&lower).ancestors().skip(1);
            let file =
                folders.find(|folder| folder.to_str().is_some_and(|one| files.contains(one)));
            if let Some(file) = file {
                problems.push(Diagnostic::error(
                    "emit::file_for_directory",
                    format!(
                        "{} would be a file, and the folder of {path}",
                        file.display()
                    ),
                    "give one of the two documents another `file` in specs/apis.toml; nothing was written",
                ));
            }
        }
        problems.or_value(())
    }

    /// Whether everything is still what it was when the changes were decided. People edit while a vendor is asked, and not everybody
    /// who writes holds the lock.
    pub(super) fn check_expected(
        &self,
        root: &Path,
        files: &dyn FileSystem,
    ) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::new();
        for (path, expected) in &self.expected {
            let found = match kind(root, Path::new(path), files) {
                Ok(None) => Ok(None),
                Ok(Some(_)) => {
                    let bytes = files.read(&root.join(path));
                    bytes
                        .map(|bytes| Some(sha256(&bytes)))
                        .map_err(|error| unreadable(Path::new(path), &error))
                }
                Err(problem) => Err(problem),
            };
            match found {
                Ok(found) if found == *expected => {}
                Ok(found) => {
                    problems.push(changed_meanwhile(path, expected.is_some(), found.is_some()))
                }
                Err(problem) => problems.push(problem),
            }
        }
        problems.or_value(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.put.is_empty() && self.remove.is_empty()
    }
}

/// Whether a file is there to be removed.
fn removable(root: &Path, path: &str, files: &dyn FileSystem) -> Result<bool, Diagnostic> {
    let target = Path::new(path);
    let folders = target.ancestors().skip(1);
    let has_name = |part: &&Path| !part.as_os_str().is_empty();
    for part in folders.filter(has_name) {
        if kind(root, part, files)?.is_some_and(|kind| kind != Kind::Directory) {
            return Err(in_the_way(part));
        }
    }
    match kind(root, target, files)? {
        None => Ok(false),
        Some(Kind::File) => Ok(true),
        Some(_) => Err(in_the_way(target)),
    }
}

fn kind(root: &Path, path: &Path, files: &dyn FileSystem) -> Result<Option<Kind>, Diagnostic> {
    let kind = files.kind(&root.join(path));
    kind.map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "emit::read",
        format!("{} cannot be read: {error}", path.display()),
        "check its permissions and run the command again; nothing was written",
    )
}

fn changed_meanwhile(path: &str, was_there: bool, is_there: bool) -> Diagnostic {
    let what = match (was_there, is_there) {
        (false, _) => "has appeared",
        (true, true) => "was changed",
        (true, false) => "was removed",
    };
    Diagnostic::error(
        "fetch::changed_meanwhile",
        format!(
            "{path} {what} while the vendor was asked, so what came may not go together with it"
        ),
        "run the command again, which starts from what is there now; nothing of this API was written",
    )
}

fn in_the_way(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "emit::symlink",
        format!(
            "{} is a symbolic link or another thing that is no file, which is neither followed nor removed",
            path.display()
        ),
        "remove it and run the command again",
    )
}
