//! Mock expectations: the module `httpmock` of a client, behind the feature of that name.
//!
//! `skeleton` keeps of progenitor's expectations what is right of them: a trait with a method per operation, and its two
//! wrappers, of what is expected and of what is answered. `sent` reads from the finished `send` of an operation how each value
//! reaches the wire, and `answered` how each status is read. `expectations` and `answers` write the methods of the wrappers
//! from that, so that a mock expects what the client sends, and `files` puts all of it into files.

mod answered;
mod answers;
mod argument;
mod expectations;
mod files;
mod sent;
mod skeleton;

pub(crate) use files::MOCKS;
pub(super) use files::add;
pub(super) use sent::{Sent, Value};
