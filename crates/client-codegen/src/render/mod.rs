//! Finished files to text: banner and prettyplease.
//!
//! prettyplease, not rustfmt: it is a pinned library, so that the same input gives the same bytes on every
//! machine.

mod file;

pub use file::{BANNER_TOKEN, render};
