//! What `cargo xtask serve` starts.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(example_server::cli::run(std::env::args_os()))
}
