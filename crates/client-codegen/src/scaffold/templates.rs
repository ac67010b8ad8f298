//! The texts of a new crate.

use crate::manifest::Api;

pub(super) fn cargo_toml(api: &Api) -> String {
    // `title` may hold quotes; toml_edit knows how to write them.
    let description =
        toml_edit::value(format!("Unofficial client for the {} API", api.title)).to_string();
    format!(
        r#"[package]
name = "{name}"
description = {description}
version = "0.1.0"
edition.workspace = true
rust-version.workspace = true
license.workspace = true
repository.workspace = true
readme = "README.md"

[features]
default = ["rustls"]
# TLS by rustls; certificates as the operating system trusts them.
rustls = ["client-runtime/rustls"]
# TLS by the operating system's library.
native-tls = ["client-runtime/native-tls"]
# rustls without a provider of cryptography: the program installs one before it builds a client.
rustls-no-provider = ["client-runtime/rustls-no-provider"]

# `cargo xtask codegen` adds what generated code needs.
[dependencies]
client-runtime.workspace = true

[package.metadata.docs.rs]
all-features = true

[lints]
workspace = true
"#,
        name = api.crate_name,
        description = description.trim(),
    )
}

pub(super) fn lib_rs(_: &Api) -> String {
    r#"#![doc = include_str!("../README.md")]

#[rustfmt::skip] // prettyplease formats it
mod generated;

pub use client_runtime::{BuildError, ByteStream, Error, ResponseValue};
pub use generated::{Client, ClientBuilder, builder, error, types};
"#
    .to_owned()
}

pub(super) fn readme(api: &Api) -> String {
    format!(
        r#"# {name}

A Rust client for the {title} API, generated from the vendor's reference.

This is not an official client: it is neither made nor endorsed by the people behind {title}.

## Quick start

```rust,no_run
use {module}::{{BuildError, Client}};

fn client() -> Result<Client, BuildError> {{
    Client::builder().build()
}}
```

`Client` has one method per operation of the API. Each returns a builder with the operation's parameters; `send()` calls
the API. A failed call is an [`Error`], which has the status, the headers and the body of the response, and the typed body
where the API documents one. Modules: [`builder`] has the operations, [`types`] what they take and return, [`error`] the
typed error bodies.

## Features

| Feature | Effect |
|---|---|
| `rustls` (default) | TLS by rustls |
| `native-tls` | TLS by the operating system's library |
| `rustls-no-provider` | rustls without a provider of cryptography |

## Where the code comes from

`src/generated/` is written by `cargo xtask codegen` from the documents of `{api}` in `specs/apis.toml`. Do not edit it;
change the document's overlay or the generator.
"#,
        name = api.crate_name,
        title = api.title,
        module = api.crate_name.replace('-', "_"),
        api = api.name,
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
