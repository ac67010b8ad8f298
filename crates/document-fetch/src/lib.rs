#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod ask;
mod cli;
mod codes;
mod excerpt;
mod http;
mod index;
mod judge;
mod one;
mod operations;
mod options;
mod problem;
mod progress;
mod renames;
mod run;
mod transaction;

pub use cli::run as run_command;
pub use codes::CODES;
pub use options::{Index, Limits, Mode, Options, Progress};
pub use run::{run, run_on};
