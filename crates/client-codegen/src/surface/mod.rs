//! The surface of a client: its public items, signatures only, one line each.
//!
//! What a reviewer reads first: a change here is a change for the client's users.

mod difference;
mod mocks;
mod outline;

pub use difference::{ItemDifference, difference};
pub use outline::surface;
