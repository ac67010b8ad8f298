//! What a sampler gives.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// At most so many samples are made of one schema.
pub const MAX_SAMPLES: usize = 64;

/// A value that the schema allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The value.
    pub value: Value,
    /// What it is a sample of.
    pub kind: Kind,
    /// Which branch of a union it is, where nothing but that branch is meant by it.
    pub branch: Option<Branch>,
}

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// An object with what is required, or the smallest value of another type.
    Required,
    /// An object with all of its properties.
    All,
    /// An object that lacks one optional property.
    Absent,
    /// Null, or an object in which one property is null.
    Null,
    /// A value of an enum, or of a property that is one.
    Value,
    /// A branch of a union, or of a property that is one.
    Branch,
    /// Another value of the type: an empty list, a bound, a text of another length.
    Other,
    /// An example of the document.
    Example,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "required",
            Self::All => "all",
            Self::Absent => "absent",
            Self::Null => "null",
            Self::Value => "value",
            Self::Branch => "branch",
            Self::Other => "other",
            Self::Example => "example",
        })
    }
}

/// A branch of the union that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Pointer of the branch itself, as `/components/schemas/Pet/oneOf/0`.
    pub pointer: String,
    /// Pointer of the schema that the branch refers to; the same as `pointer` if it refers to none.
    pub target: String,
}

/// The samples of one schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sampled {
    /// At most [`MAX_SAMPLES`], without repetition.
    pub samples: Vec<Sample>,
    /// How many values were made and are not allowed: where a schema says what the sampler does not understand.
    pub refused: usize,
}
