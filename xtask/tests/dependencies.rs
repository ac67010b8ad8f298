//! How many crates a client brings into a program.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::BTreeSet;
use std::process::Command;

/// The crates that a client depends on for this platform, itself not counted.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(support::root())
        .args([
            "tree",
            "--package",
            "heygen-client",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args([
            "--format",
            "{p}",
            "--target",
            "x86_64-unknown-linux-gnu",
            "--locked",
            "--offline",
        ])
        .args(features)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let name_and_version = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?))
    };
    let all: BTreeSet<String> = text.lines().filter_map(name_and_version).collect();
    all.into_iter()
        .filter(|name| !name.starts_with("heygen-client "))
        .collect()
}

#[test]
fn the_readme_counts_what_a_client_depends_on() {
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    // Lines are filled.
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let rustls = crates(&[]).len();
    let native = crates(&["--no-default-features", "--features", "native-tls"]).len();
    let wanted = format!("{rustls} crates with rustls, {native} with the system's TLS");
    assert!(readme.contains(&wanted), "README.md should say: {wanted}");
}
