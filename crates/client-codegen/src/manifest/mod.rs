//! `specs/apis.toml`: which APIs there are and what each is made from.
//!
//! The file is for people, so a run reports everything that is wrong with it, each with its place. That is why it is read
//! from toml_edit's document, which has a position for every key and value, and not by serde, which stops at the first
//! error.

mod header;
mod left_out;
mod model;
mod read;
mod table;
mod upstream;
pub(crate) mod values;

pub use header::header;
pub use model::{Api, Document, Index, LeftOut, MANIFEST_FILE, Manifest, Pattern, Retired, SPECS};
