//! `fetch`: the crate `document-fetch`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use client_codegen::cli::Extra;

use crate::start;

/// `cargo xtask fetch`.
pub(crate) const COMMAND: Extra = Extra {
    name: "fetch",
    about: "Bring the vendors' documents up to date, all of an API or nothing",
    run,
};

fn run(root: &Path, arguments: &[OsString]) -> u8 {
    // Advice and help then name this program.
    let first = [
        OsStr::new("--of-xtask"),
        OsStr::new("--root"),
        root.as_os_str(),
    ];
    let given = arguments.iter().map(OsString::as_os_str);
    let all: Vec<&OsStr> = first.into_iter().chain(given).collect();
    start::crate_of_workspace("document-fetch", &all)
}
