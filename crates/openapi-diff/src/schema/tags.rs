//! The property that tells the branches of a union apart (`openapi-lower`, pass `union_marks`).

use std::collections::BTreeSet;

use serde_json::Value;

use super::core::{Core, Target};
use super::shape::{Shape, Union};
use crate::document::{Document, Placed};

/// A tag of a union.
#[derive(Debug, PartialEq)]
pub(super) struct Tag {
    pub(super) name: String,
    /// Whether each branch has values of it and others could come, so that the union has an arm for those.
    pub(super) is_open: bool,
}

/// The tag of a union: that of its discriminator, else a property that lists other values in each branch.
pub(super) fn tag(document: Document<'_>, union: &Union<'_>) -> Option<Tag> {
    let branches: Vec<Branch<'_>> = union
        .branches
        .iter()
        .map(|branch| Branch::of(document, branch))
        .collect();
    let objects = || branches.iter().filter(|branch| branch.is_object());
    let name = match union.tag {
        Some(name) => name,
        None => {
            let first = objects().next()?.shape.fields.keys();
            let mut shared = first.filter(|name| {
                let mut met = BTreeSet::new();
                objects().count() > 1
                    && objects().all(|branch| {
                        let values = branch.values(document, name);
                        !values.is_empty() && values.into_iter().all(|value| met.insert(value))
                    })
            });
            shared.next()?
        }
    };
    // A component is told by its name, where a discriminator says nothing else (OpenAPI 3.1.1 §4.8.25).
    let is_told = |branch: &Branch<'_>| {
        (union.tag.is_some() && branch.is_named) || !branch.values(document, name).is_empty()
    };
    let flags: BTreeSet<String> = objects()
        .flat_map(|branch| branch.values(document, name))
        .filter(|value| value == "true" || value == "false")
        .collect();
    Some(Tag {
        name: name.to_owned(),
        is_open: objects().all(is_told) && flags.len() < 2,
    })
}

struct Branch<'d> {
    shape: Shape<'d>,
    is_named: bool,
}

impl<'d> Branch<'d> {
    fn of(document: Document<'d>, branch: &Placed<'d>) -> Self {
        let core = Core::of(document, branch.clone());
        Self {
            shape: Shape::of(document, core.target.place()),
            is_named: matches!(core.target, Target::Named(..)),
        }
    }

    fn is_object(&self) -> bool {
        self.shape.types.first() == Some(&"object") || self.shape.union.is_some()
    }

    /// The values that a property may have, as JSON.
    fn values(&self, document: Document<'d>, property: &str) -> Vec<String> {
        let Some(field) = self.shape.fields.get(property) else {
            return Vec::new();
        };
        let core = Core::of(document, field.schema.clone());
        let values = Shape::of(document, core.target.place()).values;
        let values = values.unwrap_or_default();
        values.into_iter().map(Value::to_string).collect()
    }
}
