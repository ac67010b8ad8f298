//! Files that are sent, wherever their bytes are.

mod content;
mod disk;
mod hand_over;
mod once;
mod public;

pub(crate) use content::{Content, Reading};
pub(crate) use hand_over::{NAME, handing_over, take_handed_over};
pub use public::FilePart;
