//! What the tests share: the workspace's APIs, compiled.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub(crate) mod calls;

use std::path::{Path, PathBuf};
use std::process::Command;

use client_codegen::input::{self, Vendored};
use client_codegen::manifest::{Api, MANIFEST_FILE, Manifest};
use client_codegen::pipeline::{Compiled, Options, compile};
use serde_json::Value;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in the workspace")
        .to_path_buf()
}

pub(crate) fn manifest() -> Manifest {
    let bytes = std::fs::read(root().join(MANIFEST_FILE)).unwrap();
    Manifest::parse(MANIFEST_FILE, bytes).expect("the checked-in manifest is valid")
}

pub(crate) fn documents(api: &Api) -> Vec<Vendored> {
    input::vendored(&root(), api).expect("the vendored documents are there")
}

/// An API of the checked-in manifest, all stages.
pub(crate) fn compiled(api: &Api) -> Compiled {
    compile_documents(api, &documents(api))
}

pub(crate) fn compile_documents(api: &Api, documents: &[Vendored]) -> Compiled {
    compile(&root(), api, documents, &Options::default()).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems.render(client_codegen::diagnostic::Style::Plain)
        );
    })
}

/// The rendered files of a client.
pub(crate) fn rendered(compiled: &Compiled) -> std::collections::BTreeMap<String, String> {
    client_codegen::render::render(&compiled.finished, "cargo xtask codegen", "the test")
}

/// What cargo says of the packages of the workspace, and of what they depend on unless `arguments` leave that out.
pub(crate) fn metadata(arguments: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    serde_json::from_value(metadata["packages"].take()).unwrap()
}
