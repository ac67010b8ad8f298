//! A tree of files: the working tree, or that of a revision.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::git::Revision;
use crate::commands::inputs::{self, is_folder};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lock::LOCK_FILE;
use crate::manifest::{MANIFEST_FILE, Manifest};

/// Where the files of one side are.
pub(super) struct Tree {
    /// What people call it: a revision, or "the working tree".
    pub(super) name: String,
    /// The folder above `specs/`.
    pub(super) root: PathBuf,
    pub(super) manifest: Manifest,
    /// Removes the folder of a revision.
    _folder: Option<TempDir>,
}

/// What the working tree is called.
pub(super) const WORKING_TREE: &str = "the working tree";

impl Tree {
    /// The files as they are on the disk.
    pub(super) fn working(root: &Path, program: &str) -> Result<Self, Diagnostics> {
        Ok(Self {
            name: WORKING_TREE.to_owned(),
            root: root.to_owned(),
            manifest: inputs::read_manifest(root, program)?,
            _folder: None,
        })
    }

    /// The files of a revision, those that the APIs of these names need (all of them if there is none), in a temporary
    /// folder: so they are read as those of the working tree are, and are called as they are there.
    pub(super) fn revision(root: &Path, name: &str, apis: &[String]) -> Result<Self, Diagnostics> {
        is_folder(root)?;
        let mut revision = Revision::open(root, name)?;
        let Some(manifest) = revision.read(MANIFEST_FILE)? else {
            let problem = Diagnostic::error(
                "diff::no_specs",
                format!("{MANIFEST_FILE} is not in `{name}`"),
                "compare with a revision that has it, by --base",
            );
            return Err(problem.into());
        };
        let folder = TempDir::new().map_err(|error| unwritten(&error))?;
        write(folder.path(), MANIFEST_FILE, &manifest)?;
        let manifest = Manifest::parse(MANIFEST_FILE, manifest)?;
        let mut wanted = BTreeSet::from([LOCK_FILE.to_owned(), "Cargo.toml".to_owned()]);
        for api in &manifest.apis {
            if apis.is_empty() || apis.contains(&api.name) {
                wanted.extend(api.documents.iter().map(|document| document.path()));
                wanted.extend(api.overlay_path());
                wanted.insert(format!("{}/Cargo.toml", api.crate_path()));
            }
        }
        let mut problems = Diagnostics::new();
        for path in wanted {
            let written = revision.read(&path).and_then(|bytes| match bytes {
                Some(bytes) => write(folder.path(), &path, &bytes),
                // Whoever reads it says that it is missing, if it has to be there.
                None => Ok(()),
            });
            if let Err(problem) = written {
                problems.push(problem);
            }
        }
        problems.or_value(Self {
            name: format!("`{name}`"),
            root: folder.path().to_owned(),
            manifest,
            _folder: Some(folder),
        })
    }
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let written = || {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        File::create_new(path)?.write_all(bytes)
    };
    written().map_err(|error| unwritten(&error))
}

fn unwritten(error: &io::Error) -> Diagnostic {
    // The kind alone: the rest has names that are made up anew in each run.
    let error = error.kind();
    let message =
        format!("the files of the revision cannot be written to a temporary folder: {error}");
    let help =
        "make room in the system's folder for temporary files, or name another one by TMPDIR";
    Diagnostic::error("diff::temporary_folder", message, help)
}
