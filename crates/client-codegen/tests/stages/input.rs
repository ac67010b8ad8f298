use std::fs::{self, File};

use client_codegen::input::{pages, read_optional, vendored};
use tempfile::tempdir;

use crate::support::{codes, two_apis};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n";

/// A workspace with the files of the API `one`.
fn workspace(a: &[u8], b: &[u8]) -> tempfile::TempDir {
    let root = tempdir().unwrap();
    fs::create_dir_all(root.path().join("specs/one")).unwrap();
    for (name, bytes) in [("a", a), ("b", b)] {
        let path = root.path().join(format!("specs/one/{name}.md"));
        std::io::Write::write_all(&mut File::create(path).unwrap(), bytes).unwrap();
    }
    root
}

#[test]
fn documents_are_read_in_the_manifests_order_with_their_bytes() {
    let root = workspace(DOCUMENT.as_bytes(), b"\xff");
    let manifest = two_apis();
    let all = vendored(root.path(), manifest.api("one").unwrap()).unwrap();
    assert_eq!(all[0].bytes, DOCUMENT.as_bytes());
    assert_eq!(all[0].file.name(), "specs/one/a.md");
    assert_eq!(
        (all[1].bytes.as_slice(), all[1].file.text()),
        (&b"\xff"[..], None)
    );
}

#[test]
fn fragments_keep_their_file() {
    let root = workspace(DOCUMENT.as_bytes(), DOCUMENT.as_bytes());
    let manifest = two_apis();
    let all = pages(&vendored(root.path(), manifest.api("one").unwrap()).unwrap()).unwrap();
    assert_eq!(all.len(), 2);
    let fragment = &all[1].fragments[0];
    let range = fragment.spans.get("/info/title").unwrap();
    assert_eq!(&all[1].file.text().unwrap()[range], "A");
}

#[test]
fn problems_of_all_documents_are_found() {
    let root = workspace(b"", b"\xff\xfe");
    let manifest = two_apis();
    let problems =
        pages(&vendored(root.path(), manifest.api("one").unwrap()).unwrap()).unwrap_err();
    assert_eq!(problems.len(), 2, "{problems}");
    assert!(
        codes(&problems)
            .iter()
            .all(|code| code.starts_with("pages::"))
    );
}

#[test]
fn missing_files_and_directories_are_problems() {
    let root = workspace(DOCUMENT.as_bytes(), DOCUMENT.as_bytes());
    let manifest = two_apis();
    let one = manifest.api("one").unwrap();
    fs::remove_file(root.path().join("specs/one/a.md")).unwrap();
    fs::remove_file(root.path().join("specs/one/b.md")).unwrap();
    fs::create_dir(root.path().join("specs/one/b.md")).unwrap();
    let problems = vendored(root.path(), one).unwrap_err();
    assert_eq!(codes(&problems), ["input::missing", "input::not_a_file"]);
    assert!(
        problems
            .iter()
            .next()
            .unwrap()
            .message()
            .contains("specs/one/a.md")
    );
}

#[test]
fn a_file_where_a_directory_should_be_is_a_problem() {
    let root = tempdir().unwrap();
    File::create(root.path().join("specs")).unwrap();
    let manifest = two_apis();
    let problems = vendored(root.path(), manifest.api("one").unwrap()).unwrap_err();
    assert_eq!(codes(&problems), ["input::read"; 2]);
}

#[test]
fn a_file_beyond_the_bound_is_not_read() {
    let root = workspace(b"", b"");
    let file = File::options()
        .write(true)
        .open(root.path().join("specs/one/a.md"))
        .unwrap();
    file.set_len(openapi_pages::bounds::MAX_INPUT as u64 + 1)
        .unwrap();
    let problems = vendored(root.path(), two_apis().api("one").unwrap()).unwrap_err();
    assert_eq!(codes(&problems), ["input::too_large"]);
}

#[test]
fn an_optional_file_may_be_absent() {
    let root = tempdir().unwrap();
    assert_eq!(read_optional(root.path(), "specs/apis.lock").unwrap(), None);
}
