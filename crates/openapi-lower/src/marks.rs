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
    /// Properties of objects, by component and by their name in the lowered document.
    pub fields: BTreeMap<String, BTreeMap<String, FieldMark>>,
}

impl Marks {
    /// Keeps the marks of these operations (by operationId) and components, for a caller that takes the others out of the
    /// document.
    pub fn retain(&mut self, operation: impl Fn(&str) -> bool, component: impl Fn(&str) -> bool) {
        self.parameters.retain(|id, _| operation(id));
        self.bodies.retain(|id, _| operation(id));
        self.enums.retain(|name, _| component(name));
        self.unions.retain(|name, _| component(name));
        self.fields.retain(|name, _| component(name));
    }
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

/// A property whose Rust field says too little, or would have a name that another field has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldMark {
    /// Name on the wire.
    pub name: String,
    /// Whether it may be absent and may be `null`, which are two things.
    pub nullable: bool,
}

/// A union that is, in the lowered document, `oneOf`, of which progenitor's code takes the first branch that decodes.
///
/// At least two of its branches are objects. An object is of the branch that has its tag; where it has no tag, or
/// several branches have it, of the branch whose properties fit best.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnionMark {
    /// The property that says which branch an object is, if there is one.
    pub tag: Option<String>,
    /// The branches in the order of the lowered document.
    pub branches: Vec<BranchMark>,
}

impl UnionMark {
    /// Whether each object of the union has the tag and is of the one branch that has its value.
    #[must_use]
    pub fn is_told_by_tag_alone(&self) -> bool {
        let Some(tag) = &self.tag else { return false };
        let mut seen: Vec<&Value> = Vec::new();
        let objects = || {
            self.branches
                .iter()
                .filter_map(|branch| Some((branch, branch.objects.as_ref()?)))
        };
        objects().all(|(branch, objects)| !branch.tags.is_empty() && objects.required.contains(tag))
            && objects().flat_map(|(branch, _)| &branch.tags).all(|value| {
                let is_new = !seen.contains(&value);
                seen.push(value);
                is_new
            })
    }

    /// Whether a value of the tag that no branch has is unknown, and not just that of a branch that lists none.
    #[must_use]
    pub fn knows_all_tags(&self) -> bool {
        let mut objects = self
            .branches
            .iter()
            .filter(|branch| branch.objects.is_some());
        self.tag.is_some() && objects.all(|branch| !branch.tags.is_empty())
    }
}

/// One branch of a union.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BranchMark {
    /// The values of the tag that mean this branch.
    pub tags: Vec<Value>,
    /// What its values are, if all of them are objects.
    pub objects: Option<ObjectMark>,
}

/// The objects of a branch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ObjectMark {
    /// Properties that all of them have.
    pub required: BTreeSet<String>,
    /// Properties that are described.
    pub properties: BTreeSet<String>,
    /// Whether properties that are not described are kept too.
    pub open: bool,
}
