//! Makes the disk what the plan says.

use std::io;
use std::path::{Path, PathBuf};

use super::compare::leftover_directories;
use super::plan::{is_temporary, shown};
use super::{Change, ChangeKind, FileSystem, Kind, Plan, TEMPORARY_PREFIX, compare};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Writes what differs and says what that was.
///
/// Leftovers of a killed run go first, then files are written, then new crates appear, and orphans are removed last: a
/// crate that lacks a file does not compile, one that has an orphan too many does. New crates come after the files,
/// because a crate that exists is not scaffolded again: what belongs to its scaffold and lies outside of it must be there.
/// The first operation that fails ends the run; each file is then wholly old or wholly new.
pub fn apply(root: &Path, plan: &Plan, files: &dyn FileSystem) -> Result<Vec<Change>, Diagnostics> {
    let changes = compare(root, plan, files)?;
    let (leftovers, changed): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| is_leftover(change));
    let (orphans, written): (Vec<&Change>, Vec<&Change>) = changed
        .into_iter()
        .partition(|change| change.kind == ChangeKind::Orphaned);
    for change in leftovers {
        remove(root, &change.path, files)?;
    }
    for directory in leftover_directories(root, files) {
        remove_empty(root, &directory, plan, files)?;
    }
    let new_directories = new_directories(root, plan, files)?;
    for change in written {
        if new_directories
            .iter()
            .any(|directory| change.path.starts_with(directory))
        {
            continue;
        }
        let bytes = change.new.as_deref().unwrap_or_default();
        replace(&root.join(&change.path), bytes, files)
            .map_err(|error| failed("write", &change.path, &error))?;
    }
    for directory in new_directories {
        make_whole(root, directory, plan, files)
            .map_err(|error| failed("write", directory, &error))?;
    }
    for change in orphans {
        remove(root, &change.path, files)?;
    }
    for directory in &plan.owned_directories {
        remove_empty(root, directory, plan, files)?;
    }
    Ok(changes)
}

/// The directories that are to appear as a whole.
fn new_directories<'p>(
    root: &Path,
    plan: &'p Plan,
    files: &dyn FileSystem,
) -> Result<Vec<&'p Path>, Diagnostic> {
    let mut new = Vec::new();
    for directory in &plan.whole_directories {
        let target = root.join(directory);
        let kind = files
            .kind(&target)
            .map_err(|error| failed("read", directory, &error))?;
        if kind.is_none() {
            new.push(directory.as_path());
        }
    }
    Ok(new)
}

/// Writes a new directory elsewhere and renames it.
fn make_whole(
    root: &Path,
    directory: &Path,
    plan: &Plan,
    files: &dyn FileSystem,
) -> io::Result<()> {
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    // Not beside the target: cargo takes everything in `crates/` for a crate.
    let temporary = root.join(format!("{TEMPORARY_PREFIX}{}-{name}", std::process::id()));
    let target = root.join(directory);
    let done = write_below(&temporary, directory, plan, files)
        .and_then(|()| files.create_directories(target.parent().unwrap_or(root)))
        .and_then(|()| files.rename(&temporary, &target));
    if done.is_err() {
        // It is the next run's to remove if this fails as well, so that is no news.
        let _ = remove_tree(&temporary, files);
    }
    done
}

/// Writes the plan's files of `directory` below `to`.
fn write_below(to: &Path, directory: &Path, plan: &Plan, files: &dyn FileSystem) -> io::Result<()> {
    for (path, bytes) in &plan.files {
        let Ok(inner) = path.strip_prefix(directory) else {
            continue;
        };
        let path = to.join(inner);
        files.create_directories(path.parent().unwrap_or(to))?;
        files.create(&path, bytes)?;
    }
    Ok(())
}

fn remove_tree(directory: &Path, files: &dyn FileSystem) -> io::Result<()> {
    for name in files.list(directory)? {
        let path = directory.join(name);
        match files.kind(&path)? {
            Some(Kind::Directory) => remove_tree(&path, files)?,
            Some(_) => files.remove_file(&path)?,
            None => {}
        }
    }
    files.remove_directory(directory)
}

fn is_leftover(change: &Change) -> bool {
    change.kind == ChangeKind::Orphaned && is_temporary(&change.path)
}

/// Writes beside the target and renames: in the same directory, because a rename is only atomic within a file system.
fn replace(path: &Path, bytes: &[u8], files: &dyn FileSystem) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new(""));
    if files.kind(directory)?.is_none() {
        files.create_directories(directory)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // With the process in its name, two runs at once do not write into each other's file.
    let temporary = directory.join(format!("{TEMPORARY_PREFIX}{}-{name}", std::process::id()));
    let done = files
        .create(&temporary, bytes)
        .and_then(|()| files.rename(&temporary, path));
    if done.is_err() {
        // It is the next run's to remove if this fails as well, so that is no news.
        let _ = files.remove_file(&temporary);
    }
    done
}

fn remove(root: &Path, path: &Path, files: &dyn FileSystem) -> Result<(), Diagnostic> {
    files
        .remove_file(&root.join(path))
        .map_err(|error| failed("remove", path, &error))
}

/// Removes directories that hold nothing, which git would not show.
fn remove_empty(
    root: &Path,
    directory: &Path,
    plan: &Plan,
    files: &dyn FileSystem,
) -> Result<(), Diagnostic> {
    let read = |error: io::Error| failed("read", directory, &error);
    let absolute = root.join(directory);
    if files.kind(&absolute).map_err(read)? != Some(Kind::Directory) {
        return Ok(());
    }
    for name in files.list(&absolute).map_err(read)? {
        let inner: PathBuf = directory.join(name);
        if !plan.files.contains_key(&inner)
            && files.kind(&root.join(&inner)).map_err(read)? == Some(Kind::Directory)
        {
            remove_empty(root, &inner, plan, files)?;
        }
    }
    if files.list(&absolute).map_err(read)?.is_empty() {
        files
            .remove_directory(&absolute)
            .map_err(|error| failed("remove", directory, &error))?;
    }
    Ok(())
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "emit::write",
        format!("failed to {what} {}: {error}", shown(path)),
        "remove the cause (a full disk, permissions, an open file) and run the command again: no file is half written, and \
         the next run writes what is missing",
    )
}
