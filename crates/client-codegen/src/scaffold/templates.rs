//! The texts of a new crate.

use heck::ToShoutySnakeCase;
use toml_edit::{InlineTable, value};

use super::requirements::{RUNTIME, runtime};
use super::shell::Shown;
use super::workspace::Workspace;
use crate::finish::{CredentialKind, CredentialSetter, OperationName, escaped};
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
# Mock expectations for tests of programs that use this client.
httpmock = ["client-runtime/httpmock"]

# `{program} codegen` adds what generated code needs.
[dependencies]
{runtime}
[package.metadata.docs.rs]
all-features = true
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

#[rustfmt::skip] // prettyplease formats it
mod generated;

pub use client_runtime::{
    BuildError, ByteStream, Error, Event, Events, FilePart, Formatted, Method, Nullable, RawCall,
    ResponseValue,
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

/// The call that sets a credential from the environment, which is where the manifest says that it is.
fn set_credential(api: &Api, setter: &CredentialSetter) -> String {
    let variable = |end: &str| {
        let prefix = &api.environment_prefix;
        format!("std::env::var(\"{prefix}_{end}\")?")
    };
    let arguments = match setter.kind {
        CredentialKind::Basic => format!("{}, {}", variable("USER"), variable("PASSWORD")),
        _ => variable(&setter.name.to_shouty_snake_case()),
    };
    format!(".{}({arguments})", setter.name)
}

pub(super) fn readme(api: &Api, shown: Shown<'_>, program: &str) -> String {
    let module = api.crate_name.replace('-', "_");
    let quick_start = match shown.credentials.first() {
        None => format!(
            r#"use {module}::{{BuildError, Client}};

fn client() -> Result<Client, BuildError> {{
    Client::builder().build()
}}"#
        ),
        Some(setter) => format!(
            r#"use {module}::Client;

fn client() -> Result<Client, Box<dyn std::error::Error>> {{
    let client = Client::builder()
        {call}
        .build()?;
    Ok(client)
}}"#,
            call = set_credential(api, setter),
        ),
    };
    format!(
        r#"# {name}

A Rust client for the {called}, generated from the vendor's reference.

This is not an official client: it is neither made nor endorsed by the people behind {title}.

## Quick start

```rust,no_run
{quick_start}
```

`Client` has one method per operation of the API. Each returns a builder with the operation's parameters; `send()` calls
the API. A failed call is an [`Error`], which has the status, the headers and the body of the response, and the typed body
where the API documents one. Modules: [`builder`] has the operations, [`types`] what they take and return, [`error`] the
typed error bodies.

## Values

- An object is made by `new` with what it always has, and has a setter for each field that may be absent. Fields are public.
- What may be absent is an `Option`; what may be absent and `null` too is a [`Nullable`].
- An enum of texts has `Unknown(text)` for what the API's document does not list.
- Dates, UUIDs and addresses in objects are [`Formatted`]: the text as it came, and its value if it is of the format.
- A file is a [`FilePart`]: bytes, one on disk (`FilePart::open`) or a stream. It is also a body, where one is bytes.
- What the document does not describe is in [`ResponseValue::body`], and [`Client::request`] calls any path of the API.

{testing}## Features

| Feature | Effect |
|---|---|
| `rustls` (default) | TLS by rustls |
| `native-tls` | TLS by the operating system's library |
| `rustls-no-provider` | rustls without a provider of cryptography |
| `httpmock` | mock expectations, for tests |

## Where the code comes from

`src/generated/` is written by `{program} codegen` from the documents of `{api}` in `specs/apis.toml`. Do not edit it;
change the document's overlay or the generator.
"#,
        name = api.crate_name,
        called = escaped(&title::with_api(&api.title)),
        title = escaped(&api.title),
        api = api.name,
        testing = testing(&module, shown.operations),
    )
}

/// How programs that use the client are tested, by a call that needs nothing set, if there is one.
fn testing(module: &str, operations: &[OperationName]) -> String {
    let simple = operations.iter().find(|operation| !operation.requires);
    let Some(operation) = simple.or(operations.first()) else {
        return String::new();
    };
    let name = &operation.name;
    let call = if operation.requires {
        "// Hand it to what is to be tested, which calls the mock.\n    let _ = client;".to_owned()
    } else {
        format!(
            "let error = client.{name}().send().await.unwrap_err();\n    \
             assert_eq!(error.status().map(|status| status.as_u16()), Some(503));\n    mock.assert();"
        )
    };
    let mock = if operation.requires {
        ""
    } else {
        "let mock = "
    };
    format!(
        r#"## Testing

Programs that use this client are tested without a network by mocks of its operations. Turn on the feature `httpmock` of
this crate below `[dev-dependencies]`, and a test looks like this:

```rust,no_run
use {module}::Client;
use {module}::httpmock::{{MockServer, MockServerExt as _}};

async fn a_call_fails() {{
    let server = MockServer::start_async().await;
    {mock}server.{name}(|_when, then| {{
        then.into_inner().status(503);
    }});
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    {call}
}}
```

`when` has a method for each parameter and for the body of the operation, and `then` one for each status that the API
documents, with the type of its body. Values are compared as they are on the wire.

"#
    )
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
