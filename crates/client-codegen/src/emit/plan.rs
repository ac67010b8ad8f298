//! What the disk should hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// How the names of temporary files begin. Ignored by git; a run removes those that a killed one has left.
pub const TEMPORARY_PREFIX: &str = ".codegen-tmp-";

/// Files with their bytes, and directories in which nothing else belongs. All paths are relative to the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is written.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// Directories whose every other file is an orphan, as `crates/heygen-client/src/generated`.
    pub owned_directories: BTreeSet<PathBuf>,
    /// Directories that, where they do not exist, appear with all their files or not at all: new crates.
    ///
    /// Cargo refuses a workspace that has half a crate, and with it the command that would complete it.
    pub whole_directories: BTreeSet<PathBuf>,
}

impl Plan {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text file. Lines end in `\n` whatever the text has, so that the bytes are the same on every platform.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: &str) {
        self.files
            .insert(path.into(), text.replace("\r\n", "\n").into_bytes());
    }

    /// Makes everything in a directory that is not in the plan an orphan.
    pub fn own(&mut self, directory: impl Into<PathBuf>) {
        self.owned_directories.insert(directory.into());
    }

    /// Makes a directory appear as a whole if it does not exist yet.
    pub fn appear_whole(&mut self, directory: impl Into<PathBuf>) {
        self.whole_directories.insert(directory.into());
    }

    /// Joins two plans; where both have a file, the other's is taken.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.owned_directories.extend(other.owned_directories);
        self.whole_directories.extend(other.whole_directories);
    }

    /// A problem for each path that is not plainly below the workspace.
    pub(super) fn check_paths(&self) -> Diagnostics {
        let directories = self.owned_directories.iter().chain(&self.whole_directories);
        let paths = self.files.keys().chain(directories);
        let bad = paths.filter(|path| !is_below(path));
        bad.map(|path| {
            Diagnostic::error(
                "emit::path",
                format!("`{}` is not a path below the workspace, so nothing is written", shown(path)),
                "this is a fault of the generator; please report it with the document that caused it",
            )
        })
        .collect()
    }
}

fn is_below(path: &Path) -> bool {
    path.components().next().is_some()
        && path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

/// A path as people write it, on every platform; that of the workspace itself is a dot.
pub(super) fn shown(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Whether a run that was killed has left this, or the directory that it is in.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.components().any(|part| {
        part.as_os_str()
            .to_string_lossy()
            .starts_with(TEMPORARY_PREFIX)
    })
}
