//! `cargo xtask`: the commands of `client-codegen`, over this workspace from wherever they are started, and those of other crates.

mod fetch;
mod serve;
mod start;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = xtask.parent().unwrap_or(xtask);
    client_codegen::cli::run("cargo xtask", workspace, &[fetch::COMMAND, serve::COMMAND])
}
