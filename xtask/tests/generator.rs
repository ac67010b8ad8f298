//! Which versions of the generator's parts the checked-in code is of.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

/// What decides on the code beside our own crates.
const PARTS: [&str; 6] = [
    "openapiv3",
    "prettyplease",
    "progenitor",
    "progenitor-impl",
    "typify",
    "typify-impl",
];

/// An upgrade is refused until its author has gone through `docs/upgrading-the-generator.md`, where this is taken as new.
#[test]
fn the_generator_is_the_one_that_the_code_was_reviewed_with() {
    let all = support::metadata(&[]);
    let mut versions: Vec<String> = all
        .iter()
        .filter(|package| PARTS.contains(&package["name"].as_str().unwrap()))
        .map(|package| {
            let text = |key: &str| package[key].as_str().unwrap();
            format!("{} {}\n", text("name"), text("version"))
        })
        .collect();
    versions.sort();
    assert_eq!(versions.len(), PARTS.len(), "{versions:?}");
    let mut settings = insta::Settings::new();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description("Another version? See docs/upgrading-the-generator.md.");
    settings.bind(|| insta::assert_snapshot!("generator", versions.concat()));
}
