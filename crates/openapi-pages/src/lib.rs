#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod bounds;
mod detect;
mod document;
mod encoding;
mod extract;
mod format;
mod fragments;
mod frame;
mod losses;
mod mintlify;
mod node;
mod parse;
mod problem;
mod public;
mod source_map;

pub use extract::{Extraction, Fragment, extract};
pub use format::{Format, UnknownFormat};
pub use problem::{CODES, Problem};
pub use public::{parse_json, parse_yaml};
pub use source_map::{SourceMap, escape};
