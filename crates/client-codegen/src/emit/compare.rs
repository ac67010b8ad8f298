//! What differs between a plan and the disk.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::plan::{is_temporary, shown};
use super::{FileSystem, Kind, Plan};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is in the plan and not on the disk.
    Missing,
    /// It is in both with different bytes.
    Stale,
    /// It is on the disk, where it does not belong: in an owned directory, or left behind by a killed run.
    Orphaned,
}

/// A file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the workspace.
    pub path: PathBuf,
    /// How it differs.
    pub kind: ChangeKind,
    /// What is on the disk.
    pub old: Option<Vec<u8>>,
    /// What is in the plan.
    pub new: Option<Vec<u8>>,
}

/// All differences, sorted by path; the problems if the disk cannot be read or does not fit the plan.
pub fn compare(
    root: &Path,
    plan: &Plan,
    files: &dyn FileSystem,
) -> Result<Vec<Change>, Diagnostics> {
    let problems = plan.check_paths();
    if problems.has_errors() {
        return Err(problems);
    }
    let mut comparison = Comparison {
        root,
        plan,
        files,
        problems,
        changes: Vec::new(),
        checked: BTreeSet::new(),
    };
    for (path, new) in &plan.files {
        comparison.file(path, new);
    }
    for directory in &plan.owned_directories {
        if comparison.is_usable_directory(directory) {
            comparison.orphans(directory, true);
        }
    }
    let parents: BTreeSet<&Path> = plan.files.keys().filter_map(|path| path.parent()).collect();
    for parent in parents {
        let owned = plan
            .owned_directories
            .iter()
            .any(|owned| parent.starts_with(owned));
        if !owned && comparison.is_usable_directory(parent) {
            comparison.orphans(parent, false);
        }
    }
    for directory in leftover_directories(root, files) {
        comparison.orphans(&directory, true);
    }
    let Comparison {
        problems,
        mut changes,
        ..
    } = comparison;
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    problems.or_value(changes)
}

/// New crates that a killed run had not finished, relative to the workspace.
pub(super) fn leftover_directories(root: &Path, files: &dyn FileSystem) -> Vec<PathBuf> {
    // Where the workspace itself cannot be listed, reading the planned files fails with a better message.
    let names = files.list(root).unwrap_or_default();
    let paths = names.into_iter().map(PathBuf::from);
    paths
        .filter(|path| is_temporary(path))
        .filter(|path| matches!(files.kind(&root.join(path)), Ok(Some(Kind::Directory))))
        .collect()
}

struct Comparison<'a> {
    root: &'a Path,
    plan: &'a Plan,
    files: &'a dyn FileSystem,
    problems: Diagnostics,
    changes: Vec<Change>,
    /// Directories that were found to be ones, or whose problem was raised.
    checked: BTreeSet<PathBuf>,
}

impl Comparison<'_> {
    fn file(&mut self, path: &Path, new: &[u8]) {
        if !path.parent().is_none_or(|parent| self.is_clear(parent)) {
            return;
        }
        let old = match self.kind(path) {
            None => return,
            Some(None) => None,
            Some(Some(Kind::File)) => match self.files.read(&self.root.join(path)) {
                Ok(old) => Some(old),
                Err(error) => return self.problems.push(unreadable(path, &error)),
            },
            Some(Some(Kind::Symlink)) => return self.problems.push(symlink(path)),
            Some(Some(Kind::Directory | Kind::Other)) => {
                return self.problems.push(Diagnostic::error(
                    "emit::directory_for_file",
                    format!(
                        "{} is not a file, and a generated file belongs there",
                        shown(path)
                    ),
                    "move it away and run the command again",
                ));
            }
        };
        let kind = match &old {
            None => ChangeKind::Missing,
            Some(old) if old == new => return,
            Some(_) => ChangeKind::Stale,
        };
        self.changes.push(Change {
            path: path.to_owned(),
            kind,
            old,
            new: Some(new.to_owned()),
        });
    }

    /// Files of a directory that are not in the plan; of a directory that is not owned, only what a killed run has left.
    fn orphans(&mut self, directory: &Path, owned: bool) {
        let names = match self.files.list(&self.root.join(directory)) {
            Ok(names) => names,
            Err(error) => return self.problems.push(unreadable(directory, &error)),
        };
        for name in names {
            let path = directory.join(name);
            if self.plan.files.contains_key(&path) || (!owned && !is_temporary(&path)) {
                continue;
            }
            match self.kind(&path) {
                Some(Some(Kind::Directory)) if owned => self.orphans(&path, true),
                Some(Some(Kind::File)) => match self.files.read(&self.root.join(&path)) {
                    Ok(old) => {
                        let kind = ChangeKind::Orphaned;
                        self.changes.push(Change {
                            path,
                            kind,
                            old: Some(old),
                            new: None,
                        });
                    }
                    Err(error) => self.problems.push(unreadable(&path, &error)),
                },
                Some(Some(Kind::Symlink | Kind::Other)) if owned => {
                    self.problems.push(symlink(&path))
                }
                _ => {}
            }
        }
    }

    /// Whether a directory can be listed. One that does not exist holds nothing.
    fn is_usable_directory(&mut self, directory: &Path) -> bool {
        self.is_clear(directory)
            && (directory.as_os_str().is_empty()
                || self.kind(directory) == Some(Some(Kind::Directory)))
    }

    /// Whether files can be made below a directory: each part of its path is a directory or nothing.
    ///
    /// A link is not followed: what it leads to may lie outside of the workspace.
    fn is_clear(&mut self, directory: &Path) -> bool {
        let mut parts: Vec<&Path> = directory
            .ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .collect();
        parts.reverse();
        for part in parts {
            if self.checked.contains(part) {
                continue;
            }
            match self.kind(part) {
                Some(None | Some(Kind::Directory)) => {
                    self.checked.insert(part.to_owned());
                }
                Some(Some(Kind::Symlink)) => {
                    self.problems.push(symlink(part));
                    return false;
                }
                Some(Some(Kind::File | Kind::Other)) => {
                    self.problems.push(Diagnostic::error(
                        "emit::file_for_directory",
                        format!(
                            "{} is a file, and a directory of generated files belongs there",
                            shown(part)
                        ),
                        "move it away and run the command again",
                    ));
                    return false;
                }
                None => return false,
            }
        }
        true
    }

    /// None if asking has failed, which is a problem.
    fn kind(&mut self, path: &Path) -> Option<Option<Kind>> {
        match self.files.kind(&self.root.join(path)) {
            Ok(kind) => Some(kind),
            Err(error) => {
                self.problems.push(unreadable(path, &error));
                None
            }
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "emit::read",
        format!("{} cannot be read: {error}", shown(path)),
        "check its permissions and run the command again; nothing was written",
    )
}

fn symlink(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "emit::symlink",
        format!(
            "{} is a symbolic link or a special file, which is neither followed nor replaced",
            shown(path)
        ),
        "remove it and run the command again",
    )
}
