//! `cargo xtask`: the workspace's commands, over the library `client-codegen`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
