//! One value of a schema.

use std::cell::Cell;

use serde_json::{Map, Value};

use crate::node::{Node, Type, Union, mapped, name_of};
use crate::valid::Valid;
use crate::{documented, numbers, strings};

/// How many schemas one call may look at; what branches at every level is cut.
const FUEL: usize = 20_000;

/// Deeper values are cut, which a schema that needs them cannot have.
const DEPTH: usize = 24;

/// The key of a property that no schema lists.
pub(crate) const EXTRA_KEY: &str = "extra key";

pub(crate) struct Maker<'a> {
    document: &'a Value,
    fuel: Cell<usize>,
    /// What documented examples are asked of, where they are taken in place of made values.
    examples: Option<&'a Valid>,
}

/// The references that lead to a value from the one that is asked for.
#[derive(Clone, Default)]
pub(crate) struct Trail {
    direct: Vec<String>,
    included: Vec<String>,
    depth: usize,
}

impl Trail {
    /// None where a value would have to contain itself.
    pub(crate) fn enter(&self, schema: &Value, node: &Node) -> Option<Self> {
        let mut trail = self.clone();
        trail.depth += 1;
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if self.direct.iter().any(|known| known == reference) {
                return None;
            }
            trail.direct.push(reference.to_owned());
        }
        for reference in &node.references {
            // A base is included by many, so only the third time is a circle.
            if self
                .included
                .iter()
                .filter(|known| *known == reference)
                .count()
                > 2
            {
                return None;
            }
            trail.included.push(reference.clone());
        }
        (trail.depth < DEPTH).then_some(trail)
    }
}

impl<'a> Maker<'a> {
    pub(crate) fn new(document: &'a Value) -> Self {
        Self {
            document,
            fuel: Cell::new(FUEL),
            examples: None,
        }
    }

    /// One that takes the documented examples of properties, items and branches that their schemas allow.
    pub(crate) fn with_examples(document: &'a Value, valid: &'a Valid) -> Self {
        Self {
            examples: Some(valid),
            ..Self::new(document)
        }
    }

    pub(crate) fn node(&self, schema: &Value, owner: Option<&str>) -> Option<Node> {
        let left = self.fuel.get().checked_sub(1)?;
        self.fuel.set(left);
        Node::of(self.document, schema, owner)
    }

    /// The node with one branch of its union at `union` in the union's place.
    pub(crate) fn with_branch(
        &self,
        node: &Node,
        union: usize,
        branch: usize,
        tagged: bool,
    ) -> Option<Node> {
        self.fuel.set(self.fuel.get().checked_sub(1)?);
        let mut node = node.clone();
        if union >= node.unions.len() {
            return None;
        }
        let Union {
            branches,
            discriminator,
        } = node.unions.remove(union);
        let branch = branches.get(branch)?;
        let reference = branch.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|reference| node.references.iter().any(|known| known == reference))
        {
            return None;
        }
        // What was included says nothing new where a branch includes it again.
        let mut seen = node.references.clone();
        node.add(self.document, branch, &mut seen)?;
        if let Some((property, tag)) = tag(discriminator.as_ref(), branch).filter(|_| tagged) {
            node.demand(&property, &tag);
        }
        Some(node)
    }

    /// A value; `rich` levels of it have their optional properties and an item per list.
    pub(crate) fn value(&self, schema: &Value, rich: u8, trail: &Trail) -> Option<Value> {
        if let Some(example) = self.example(schema) {
            return Some(example);
        }
        let node = self.node(schema, None)?;
        let trail = trail.enter(schema, &node)?;
        let Some(valid) = self.examples else {
            return self.of_node(&node, rich, &trail);
        };
        // What cannot be shown is left out where it may be, so that it does not spoil what it is a part of.
        let fewer = (0..=rich).rev();
        fewer
            .filter_map(|rich| self.of_node(&node, rich, &trail))
            .find(|value| valid.allows(&schema.to_string(), schema, value))
    }

    fn example(&self, schema: &Value) -> Option<Value> {
        let valid = self.examples?;
        let examples = documented::of_referred(self.document, schema).into_iter();
        let mut allowed = examples.filter(|value| valid.allows(&schema.to_string(), schema, value));
        allowed.next()
    }

    pub(crate) fn of_node(&self, node: &Node, rich: u8, trail: &Trail) -> Option<Value> {
        if let Some(values) = &node.values {
            return values
                .iter()
                .find(|value| !value.is_null())
                .or(values.first())
                .cloned();
        }
        if let Some(union) = node.unions.first() {
            let tries =
                (0..union.branches.len()).flat_map(|branch| [(branch, true), (branch, false)]);
            return tries.into_iter().find_map(|(branch, tagged)| {
                let with = self.with_branch(node, 0, branch, tagged)?;
                let trail = trail.enter(&union.branches[branch], &Node::default())?;
                self.of_node(&with, rich, &trail)
            });
        }
        let kinds = node.kinds();
        let Some(kind) = kinds.first() else {
            // Only null, or anything.
            return Some(if node.types.is_some() {
                Value::Null
            } else {
                Value::from("anything")
            });
        };
        self.of_type(node, *kind, rich, trail)
    }

    pub(crate) fn of_type(
        &self,
        node: &Node,
        kind: Type,
        rich: u8,
        trail: &Trail,
    ) -> Option<Value> {
        match kind {
            Type::Object => self.object(node, rich, trail),
            Type::Array => self.array(node, usize::from(rich > 0), rich, trail),
            Type::String => strings::texts(node).into_iter().next(),
            Type::Boolean => Some(Value::Bool(true)),
            Type::Integer | Type::Number => numbers::numbers(node, kind).into_iter().next(),
        }
    }

    /// The schemas of a property, as one.
    pub(crate) fn property(node: &Node, name: &str) -> Value {
        match node.properties.get(name).map(Vec::as_slice) {
            Some([one]) => one.clone(),
            Some(several) => serde_json::json!({ "allOf": several }),
            None => node.additional.clone().unwrap_or(Value::Bool(true)),
        }
    }

    fn object(&self, node: &Node, rich: u8, trail: &Trail) -> Option<Value> {
        let mut members = Map::new();
        let below = rich.saturating_sub(1);
        for name in &node.required {
            members.insert(
                name.clone(),
                self.value(&Self::property(node, name), below, trail)?,
            );
        }
        for name in node.properties.keys() {
            if (rich > 0 || members.len() < node.min_properties) && !members.contains_key(name) {
                let value = self.value(&Self::property(node, name), below, trail);
                members.extend(value.map(|value| (name.clone(), value)));
            }
        }
        let is_map = node.properties.is_empty() && node.additional != Some(Value::Bool(false));
        for count in 0..node.min_properties.saturating_sub(members.len()).min(8) {
            let schema = node.additional.clone().unwrap_or(Value::Bool(true));
            members.insert(
                format!("{EXTRA_KEY} {count}"),
                self.value(&schema, below, trail)?,
            );
        }
        if rich > 0 && is_map && members.is_empty() {
            let schema = node.additional.clone().unwrap_or(Value::Bool(true));
            members.extend(
                self.value(&schema, below, trail)
                    .map(|value| (EXTRA_KEY.to_owned(), value)),
            );
        }
        Some(Value::Object(members))
    }

    /// A list with at least `count` items, as many as it must and no more than it may have.
    pub(crate) fn array(
        &self,
        node: &Node,
        count: usize,
        rich: u8,
        trail: &Trail,
    ) -> Option<Value> {
        let least = node
            .min_items
            .max(if count > 0 { node.prefix.len() } else { 0 });
        let wanted = count
            .max(least)
            .min(node.max_items.unwrap_or(usize::MAX))
            .min(512);
        let rest = match node.items.as_slice() {
            [one] => one.clone(),
            [] => Value::Bool(true),
            several => serde_json::json!({ "allOf": several }),
        };
        let mut items = Vec::new();
        let different = if node.unique && wanted > 1 {
            self.choices(&rest, trail)
        } else {
            Vec::new()
        };
        for index in 0..wanted {
            let schema = node.prefix.get(index).unwrap_or(&rest);
            if index >= node.prefix.len() && node.items.first() == Some(&Value::Bool(false)) {
                break;
            }
            let value = match different.get(index) {
                Some((value, _)) => Some(value.clone()),
                None => self.value(schema, rich.saturating_sub(1), trail),
            };
            match value {
                Some(value) => items.push(value),
                None if items.len() >= least.min(node.min_items) => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }
}

/// The property and the value by which a discriminator knows a branch.
pub(crate) fn tag(discriminator: Option<&Value>, branch: &Value) -> Option<(String, String)> {
    let discriminator = discriminator?;
    let property = discriminator["propertyName"].as_str()?;
    let reference = branch["$ref"].as_str()?;
    let tag = mapped(discriminator, reference).or_else(|| name_of(reference))?;
    Some((property.to_owned(), tag))
}
