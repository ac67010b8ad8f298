//! `specs/apis.lock`: which bytes of each vendored document were reviewed.
//!
//! The file is the tool's. Only `cargo xtask pin` (and later a fetch) writes it; every other command compares.

mod check;
mod model;
mod pin;
mod text;

pub use check::check;
pub use model::{Entry, LOCK_FILE, Lock, NOT_VERIFIED, Pinnable, sha256};
pub use pin::pin;
