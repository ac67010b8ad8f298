//! What stock progenitor cannot write: stand-ins in the document, and beside it what they stand for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

/// What a caller that finishes progenitor's output has to do, by place. Empty unless [`Options::marks`] is set.
///
/// A marked thing is in the document as something that progenitor takes, so that its code has the right shape, and is
/// wrong on the wire until the caller has put the real thing in the place of the stand-in.
///
/// [`Options::marks`]: crate::Options::marks
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Marks {
    /// Parameters, by operationId and by the stand-in's name in the lowered document.
    pub parameters: BTreeMap<String, BTreeMap<String, ParameterMark>>,
    /// Request bodies, by operationId.
    pub bodies: BTreeMap<String, BodyMark>,
    /// Enums whose values are no texts or give no Rust names, by component.
    pub enums: BTreeMap<String, EnumMark>,
    /// Unions that are told apart by what they hold, by component.
    pub unions: BTreeMap<String, UnionMark>,
}

/// A parameter that is, in the lowered document, a text: in the path where it is one of the path, else in the query.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ParameterMark {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent (`in`, OpenAPI 3.1.1 §4.8.12.1).
    pub location: Location,
    /// How arrays and objects are written (§4.8.12.6).
    pub style: Style,
    /// Whether each item or property is written apart.
    pub explode: bool,
    /// Whether the characters `:/?#[]@!$&'()*+,;=` are sent as they are.
    pub allow_reserved: bool,
    /// The media type of a parameter with `content`, which is one text however it is structured.
    pub media_type: Option<String>,
    /// What the value is: a schema of the lowered document, of which a probe tells the Rust type.
    pub schema: Value,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As one cookie of the header `Cookie`.
    Cookie,
}

/// How a parameter's value becomes text (OpenAPI 3.1.1 §4.8.12.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Style {
    /// `;color=blue`, in paths.
    Matrix,
    /// `.blue`, in paths.
    Label,
    /// `color=blue`, in queries and cookies.
    Form,
    /// `blue`, in paths and headers.
    Simple,
    /// `blue black`, in queries.
    SpaceDelimited,
    /// `blue|black`, in queries.
    PipeDelimited,
    /// `color[R]=100`, in queries.
    DeepObject,
}

/// The format of a part of a multipart body that is a file, where `marks` are asked for: bytes, with a file name and a
/// media type beside them.
pub const FILE_PART_FORMAT: &str = "x-openapi-lower-file";

/// A request body that is, in the lowered document, required, and JSON, a form, bytes or text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BodyMark {
    /// Whether the operation may be called without it (`required: false`, the default).
    pub optional: bool,
    /// The media type that is sent. `multipart/form-data` is, in the lowered document, JSON.
    pub media_type: String,
    /// How the parts of a multipart or form body are written, by property (§4.8.15).
    pub encoding: BTreeMap<String, EncodingMark>,
}

/// How one part of a body is written (`encoding`, OpenAPI 3.1.1 §4.8.15).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EncodingMark {
    /// `contentType`: one media type, or several with commas between them.
    pub content_type: Option<String>,
    /// `style`, of forms.
    pub style: Option<Style>,
    /// `explode`, of forms.
    pub explode: Option<bool>,
}

/// An enum that is, in the lowered document, one of texts that give distinct Rust names.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EnumMark {
    /// The value on the wire, by the text in the lowered document.
    pub values: BTreeMap<String, Value>,
}

/// A union that is, in the lowered document, `oneOf`, of which progenitor's code takes the first branch that decodes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnionMark {
    /// The property that says which branch a value is, if there is one.
    pub tag: Option<String>,
    /// The branches in the order of the lowered document.
    pub branches: Vec<BranchMark>,
}

/// One branch of a union.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BranchMark {
    /// The values of the tag that mean this branch; empty where the union has no tag.
    pub tags: Vec<Value>,
    /// Properties that its values have. `None` where the branch is no object.
    pub required: Option<BTreeSet<String>>,
    /// Properties that its values may have, where these are listed.
    pub properties: BTreeSet<String>,
}
