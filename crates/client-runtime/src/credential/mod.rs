//! Credentials: how they are given, checked and sent.

mod given;
mod prepared;
mod value;

pub use given::Credential;
pub(crate) use prepared::{Place, Prepared};
