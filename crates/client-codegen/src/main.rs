//! `client-codegen`: API documents to client crates, in the current folder.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    client_codegen::cli::run("client-codegen", Path::new("."), &[])
}
