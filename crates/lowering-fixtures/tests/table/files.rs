//! The table has every fixture, and fixtures are small.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn fixtures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end != "txt"))
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
fn what_is_pending_is_a_fixture_and_has_a_reason() {
    let text = include_str!("../../fixtures/pending.txt");
    for line in text.lines() {
        let (name, reason) = line.split_once(": ").unwrap();
        assert!(crate::rows().any(|(row, _)| *row == name), "{name}");
        assert!(!reason.is_empty(), "{name}");
    }
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
