//! The branches of a union that was asked for.

use serde_json::Value;

use crate::make::{Maker, Trail, tag};
use crate::node::Node;
use crate::objects::Choice;
use crate::sample::{Branch, Kind};
use crate::sampler::follow;

/// The union that a schema is, if it is one: directly, or by a reference.
pub(crate) struct Branches<'a> {
    pointer: String,
    keyword: &'static str,
    schemas: &'a [Value],
    discriminator: Option<&'a Value>,
}

impl<'a> Branches<'a> {
    pub(crate) fn of(document: &'a Value, pointer: &str) -> Option<Self> {
        let mut pointer = pointer.to_owned();
        let mut schema = document.pointer(&pointer)?;
        for _ in 0..8 {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
                break;
            };
            pointer = reference.strip_prefix('#')?.to_owned();
            schema = follow(document, reference)?;
        }
        let keyword = ["oneOf", "anyOf"]
            .into_iter()
            .find(|keyword| schema.get(keyword).is_some())?;
        let schemas = schema.get(keyword)?.as_array()?;
        let discriminator = schema.get("discriminator");
        Some(Self {
            pointer,
            keyword,
            schemas,
            discriminator,
        })
    }

    pub(crate) fn schemas(&self) -> &'a [Value] {
        self.schemas
    }

    pub(crate) fn branch(&self, index: usize) -> Branch {
        let pointer = format!("{}/{}/{index}", self.pointer, self.keyword);
        let reference = self
            .schemas
            .get(index)
            .and_then(|schema| schema["$ref"].as_str());
        let target = reference.and_then(|reference| reference.strip_prefix('#'));
        Branch {
            target: target.unwrap_or(&pointer).to_owned(),
            pointer,
        }
    }

    /// Whether a value says by its tag that it is of the branch at `index`.
    pub(crate) fn is_tagged(&self, value: &Value, index: usize) -> bool {
        let tag = self
            .schemas
            .get(index)
            .and_then(|branch| tag(self.discriminator, branch));
        tag.is_some_and(|(property, tag)| value.get(property).and_then(Value::as_str) == Some(&tag))
    }
}

impl Maker<'_> {
    /// Values of every branch of a node's first union, with the branch: the first of each, then the second.
    pub(crate) fn branches(&self, node: &Node, trail: &Trail) -> Vec<(Choice, usize)> {
        let count = node.unions.first().map_or(0, |union| union.branches.len());
        let mut each: Vec<_> = (0..count)
            .map(|branch| self.of_branch(node, branch, trail).into_iter())
            .collect();
        let mut found = Vec::new();
        for _ in 0..12 {
            for (branch, values) in each.iter_mut().enumerate() {
                found.extend(
                    values
                        .next()
                        .map(|(value, _)| ((value, Kind::Branch), branch)),
                );
            }
        }
        found
    }

    fn of_branch(&self, node: &Node, branch: usize, trail: &Trail) -> Vec<Choice> {
        for tagged in [true, false] {
            let Some(with) = self.with_branch(node, 0, branch, tagged) else {
                continue;
            };
            let values = self.of_any(&with, trail);
            if !values.is_empty() {
                return values;
            }
        }
        Vec::new()
    }

    /// Values of a node, whatever it is.
    pub(crate) fn of_any(&self, node: &Node, trail: &Trail) -> Vec<Choice> {
        if node.values.is_none() && !node.unions.is_empty() {
            return self
                .branches(node, trail)
                .into_iter()
                .map(|(choice, _)| choice)
                .collect();
        }
        let kinds = node.kinds();
        if node.values.is_none() && kinds == [crate::node::Type::Object] {
            return self.objects(node, trail);
        }
        self.plain_choices(node, trail)
    }
}
