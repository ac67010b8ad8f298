//! The command line: arguments to options of [`commands`](crate::commands).
//!
//! Here and not in a binary, because two have it: `client-codegen`, and `cargo xtask` of the repository that this crate
//! is developed in. They differ in the name that people start them by and in the folder that they fall back to. The
//! feature `cli` brings this module and clap.

mod arguments;
mod extra;
mod run;

pub use extra::Extra;
pub use run::run;
