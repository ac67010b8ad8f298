#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod branches;
mod components;
mod context;
mod depth;
mod facts;
mod fingerprint;
mod grammar;
mod lower;
mod markdown;
mod marks;
mod media;
mod names;
mod operation;
mod options;
mod origins;
mod passes;
pub mod places;
mod pointer;
mod refs;
mod report;
mod schema;
mod servers;
mod spread;
mod stand_in;
mod walk;

pub use lower::{Lowered, lower};
pub use markdown::first_sentence;
pub use marks::{
    BodyMark, BranchMark, EncodingMark, EnumMark, FILE_PART_FORMAT, FieldMark, Location, Marks,
    ObjectMark, ParameterMark, Style, UnionMark,
};
pub use operation::{InvalidStatusPattern, Operation, StatusPattern};
pub use options::Options;
pub use origins::Origins;
pub use passes::{PASSES, Pass};
pub use report::{CODES, Effect, Note, Problem, Report};
pub use servers::server_url;
