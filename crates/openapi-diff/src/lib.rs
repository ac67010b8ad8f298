#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod calls;
mod change;
mod compare;
mod components;
mod document;
mod error;
mod fingerprint;
mod kind;
mod parameters;
mod request;
mod responses;
mod schema;
mod security;
mod servers;
mod subject;
mod texts;
mod usage;
mod version;

pub use change::{Change, Class};
pub use compare::compare;
pub use error::{Error, Side};
pub use kind::Kind;
pub use semver::Version;
pub use version::next_version;
