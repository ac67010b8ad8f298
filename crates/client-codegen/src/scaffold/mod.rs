//! The hand-written shell of a client crate: written once for a crate that does not exist, its people's from then on.
//!
//! Only the list of dependencies is kept up afterwards, because generated code decides what it needs.

mod dependencies;
mod shell;
mod templates;

pub use dependencies::add_dependencies;
pub use shell::{files, missing};
