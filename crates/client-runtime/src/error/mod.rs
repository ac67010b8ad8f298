//! Errors: what is known about a failed call, and what of it is shown.

mod call;
mod cause;
mod code;
mod convert;
mod display;
mod message;
mod page;
mod public;
mod report;
mod respond;
mod xml;

pub use call::CallError;
pub(crate) use cause::{Cause, Scrubbed, chain};
pub(crate) use message::message_of_part;
pub use public::Error;
pub(crate) use report::{Answer, Kind, Report};
