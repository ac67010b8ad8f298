//! The stage *overlay*: fix-ups of our own on top of what a vendor publishes.
//!
//! An OpenAPI Overlay (specification 1.0.0) is applied action by action. A fix-up that no longer fixes anything is an
//! error: it tells that the vendor has changed the document, so that nothing of ours silently stops or lingers.

mod apply;
mod merge;
mod read;

pub use apply::apply;
pub use read::{Action, Overlay};
