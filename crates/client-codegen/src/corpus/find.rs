//! The documents of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What pages and documents are called. Other files are none.
const EXTENSIONS: &[&str] = &[
    "json", "yaml", "yml", "md", "mdx", "markdown", "html", "htm", "txt",
];

/// A file that may hold an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the report calls it: its path in the folder with `/`, without the extension where no other has that name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of a folder and the folders in it whose name has `filter`, sorted by name. Hidden ones are not looked at.
///
/// # Errors
/// A folder that cannot be read.
pub fn find(folder: &Path, filter: Option<&str>) -> io::Result<Vec<Found>> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &files {
        *count.entry(stem(name).to_owned()).or_default() += 1;
    }
    let mut found: Vec<Found> = files
        .into_iter()
        .map(|(name, path)| match count.get(stem(&name)) {
            Some(1) => Found {
                name: stem(&name).to_owned(),
                path,
            },
            _ => Found { name, path },
        })
        .filter(|found| filter.is_none_or(|part| found.name.contains(part)))
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            // A link to a folder may lead back here.
            if entry.file_type()?.is_dir() {
                collect(root, &path, files)?;
            }
            continue;
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str())) {
            let below = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            files.push((parts.join("/"), path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::{File, create_dir};

    use super::*;

    #[test]
    fn names_tell_files_apart_and_are_sorted() {
        let folder = tempfile::TempDir::new().unwrap();
        create_dir(folder.path().join("in")).unwrap();
        for name in [
            "b.json",
            "a.yaml",
            "b.yaml",
            "in/a.md",
            ".hidden.json",
            "notes.rs",
        ] {
            File::create(folder.path().join(name)).unwrap();
        }
        let names = |filter| -> Vec<String> {
            let found = find(folder.path(), filter).unwrap();
            found.into_iter().map(|found| found.name).collect()
        };
        assert_eq!(names(None), ["a", "b.json", "b.yaml", "in/a"]);
        assert_eq!(names(Some("in/")), ["in/a"]);
        assert!(find(&folder.path().join("nowhere"), None).is_err());
    }
}
