//! `cargo xtask`: the commands of `client-codegen`, over this workspace from wherever they are started.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    client_codegen::cli::run("cargo xtask", xtask.parent().unwrap_or(xtask), &[])
}
