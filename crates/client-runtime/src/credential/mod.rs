//! Credentials: how they are given, checked and sent.

mod given;
mod held;
mod prepared;
mod provider;
mod value;

pub use given::Credential;
pub(crate) use held::{Held, Ready};
pub(crate) use prepared::{Place, Prepared};
pub(crate) use provider::Unavailable;
