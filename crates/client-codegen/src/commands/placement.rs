//! Where the files of a new API land below `specs/NAME/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::emit::TEMPORARY_PREFIX;
use crate::manifest::values::specs_path;

/// A path below `specs/NAME/` for each file, in their order.
///
/// A file whose name no other file has lands flat. Files that share one keep as many of their folders as it takes to
/// tell them apart. Names that differ only in case count as shared, because not every file system can hold both; those
/// that no folder tells apart are refused. The same file given twice gets the same place twice, which is the manifest's
/// to refuse.
pub(super) fn places(files: &[PathBuf]) -> Vec<Result<String, Diagnostic>> {
    let parts: Vec<Result<Vec<String>, Diagnostic>> =
        files.iter().map(|file| parts(file)).collect();
    let mut sharing: BTreeMap<String, BTreeSet<&[String]>> = BTreeMap::new();
    for parts in parts.iter().flatten() {
        let group = sharing.entry(folded(parts, 1)).or_default();
        group.insert(parts);
    }
    let kept: BTreeMap<&String, Kept> = sharing
        .iter()
        .map(|(name, group)| (name, Kept::of(group)))
        .collect();
    let place = |parts: &Vec<String>| match kept.get(&folded(parts, 1)) {
        Some(kept) => kept.part_of(parts).join("/"),
        None => String::new(),
    };
    let places: Vec<_> = parts
        .iter()
        .map(|parts| parts.as_ref().map(place))
        .collect();
    let folders: BTreeSet<String> = places
        .iter()
        .flatten()
        .flat_map(|place| folders(place))
        .collect();
    let mut spellings: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for place in places.iter().flatten() {
        spellings
            .entry(place.to_lowercase())
            .or_default()
            .insert(place);
    }
    let in_two_cases: BTreeSet<&String> = spellings
        .values()
        .filter(|spelled| spelled.len() > 1)
        .flatten()
        .copied()
        .collect();
    files
        .iter()
        .zip(&places)
        .map(|(file, place)| {
            let place = place.as_ref().map_err(|problem| (*problem).clone())?;
            if in_two_cases.contains(place) {
                let reason = "differs only in case from that of another file, and not every file system can hold both";
                return Err(refused(file, reason));
            }
            checked(file, place.clone(), &folders)
        })
        .collect()
}

/// The parts of a file's path, from the root of the file system on.
fn parts(file: &Path) -> Result<Vec<String>, Diagnostic> {
    let absolute = std::path::absolute(file).map_err(|error| {
        let message = format!("{} cannot be read: {error}", file.display());
        let help = "give --file the path of a page or document that can be read";
        Diagnostic::error("input::read", message, help)
    })?;
    let mut parts = Vec::new();
    for component in absolute.components() {
        match component {
            Component::Normal(part) => {
                let part = part.to_str().ok_or_else(|| refused(file, "is not UTF-8"))?;
                parts.push(part.to_owned());
            }
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Ok(parts)
}

fn last(parts: &[String], count: usize) -> &[String] {
    &parts[parts.len().saturating_sub(count)..]
}

/// The last parts of a path as a file system compares them that does not see case.
fn folded(parts: &[String], count: usize) -> String {
    last(parts, count).join("/").to_lowercase()
}

/// Which part of its paths a group keeps.
struct Kept {
    /// How many parts, from the start, all have in common.
    common: usize,
    /// How many of the others, from the end, tell them apart.
    count: usize,
}

impl Kept {
    fn of(group: &BTreeSet<&[String]>) -> Self {
        // The first and the last of a sorted group have in common what all have.
        let ends = group.first().zip(group.last());
        let common = ends.map_or(0, |(first, last)| {
            let pairs = first.iter().zip(last.iter());
            let equal = pairs.take_while(|(one, other)| one == other).count();
            equal.min(first.len().min(last.len()).saturating_sub(1))
        });
        let longest = group.iter().map(|parts| parts.len()).max().unwrap_or(1) - common;
        let tells = |count: &usize| {
            let kept = group.iter().map(|parts| folded(&parts[common..], *count));
            kept.collect::<BTreeSet<String>>().len() == group.len()
        };
        // None for a folder that itself holds two names that differ only in case.
        let count = (1..=longest).find(tells).unwrap_or(longest);
        Self { common, count }
    }

    fn part_of<'p>(&self, parts: &'p [String]) -> &'p [String] {
        last(parts.get(self.common..).unwrap_or_default(), self.count)
    }
}

/// The folders that a place lies in.
fn folders(place: &str) -> Vec<String> {
    place
        .match_indices('/')
        .map(|(end, _)| place[..end].to_lowercase())
        .collect()
}

fn checked(file: &Path, place: String, folders: &BTreeSet<String>) -> Result<String, Diagnostic> {
    if folders.contains(&place.to_lowercase()) {
        return Err(refused(
            file,
            "is also the name of a folder that another file has to be kept in",
        ));
    }
    // The writer takes such a file for the leftover of a killed run, and removes it.
    if place
        .split('/')
        .any(|part| part.starts_with(TEMPORARY_PREFIX))
    {
        return Err(refused(
            file,
            &format!("starts with `{TEMPORARY_PREFIX}`, as temporary files do"),
        ));
    }
    match specs_path(&place) {
        Ok(()) => Ok(place),
        Err(reason) => Err(refused(
            file,
            &format!("would become the path `{place}`, which {reason}"),
        )),
    }
}

fn refused(file: &Path, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "new::file_name",
        format!("the name of {} {reason}", file.display()),
        "copy the file under a plain name, and give that to --file",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(files: &[&str]) -> Vec<String> {
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        places(&files)
            .into_iter()
            .map(|place| place.unwrap_or_else(|problem| problem.code().to_owned()))
            .collect()
    }

    #[test]
    fn names_of_their_own_land_flat() {
        let files = ["a/one.md", "b/two.md", "three page.md", ".four.md", "ü.md"];
        let expected = ["one.md", "two.md", "three page.md", ".four.md", "ü.md"];
        assert_eq!(placed(&files), expected);
    }

    #[test]
    fn shared_names_keep_what_tells_them_apart() {
        for (files, expected) in [
            (
                &["api/old/user.md", "api/new/user.md", "api/new/ping.md"][..],
                &["old/user.md", "new/user.md", "ping.md"][..],
            ),
            (
                &["a/v1/user.md", "b/v1/user.md"],
                &["a/v1/user.md", "b/v1/user.md"],
            ),
            (
                &["/x/a/1/user.md", "/x/b/1/user.md", "/x/a/2/user.md"],
                &["a/1/user.md", "b/1/user.md", "a/2/user.md"],
            ),
            (
                &["old/User.md", "new/user.md"],
                &["old/User.md", "new/user.md"],
            ),
            (&["user.md", "y/user.md"], &["user.md", "y/user.md"]),
            (&["/x/../user.md", "/y/user.md"], &["user.md", "y/user.md"]),
        ] {
            assert_eq!(placed(files), expected, "{files:?}");
        }
    }

    #[test]
    fn the_same_file_has_the_same_place() {
        assert_eq!(placed(&["a/./x.md", "a/b/../x.md"]), ["x.md", "x.md"]);
        assert_eq!(
            placed(&["a/x.md", "a/x.md", "b/x.md"]),
            ["a/x.md", "a/x.md", "b/x.md"]
        );
    }

    #[test]
    fn names_of_one_folder_that_differ_only_in_case_are_refused() {
        let refused = "new::file_name";
        assert_eq!(placed(&["a/x.md", "a/X.md"]), [refused, refused]);
        let files = ["a/x.md", "a/X.md", "b/x.md"];
        assert_eq!(placed(&files), [refused, refused, "b/x.md"]);
    }

    #[test]
    fn names_that_would_not_survive_are_refused() {
        for name in ["a:b.md", "a\nb.md", ".codegen-tmp-1-x.md"] {
            assert_eq!(placed(&[name]), ["new::file_name"], "{name}");
        }
        let files = ["a/old", "b/old/x.md", "b/new/x.md"];
        assert_eq!(placed(&files), ["new::file_name", "old/x.md", "new/x.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_text_are_refused() {
        use std::os::unix::ffi::OsStrExt;
        let name = PathBuf::from(std::ffi::OsStr::from_bytes(b"caf\xe9.md"));
        let problem = places(&[name]).remove(0).unwrap_err();
        assert_eq!(problem.code(), "new::file_name");
    }
}
