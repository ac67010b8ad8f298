//! Under which name a page is kept: what every file system can hold, and what a URL cannot lead out of.

use std::collections::BTreeSet;

use client_codegen::lock::sha256;
use client_codegen::manifest::Index;
use percent_encoding::percent_decode_str;
use reqwest::Url;

/// The longest name of a file or folder.
const LONGEST_PART: usize = 80;
/// How deep folders go; what is deeper is joined into one name.
const DEEPEST: usize = 4;
/// The endings that say what a file is.
const ENDINGS: [&str; 5] = [".md", ".mdx", ".json", ".yaml", ".yml"];

/// The file of a page, relative to `specs/`, that none of `taken` is, whatever the case; it is taken from now on.
///
/// The name comes from the page's URL and the index's patterns alone, so that another page changes nothing: the part of the
/// path behind the folder that all `include` patterns begin with. Where two pages would get the same name, the later one
/// gets a part of the hash of its URL as well.
pub(super) fn file_name(index: &Index, url: &Url, taken: &mut BTreeSet<String>) -> String {
    let path = url.path().trim_start_matches('/');
    let rest = path.strip_prefix(&common_folder(index)).unwrap_or(path);
    let mut parts: Vec<String> = rest
        .split('/')
        .filter(|part| !part.is_empty())
        .map(part)
        .collect();
    if parts.len() > DEEPEST {
        let end = parts.split_off(DEEPEST - 1);
        parts.push(part(&end.join("-")));
    }
    let name = parts.pop().unwrap_or_else(|| "page".to_owned());
    let (stem, ending) = ending(&name);
    let folder: String = std::iter::once(index.folder.as_str())
        .chain(parts.iter().map(String::as_str))
        .map(|part| format!("{part}/"))
        .collect();
    let plain = format!("{folder}{stem}{ending}");
    if take(&plain, taken) {
        return plain;
    }
    let hash = sha256(url.as_str().as_bytes());
    // A page whose hash is taken as well is there twice, or somebody has made a file to vex us; more digits tell it apart.
    for digits in [8, 16, 64] {
        let other = format!("{folder}{stem}-{}{ending}", &hash[..digits]);
        if take(&other, taken) {
            return other;
        }
    }
    // One of its folders is a file.
    let hashed = format!("{}/{hash}{ending}", index.folder);
    take(&hashed, taken);
    hashed
}

/// Whether no file is called so, is one of its folders, or is in a folder of that name.
fn take(name: &str, taken: &mut BTreeSet<String>) -> bool {
    let name = name.to_lowercase();
    let is_folder = taken
        .range(format!("{name}/")..)
        .next()
        .is_some_and(|other| other.starts_with(&format!("{name}/")));
    let folders = name.match_indices('/').map(|(end, _)| &name[..end]);
    let is_below_a_file = folders.into_iter().any(|folder| taken.contains(folder));
    !is_folder && !is_below_a_file && taken.insert(name)
}

/// The folders that all patterns of `include` begin with, with a slash at the end.
fn common_folder(index: &Index) -> String {
    let fixed = index.include.iter().map(|pattern| {
        let text = pattern.text.as_str();
        let end = text.find(['*', '?', '[', '{']).unwrap_or(text.len());
        text[..end].rfind('/').map_or("", |slash| &text[..=slash])
    });
    let common = fixed.reduce(|one, other| {
        let pairs = one.split_inclusive('/').zip(other.split_inclusive('/'));
        let length = pairs
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one.len())
            .sum();
        &one[..length]
    });
    common.unwrap_or_default().to_owned()
}

/// A part of a URL's path as the name of a file or folder: letters, digits, `-`, `_` and dots inside of it, in ASCII.
fn part(text: &str) -> String {
    let text = percent_decode_str(text).decode_utf8_lossy();
    let mut name = String::new();
    for character in text.chars() {
        let is_plain = character.is_ascii_alphanumeric() || matches!(character, '_' | '.');
        match is_plain {
            true => name.push(character),
            false if name.ends_with('-') => {}
            false => name.push('-'),
        }
    }
    // What was not plain before the ending.
    let name = name.replace("-.", ".");
    // Names that begin with a dot are hidden and may be `..`; Windows drops dots at the end.
    let name = name.trim_matches(['.', '-']);
    let mut name = match name {
        "" => "page".to_owned(),
        name => name.to_owned(),
    };
    if is_device(&name) {
        name.insert(0, '_');
    }
    if name.len() > LONGEST_PART {
        let (stem, ending) = ending(&name);
        let hash = &sha256(text.as_bytes())[..8];
        let kept = LONGEST_PART - hash.len() - 1 - ending.len();
        // All of it is ASCII.
        let stem: String = stem.chars().take(kept).collect();
        name = format!("{}-{hash}{ending}", stem.trim_end_matches(['.', '-']));
    }
    name
}

/// Windows opens a device under these names, whatever their ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// A name without its ending, and the ending; `.md` if it has none.
fn ending(name: &str) -> (&str, &str) {
    let known = ENDINGS
        .iter()
        .find_map(|ending| Some((name.strip_suffix(ending)?, *ending)));
    known
        .filter(|(stem, _)| !stem.is_empty())
        .unwrap_or((name, ".md"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use client_codegen::diagnostic::{Place, SourceFile};
    use client_codegen::manifest::Pattern;

    fn index(include: &[&str]) -> Index {
        let place = Place {
            file: SourceFile::new("specs/apis.toml", Vec::new()),
            range: 0..0,
        };
        let pattern = |text: &&str| Pattern {
            text: (*text).to_owned(),
            place: place.clone(),
        };
        Index {
            url: "https://d.example/llms.txt".to_owned(),
            include: include.iter().map(pattern).collect(),
            exclude: Vec::new(),
            folder: "api".to_owned(),
            place: place.clone(),
        }
    }

    fn named(include: &[&str], paths: &[&str]) -> Vec<String> {
        let index = index(include);
        let mut taken = BTreeSet::new();
        let url = |path: &&str| -> Url { format!("https://d.example/{path}").parse().unwrap() };
        paths
            .iter()
            .map(|path| file_name(&index, &url(path), &mut taken))
            .collect()
    }

    #[test]
    fn the_folder_of_the_patterns_is_left_out() {
        assert_eq!(
            named(&["ref/*"], &["ref/a.md", "ref/b"]),
            ["api/a.md", "api/b.md"]
        );
        assert_eq!(named(&["ref/**"], &["ref/x/a.md"]), ["api/x/a.md"]);
        let two = ["ref/v1/*", "ref/v2/*.md"];
        assert_eq!(
            named(&two, &["ref/v1/a.md", "ref/v2/a.md"]),
            ["api/v1/a.md", "api/v2/a.md"]
        );
        assert_eq!(named(&["ref-*"], &["ref-a.json"]), ["api/ref-a.json"]);
    }

    #[test]
    fn no_name_leads_out_or_is_special() {
        for (path, expected) in [
            ("ref/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "api/etc-passwd.md"),
            ("ref/..%5c..%5cx.md", "api/x.md"),
            ("ref/.codegen-tmp-1.md", "api/codegen-tmp-1.md"),
            ("ref/CON.md", "api/_CON.md"),
            ("ref/lpt1", "api/_lpt1.md"),
            ("ref/com10.md", "api/com10.md"),
            ("ref/a%3Ab%00c.md", "api/a-b-c.md"),
            ("ref/%C3%BC.md", "api/md.md"),
            ("ref/a.exe", "api/a.exe.md"),
            ("ref/.md", "api/md.md"),
            ("ref/a%20(b).md", "api/a-b.md"),
            ("ref/", "api/page.md"),
            ("ref/a/b/c/d/e/f.md", "api/a/b/c/d-e-f.md"),
        ] {
            assert_eq!(named(&["ref/**"], &[path]), [expected], "{path}");
        }
    }

    #[test]
    fn names_are_bounded_and_differ_in_more_than_case() {
        let long = format!("ref/{}.md", "a".repeat(500));
        let longer = format!("ref/{}.md", "a".repeat(501));
        let names = named(&["ref/*"], &[&long, &longer, "ref/User.md", "ref/user.md"]);
        assert!(names.iter().all(|name| name.len() < 100), "{names:?}");
        let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded.len(), 4, "{names:?}");
        assert_eq!(names[2], "api/User.md");
        assert!(
            names[3].starts_with("api/user-") && names[3].ends_with(".md"),
            "{names:?}"
        );
    }
}
