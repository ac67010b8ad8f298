//! `document-fetch`: vendors' documents into the folder `specs`, see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(document_fetch::run_command(std::env::args_os()))
}
