//! What extensions of operations say of answers by JSON pointers: reading the extension, going along a pointer through the types of the
//! finished client, and the code that does so.

mod answer;
mod fault;
mod names;
mod read;
mod stated;
mod walk;

pub(super) use answer::{Answer, Failure};
pub(super) use fault::Fault;
pub(super) use names::{free_name, is_one, is_whole_number};
pub(super) use read::{Read, by_reference, by_value, wrapped};
pub(super) use stated::{Extension, Stated};
pub(super) use walk::{Step, Types, Walk};
