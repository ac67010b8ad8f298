//! The table has every fixture, and fixtures are small.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn fixtures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[test]
fn every_fixture_has_one_row() {
    let files: Vec<String> = fixtures()
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let rows: Vec<&str> = crate::rows().map(|(name, _)| *name).collect();
    let (in_files, in_rows): (BTreeSet<&str>, BTreeSet<&str>) = (
        files.iter().map(String::as_str).collect(),
        rows.iter().copied().collect(),
    );
    assert_eq!(in_files, in_rows);
    assert_eq!(
        (in_files.len(), in_rows.len()),
        (files.len(), rows.len()),
        "names are given once"
    );
    assert!(crate::rows().all(|(_, about)| !about.is_empty()));
}

#[test]
fn fixtures_are_short_and_half_of_them_are_yaml() {
    let files = fixtures();
    for path in &files {
        let lines = fs::read_to_string(path).unwrap().lines().count();
        assert!(lines <= 30, "{} has {lines} lines", path.display());
    }
    let yaml = files
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .count();
    assert!(yaml * 2 >= files.len(), "{yaml} of {}", files.len());
}
