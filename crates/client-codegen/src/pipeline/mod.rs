//! The stages in their order, each with its problems turned into diagnostics.

mod compile;
mod left_out;
mod stages;

pub use compile::{Compiled, Options, Timing, compile, overlaid_documents, read_overlay};
pub use left_out::left_out;
pub use stages::{
    assembled, finished, generated, lowered, notes, notes_and_problems, overlaid, unsupported,
    warnings,
};
