//! Several values of a schema: what each keyword makes possible, one thing at a time.

use serde_json::Value;

use crate::make::{EXTRA_KEY, Maker, Trail};
use crate::node::{Node, Type};
use crate::sample::Kind;
use crate::{numbers, strings};

/// A value and what it shows.
pub(crate) type Choice = (Value, Kind);

/// Bounds of what is tried with the properties of one object, so that no idea takes the place of all others.
const ABSENT: usize = 24;
const NULL: usize = 24;
const CHOICES: usize = 40;

impl Maker<'_> {
    /// Values of a schema that is part of another, the plainest first; null is not among them.
    pub(crate) fn choices(&self, schema: &Value, trail: &Trail) -> Vec<Choice> {
        let Some(node) = self.node(schema, None) else {
            return Vec::new();
        };
        let Some(trail) = trail.enter(schema, &node) else {
            return Vec::new();
        };
        if node.values.is_some() || node.unions.is_empty() {
            return self.plain_choices(&node, &trail);
        }
        let branches = node.unions[0].branches.len();
        let each = (0..branches).filter_map(|branch| {
            let with = self.with_branch(&node, 0, branch, true)?;
            let value = self.of_node(&with, 1, &trail)?;
            Some((value, Kind::Branch))
        });
        each.filter(|(value, _)| !value.is_null()).collect()
    }

    /// The same for a schema that is no union.
    pub(crate) fn plain_choices(&self, node: &Node, trail: &Trail) -> Vec<Choice> {
        if let Some(values) = &node.values {
            let values = values.iter().filter(|value| !value.is_null());
            return values.map(|value| (value.clone(), Kind::Value)).collect();
        }
        let kinds = node.kinds();
        let mut found = Vec::new();
        for kind in &kinds {
            let values = match kind {
                Type::Object => [0, 1]
                    .map(|rich| self.of_type(node, Type::Object, rich, trail))
                    .into_iter()
                    .flatten()
                    .collect(),
                Type::Array => {
                    let lists = [(1, 1), (0, 0), (2, 1)]
                        .map(|(count, rich)| self.array(node, count, rich, trail));
                    lists.into_iter().flatten().collect()
                }
                Type::String => strings::texts(node),
                Type::Boolean => vec![Value::Bool(true), Value::Bool(false)],
                Type::Integer | Type::Number => numbers::numbers(node, *kind),
            };
            let as_kind = if kinds.len() > 1 {
                Kind::Branch
            } else {
                Kind::Other
            };
            found.extend(values.into_iter().map(|value| (value, as_kind)));
        }
        if kinds.is_empty() && node.types.is_none() {
            let anything = ["\"anything\"", "1", "[true]", "{\"key\":\"value\"}"];
            found.extend(
                anything
                    .iter()
                    .filter_map(|text| serde_json::from_str(text).ok())
                    .map(|value| (value, Kind::Other)),
            );
        }
        found
    }

    /// An object with one thing changed at a time.
    pub(crate) fn objects(&self, node: &Node, trail: &Trail) -> Vec<Choice> {
        let mut found = Vec::new();
        let Some(least) = self.of_type(node, Type::Object, 0, trail) else {
            return found;
        };
        let all = self
            .of_type(node, Type::Object, 3, trail)
            .unwrap_or_else(|| least.clone());
        found.push((least.clone(), Kind::Required));
        found.push((all.clone(), Kind::All));
        let optional = node
            .properties
            .keys()
            .filter(|name| !node.required.contains(*name));
        for name in optional.take(ABSENT) {
            let mut without = all.clone();
            if without
                .as_object_mut()
                .and_then(|members| members.remove(name))
                .is_some()
            {
                found.push((without, Kind::Absent));
            }
        }
        let nullable = node
            .properties
            .keys()
            .filter(|name| self.may_be_null(&Self::property(node, name)));
        for name in nullable.take(NULL) {
            found.push((with(&all, name, Value::Null), Kind::Null));
        }
        found.extend(self.others(node, &least, trail));
        let extra = node
            .additional
            .as_ref()
            .filter(|schema| schema.is_object() || node.properties.is_empty());
        if let Some(schema) = extra.filter(|schema| **schema != Value::Bool(false)) {
            let values = self.choices(schema, trail).into_iter().take(3);
            found.extend(values.map(|(value, kind)| (with(&least, EXTRA_KEY, value), kind)));
        }
        for (pattern, schema) in node.patterns.iter().take(4) {
            let key = crate::pattern::matching(pattern, 1);
            let value = self.value(schema, 1, trail);
            found.extend(
                key.zip(value)
                    .map(|(key, value)| (with(&least, &key, value), Kind::Other)),
            );
        }
        found
    }

    /// The other values of each property, in turns: the second of each, then the third.
    fn others(&self, node: &Node, least: &Value, trail: &Trail) -> Vec<Choice> {
        let mut each: Vec<(&String, std::vec::IntoIter<Choice>)> = Vec::new();
        for name in node.properties.keys() {
            let choices = self.choices(&Self::property(node, name), trail);
            each.push((name, choices.into_iter()));
        }
        let mut found = Vec::new();
        let mut went_on = true;
        while went_on && found.len() < CHOICES {
            went_on = false;
            for (name, choices) in &mut each {
                if let Some((value, kind)) = choices.next() {
                    found.push((with(least, name, value), kind));
                    went_on = true;
                }
            }
        }
        found.truncate(CHOICES);
        found
    }

    /// Whether null is worth trying.
    pub(crate) fn may_be_null(&self, schema: &Value) -> bool {
        let mut open = vec![schema.clone()];
        let mut seen = Vec::new();
        while let Some(schema) = open.pop() {
            let Some(node) = self.node(&schema, None) else {
                continue;
            };
            if node.null
                || node
                    .values
                    .as_ref()
                    .is_some_and(|values| values.contains(&Value::Null))
            {
                return true;
            }
            let branches = node.unions.into_iter().flat_map(|union| union.branches);
            let branches: Vec<Value> = branches.filter(|branch| !seen.contains(branch)).collect();
            seen.extend(branches.iter().cloned());
            open.extend(branches);
        }
        false
    }
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    object
}
