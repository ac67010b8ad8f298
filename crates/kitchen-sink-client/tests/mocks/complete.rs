//! No operation is without a mock, and none of its parameters without an expectation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn generated() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated")
}

/// What stands between `start` and `end` in each line that has both.
fn between(text: &str, start: &str, end: &str) -> BTreeSet<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter_map(|line| line.strip_prefix(start)?.split_once(end))
        .map(|(name, _)| name.split('<').next().unwrap_or_default().to_owned())
        .collect()
}

/// The public methods of each file of a folder that neither make nor take apart what they are of.
fn methods(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    // A parameter of the last name is called otherwise where what is in an expectation has that name.
    let others = ["new", "send", "into_inner", "into_inner_parameter"];
    let files = fs::read_dir(generated().join(folder)).unwrap();
    files
        .map(|file| {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            // Of mocks, what is expected comes before what is answered.
            let expected = text.split("Then(").next().unwrap();
            // What gives pages or waits for a job takes no value.
            let is_other =
                |line: &str| line.contains("Pages<Self>") || line.contains("Wait<'a, Self>");
            let lines = expected.lines().filter(|line| !is_other(line));
            let expected = lines.collect::<Vec<_>>().join("\n");
            let names = between(&expected, "pub fn ", "(").into_iter();
            let names = names.filter(|name| !others.contains(&name.as_str()));
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            (file, names.collect())
        })
        .collect()
}

#[test]
fn every_operation_has_a_mock() {
    let read = |file: &str| fs::read_to_string(generated().join(file)).unwrap();
    let operations: BTreeSet<String> =
        between(&read("client.rs"), "pub fn ", "(&self) -> builder::");
    let mocks = between(&read("httpmock/mod.rs"), "fn ", "<F>(");
    assert!(operations.len() > 30, "{operations:?}");
    assert_eq!(operations, mocks);
}

#[test]
fn every_value_of_a_call_can_be_expected() {
    let (setters, expectations) = (methods("builder"), methods("httpmock/operations"));
    assert!(setters["read_palette.rs"].len() > 15, "{setters:?}");
    assert_eq!(setters, expectations);
}
