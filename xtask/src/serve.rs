//! `serve`: starts the crate `example-server`, which this one does not depend on: it would bring a server and an async runtime
//! into every `cargo xtask codegen`.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use client_codegen::cli::Extra;
use client_codegen::exit;

/// `cargo xtask serve API`.
pub(crate) const COMMAND: Extra = Extra {
    name: "serve",
    about: "Answer every operation of an API with its documented example, on 127.0.0.1",
    run,
};

fn run(root: &Path, arguments: &[OsString]) -> u8 {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--package", "example-server"])
        .arg("--manifest-path")
        .arg(manifest)
        .args(["--", "--root"])
        .arg(root)
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
