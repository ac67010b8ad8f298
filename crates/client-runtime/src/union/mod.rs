//! Unions of objects, and which branch a value is.

mod branch;
mod choose;
mod failure;
mod visitor;

pub use branch::{Branch, Union};
pub use choose::deserialize_union;
pub use failure::{BranchFailure, BranchValue};

pub(crate) use failure::place_and_reason;
