//! The property by which branches are told apart, and its values.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::branches::{Branches, Objects, add};
use crate::refs;
use crate::schema::Schema;
use crate::stand_in::is_same;

/// Nested unions are followed this far.
const MAX_HOPS: usize = 16;

/// The tags of unions, each component gone through once.
pub(super) struct Tags<'c> {
    pub(super) known: Branches<'c>,
    /// By component, property and how far it was followed.
    nested: BTreeMap<(String, String, usize), Vec<Value>>,
}

impl<'c> Tags<'c> {
    pub(super) fn new(components: &'c Map<String, Value>) -> Self {
        Self {
            known: Branches::new(components),
            nested: BTreeMap::new(),
        }
    }

    /// The tag and its values by branch: the discriminator if there is one, else a property that lists other values in
    /// each branch.
    pub(super) fn of(
        &mut self,
        schema: &Schema,
        branches: &[Value],
        objects: &[Option<Objects>],
    ) -> Option<(String, Vec<Vec<Value>>)> {
        match schema.get("discriminator") {
            Some(discriminator) => self.stated(discriminator, branches, objects, 0),
            None => listed(objects),
        }
    }

    fn stated(
        &mut self,
        discriminator: &Value,
        branches: &[Value],
        objects: &[Option<Objects>],
        hops: usize,
    ) -> Option<(String, Vec<Vec<Value>>)> {
        let name = discriminator.get("propertyName")?.as_str()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let own: Vec<Vec<Value>> = branches
            .iter()
            .zip(objects)
            .map(|(branch, objects)| {
                let objects = objects.as_ref();
                let listed = objects.and_then(|objects| objects.properties.get(name));
                match listed.cloned().flatten() {
                    Some(values) => values,
                    None => self.nested(name, branch, hops),
                }
            })
            .collect();
        let mapped: Vec<Vec<Value>> = branches
            .iter()
            .zip(&own)
            .map(|(branch, own)| mapped_to(branch, own, mapping))
            .collect();
        let values = (0..branches.len())
            .map(|position| {
                objects[position].as_ref()?;
                Some(without_null(
                    resolved(position, &own, &mapped),
                    &own[position],
                ))
            })
            .map(Option::unwrap_or_default)
            .collect::<Vec<_>>();
        let any = values.iter().any(|values| !values.is_empty());
        any.then(|| (name.to_owned(), values))
    }

    /// The values that a branch has as a union of its own, told apart by the same property.
    fn nested(&mut self, name: &str, branch: &Value, hops: usize) -> Vec<Value> {
        let Some(target) = refs::sole_target(branch) else {
            return self.inside(name, branch, hops);
        };
        let key = (target, name.to_owned(), hops);
        if let Some(known) = self.nested.get(&key) {
            return known.clone();
        }
        let values = self.inside(name, branch, hops);
        self.nested.insert(key, values.clone());
        values
    }

    fn inside(&mut self, name: &str, branch: &Value, hops: usize) -> Vec<Value> {
        let components = self.known.components;
        let mut union = branch;
        for _ in 0..MAX_HOPS {
            match refs::sole_target(union).and_then(|target| components.get(&target)) {
                Some(target) => union = target,
                None => break,
            }
        }
        let same = union
            .get("discriminator")
            .filter(|stated| stated.get("propertyName").is_some_and(|own| own == name));
        let inner = ["oneOf", "anyOf"]
            .iter()
            .find_map(|keyword| union.get(*keyword)?.as_array());
        let (Some(discriminator), Some(inner)) = (same, inner.filter(|_| hops < MAX_HOPS)) else {
            return Vec::new();
        };
        let objects: Vec<_> = inner
            .iter()
            .map(|branch| self.known.objects(branch))
            .collect();
        let kinds = objects.iter().flatten();
        let mut listed = kinds.filter_map(|kind| values_of(kind, name));
        if listed.any(|values| values.contains(&Value::Null)) {
            return Vec::new();
        }
        let stated = self.stated(discriminator, inner, &objects, hops + 1);
        let mut values = Vec::new();
        if let Some((_, of_branch)) = stated {
            add(&mut values, of_branch.concat());
        }
        values
    }
}

/// A branch whose tag may be `null` is told by its keys, because no table of tags has `null`: what no other branch lists
/// may be it.
fn without_null(values: Vec<Value>, own: &[Value]) -> Vec<Value> {
    if own.contains(&Value::Null) {
        Vec::new()
    } else {
        values
    }
}

/// The values that mean one branch: those that the mapping has, where the branch accepts them, and those that it lists
/// and no other branch has.
fn resolved(position: usize, own: &[Vec<Value>], mapped: &[Vec<Value>]) -> Vec<Value> {
    let listed = &own[position];
    let mut values: Vec<Value> = mapped[position]
        .iter()
        .filter(|value| listed.is_empty() || contains(listed, value))
        .cloned()
        .collect();
    let elsewhere = |value: &Value| {
        let others = (0..own.len()).filter(|other| *other != position);
        let mut others = others.flat_map(|other| own[other].iter().chain(&mapped[other]));
        others.any(|other| is_same(other, value))
    };
    for value in listed {
        if !contains(&values, value) && !elsewhere(value) {
            values.push(value.clone());
        }
    }
    if values.is_empty() {
        // Shared with other branches; the keys decide between them.
        return listed.clone();
    }
    values
}

fn mapped_to(branch: &Value, own: &[Value], mapping: Option<&Map<String, Value>>) -> Vec<Value> {
    let Some(reference) = refs::sole_target(branch).map(|name| refs::to_component(&name)) else {
        return Vec::new();
    };
    let keys = mapping.into_iter().flatten();
    let keys = keys.filter(|(_, target)| **target == reference);
    // A mapping has texts, even where the property is a number.
    keys.map(|(tag, _)| {
        let found = own.iter().find(|value| value.to_string() == *tag);
        found.cloned().unwrap_or_else(|| json!(tag))
    })
    .collect()
}

/// A property of which each kind of object lists values that no other one has. One that all of them require comes
/// first, then one with a single value each.
fn listed(objects: &[Option<Objects>]) -> Option<(String, Vec<Vec<Value>>)> {
    let kinds: Vec<&Objects> = objects.iter().flatten().collect();
    let first = kinds.first()?;
    let rank = |name: &String| {
        let required = kinds.iter().all(|kind| kind.required.contains(name));
        let single = kinds
            .iter()
            .all(|kind| values_of(kind, name).is_some_and(|values| values.len() == 1));
        let nullable = kinds
            .iter()
            .any(|kind| values_of(kind, name).is_some_and(|values| values.contains(&Value::Null)));
        (!required, nullable, !single)
    };
    let names = first.properties.keys();
    let name = names
        .filter(|name| is_disjoint(&kinds, name))
        .min_by_key(|name| (rank(name), (*name).clone()))?;
    let values = objects
        .iter()
        .map(|kind| {
            let values = kind.as_ref().and_then(|kind| values_of(kind, name));
            let values = values.cloned().unwrap_or_default();
            without_null(values.clone(), &values)
        })
        .collect();
    Some((name.clone(), values))
}

fn values_of<'o>(kind: &'o Objects, name: &str) -> Option<&'o Vec<Value>> {
    kind.properties
        .get(name)?
        .as_ref()
        .filter(|values| !values.is_empty())
}

fn is_disjoint(kinds: &[&Objects], name: &str) -> bool {
    let mut seen: Vec<&Value> = Vec::new();
    kinds.iter().all(|kind| {
        let Some(values) = values_of(kind, name) else {
            return false;
        };
        let is_new = values
            .iter()
            .all(|value| !seen.iter().any(|known| is_same(known, value)));
        seen.extend(values);
        is_new
    })
}

fn contains(values: &[Value], value: &Value) -> bool {
    values.iter().any(|known| is_same(known, value))
}
