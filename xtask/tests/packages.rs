//! What every crate that can be published has, and which Rust it asks for. `.ci/run` packages and builds them all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::fs;
use std::path::Path;

#[test]
fn what_can_be_published_says_what_it_is_and_under_which_licence() {
    // An empty list is `publish = false`.
    let all = support::metadata(&["--no-deps"]);
    let published: Vec<_> = all
        .iter()
        .filter(|package| package["publish"].is_null())
        .collect();
    assert!(published.len() >= 7, "{}", published.len());
    for package in published {
        let name = package["name"].as_str().unwrap();
        let folder = Path::new(package["manifest_path"].as_str().unwrap())
            .parent()
            .unwrap();
        for key in [
            "description",
            "readme",
            "repository",
            "license",
            "rust_version",
        ] {
            assert!(package[key].is_string(), "{name} has no {key}");
        }
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let own = fs::read_to_string(folder.join(licence));
            let root = fs::read_to_string(support::root().join(licence)).unwrap();
            assert_eq!(
                own.ok(),
                Some(root),
                "{name}: {licence} is not the workspace's; link it"
            );
        }
        let has_features = package["features"]
            .as_object()
            .is_some_and(|features| !features.is_empty());
        let documented = &package["metadata"]["docs"]["rs"];
        assert!(
            !has_features || documented.is_object(),
            "{name}: docs.rs would leave out features"
        );
    }
}

/// No toolchain of that version is at hand, so this and `clippy::incompatible_msrv` stand for a build with it.
#[test]
fn no_dependency_asks_for_a_newer_rust_than_the_crates_do() {
    let version = |text: &str| -> Vec<u32> {
        let parts = text.split('.').chain(["0"; 2]).take(3);
        parts.map(|part| part.parse().unwrap()).collect()
    };
    let all = support::metadata(&[]);
    let ours = all
        .iter()
        .find(|package| package["name"] == "heygen-client")
        .unwrap();
    let ours = version(ours["rust_version"].as_str().unwrap());
    let newer: Vec<_> = all
        .iter()
        .filter(|package| {
            package["rust_version"]
                .as_str()
                .is_some_and(|asked| version(asked) > ours)
        })
        .map(|package| format!("{} {}", package["name"], package["rust_version"]))
        .collect();
    assert_eq!(newer, [""; 0]);
}
