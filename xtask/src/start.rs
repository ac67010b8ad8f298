//! Starts a crate of this workspace, which this one does not depend on: it would bring TLS, a server and an async runtime into every
//! `cargo xtask codegen`.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use client_codegen::exit;

/// Runs the binary of `package` with these arguments, by `cargo run`, and gives its exit code.
pub(crate) fn crate_of_workspace(package: &str, arguments: &[&OsStr]) -> u8 {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--package", package])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--")
        .args(arguments);
    start(command)
}

/// In the place of this process where that is possible, so that who ends the one ends the other.
#[cfg(unix)]
fn start(mut command: Command) -> u8 {
    use std::os::unix::process::CommandExt;
    not_started(&command.exec())
}

#[cfg(not(unix))]
fn start(mut command: Command) -> u8 {
    match command.status() {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            code.unwrap_or(exit::FAILURE)
        }
        Err(error) => not_started(&error),
    }
}

fn not_started(error: &io::Error) -> u8 {
    let _ = writeln!(io::stderr(), "cargo cannot be started: {error}");
    exit::FAILURE
}
