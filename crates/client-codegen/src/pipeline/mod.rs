//! The stages in their order, each with its problems turned into diagnostics.

mod compile;
mod stages;

pub(crate) use compile::read_overlay;
pub use compile::{Compiled, Timing, compile};
pub use stages::{assembled, finished, generated, lowered, notes, notes_and_problems, overlaid};
