//! The grammar of OpenAPI: which member of which object holds what.
//!
//! One table serves both the traversal and the check of shapes, so that a schema property *named* `nullable`, or an
//! example that looks like a schema, is never taken for a keyword. The tables cover OpenAPI 3.0.3 and, marked
//! [`newer`], what 3.1.1 and 3.2.0 add.

mod objects;
mod schema;

use objects::fields;

/// The object types of an OpenAPI document (OpenAPI 3.1.1 §4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Flows,
    Flow,
    Tag,
    ExternalDocs,
    Schema,
    Discriminator,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Any JSON value; never looked into.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A non-negative whole number.
    Count,
    /// An array of strings.
    Texts,
    /// An array of any values.
    Values,
    /// An object with string values.
    TextMap,
    /// An array of objects whose values are arrays of strings: security requirements.
    Requirements,
    /// One object of a kind, or a reference to one.
    Node(Kind),
    /// An object of a kind, or a boolean.
    NodeOrFlag(Kind),
    /// An array of objects of a kind.
    List(Kind),
    /// One object of a kind, or an array of them.
    NodeOrList(Kind),
    /// An object whose values are objects of a kind, whatever the keys are.
    Map(Kind),
}

/// One member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// OpenAPI 3.0 knows it.
    pub(crate) in_3_0: bool,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        in_3_0: true,
    }
}

const fn newer(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        in_3_0: false,
    }
}

/// The member `key` of an object of `kind`; `None` if the specification does not know it.
pub(crate) fn member(kind: Kind, key: &str) -> Option<Field> {
    match kind {
        // Patterned fields: §4.8.8 and §4.8.16. Extensions are not paths and not statuses.
        Kind::Paths => key
            .starts_with('/')
            .then_some(field("", Shape::Node(Kind::PathItem))),
        Kind::Responses => {
            (!key.starts_with("x-")).then_some(field("", Shape::Node(Kind::Response)))
        }
        Kind::Callback => {
            (!key.starts_with("x-")).then_some(field("", Shape::Node(Kind::PathItem)))
        }
        _ => fields(kind).iter().find(|field| field.name == key).copied(),
    }
}

/// Whether an object of this kind may be a reference instead (3.1.1 §4.8.23 and the fields that allow it).
pub(crate) fn may_be_reference(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Schema
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Response
            | Kind::Header
            | Kind::Example
            | Kind::Link
            | Kind::Callback
            | Kind::SecurityScheme
            | Kind::PathItem
            | Kind::MediaType
    )
}
