//! `serve`: the crate `example-server`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use client_codegen::cli::Extra;

use crate::start;

/// `cargo xtask serve API`.
pub(crate) const COMMAND: Extra = Extra {
    name: "serve",
    about: "Answer every operation of an API with its documented example, on 127.0.0.1",
    run,
};

fn run(root: &Path, arguments: &[OsString]) -> u8 {
    let root = [OsStr::new("--root"), root.as_os_str()];
    let given = arguments.iter().map(OsString::as_os_str);
    let all: Vec<&OsStr> = root.into_iter().chain(given).collect();
    start::crate_of_workspace("example-server", &all)
}
