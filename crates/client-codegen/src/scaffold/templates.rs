//! The texts of a new crate.

use toml_edit::{InlineTable, value};

use super::requirements::{RUNTIME, runtime};
use super::workspace::Workspace;
use crate::manifest::Api;
use crate::title;

/// A workspace of its own, so that cargo does not look for one above, and so that all clients share a lock file.
pub(super) fn workspace_toml(program: &str) -> String {
    format!(
        r#"# Made by `{program} codegen` because there was none, and yours to change: it is not written again.
[workspace]
resolver = "3"
members = ["crates/*"]
"#
    )
}

pub(super) fn cargo_toml(api: &Api, workspace: &Workspace, program: &str) -> String {
    // `title` may hold quotes; toml_edit knows how to write them.
    let description = value(format!(
        "Unofficial client for the {}",
        title::with_api(&api.title)
    ))
    .to_string();
    format!(
        r#"[package]
name = "{name}"
description = {description}
version = "0.1.0"
{package}readme = "README.md"

[features]
default = ["rustls"]
# TLS by rustls; certificates as the operating system trusts them.
rustls = ["client-runtime/rustls"]
# TLS by the operating system's library.
native-tls = ["client-runtime/native-tls"]
# rustls without a provider of cryptography: the program installs one before it builds a client.
rustls-no-provider = ["client-runtime/rustls-no-provider"]
# Spans of calls, with the crate `tracing`.
tracing = ["client-runtime/tracing"]
# Answers compressed with gzip, for clients that ask for them.
gzip = ["client-runtime/gzip"]
# Mock expectations for tests of programs that use this client.
httpmock = ["client-runtime/httpmock"]

# `{program} codegen` adds what generated code needs.
[dependencies]
{runtime}
[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]
{lints}"#,
        name = api.crate_name,
        description = description.trim(),
        package = package(workspace),
        runtime = runtime_line(workspace),
        lints = if workspace.lints {
            "\n[lints]\nworkspace = true\n"
        } else {
            ""
        },
    )
}

/// What people decide once for all of their crates, and what generated code needs of that where they have not.
fn package(workspace: &Workspace) -> String {
    let keys = [
        ("edition", Some(EDITION)),
        ("rust-version", Some(RUST_VERSION)),
        ("license", None),
        ("repository", None),
    ];
    keys.into_iter()
        .filter_map(|(key, otherwise)| {
            if workspace.package.contains(key) {
                Some(format!("{key}.workspace = true\n"))
            } else {
                otherwise.map(|otherwise| format!("{key} = \"{otherwise}\"\n"))
            }
        })
        .collect()
}

/// The edition that clients are tested in.
pub(super) const EDITION: &str = "2024";

/// The oldest Rust that clients are tested with.
pub(super) const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

fn runtime_line(workspace: &Workspace) -> String {
    let line = workspace
        .dependency(RUNTIME)
        .unwrap_or_else(|| runtime().stated(None));
    let table = line.as_inline_table();
    if table.is_some_and(InlineTable::is_dotted) {
        return format!("{RUNTIME}.workspace = true\n");
    }
    let why = match table.and_then(|table| table.get("path")) {
        Some(_) => {
            "# The path is where the tool was built; cargo leaves it out of a crate that is published.\n"
        }
        None => "",
    };
    format!("{why}{RUNTIME} = {}\n", value(line).to_string().trim())
}

pub(super) fn lib_rs(_: &Api) -> String {
    r#"// Without the feature, the example of tests in the README would not compile as a doctest.
#![cfg_attr(any(not(doctest), feature = "httpmock"), doc = include_str!("../README.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip] // prettyplease formats it
mod generated;

pub use client_runtime::{
    BuildError, ByteStream, Bytes, CallOptions, Download, Error, Event, Events, FilePart,
    Formatted, HeaderMap, Items, JobError, JobProgress, Method, Nullable, Paged, Pages, Polled,
    Progress, RawCall, ResponseValue, RetryPolicy, SecretString, StatusCode, Transfer,
    TransferExt, Untyped, Wait,
};
#[cfg(feature = "httpmock")]
pub use generated::httpmock;
pub use generated::{Client, ClientBuilder, builder, error, types};
"#
    .to_owned()
}

/// How a new crate names the runtime where nobody knows where it is, for people who have to say.
pub fn runtime_advice(api: &Api, workspace: &Workspace) -> Option<String> {
    let line = workspace.dependency(RUNTIME)?;
    let is_found = line
        .as_inline_table()
        .is_some_and(|table| table.contains_key("path") || table.contains_key("workspace"));
    (!is_found).then(|| {
        format!(
            "{name}: `{RUNTIME}` is not on crates.io, and the checkout that this tool was built in is gone: name its \
             place in {folder}/Cargo.toml, as `{RUNTIME} = {{ git = \"{repository}\", default-features = false }}`",
            name = api.crate_name,
            folder = api.crate_path(),
            repository = env!("CARGO_PKG_REPOSITORY"),
        )
    })
}

pub(super) fn changelog(api: &Api) -> String {
    format!(
        r#"# Changelog

All notable changes to `{}` are listed here, in the form of [Keep a Changelog](https://keepachangelog.com).

## Unreleased

- First version.
"#,
        api.crate_name
    )
}
