//! Bodies of requests that are not held in memory.

mod error;
mod exact;
mod segments;
mod watch;

pub(crate) use error::{BoxError, Problem, SendError};
pub(crate) use exact::Exact;
pub(crate) use segments::{Segments, body_of};
pub(crate) use watch::{Watch, state_empty};

/// How much of a file is in memory at once, in bytes: 64 KiB.
pub(crate) const PIECE: usize = 64 * 1024;
