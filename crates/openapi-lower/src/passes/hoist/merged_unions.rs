//! Unions that stand beside other keywords.
//!
//! typify merges what stands beside a union into each of its branches, and a merged branch is no component any more: it
//! becomes a variant with fields and a number. Merged here, each is a component with a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation, is_combined};

const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// Moves a union out of the one branch of `allOf` that has it.
pub(super) fn lift(context: &mut Context<'_>, schema: &mut Value, at: &str) {
    let Value::Object(members) = schema else {
        return;
    };
    if UNIONS.iter().any(|keyword| members.contains_key(*keyword)) {
        return;
    }
    let Some(Value::Array(parts)) = members.get_mut("allOf") else {
        return;
    };
    let mut found = parts.iter_mut().enumerate().filter_map(|(position, part)| {
        let part = part.as_object_mut()?;
        let keyword = UNIONS.iter().find(|keyword| branches(part, keyword))?;
        Some((position, *keyword, part))
    });
    let (Some((position, keyword, part)), None) = (found.next(), found.next()) else {
        return;
    };
    if UNIONS.iter().all(|keyword| part.contains_key(*keyword)) {
        return;
    }
    let tag = part.remove("discriminator");
    let Some(union) = part.remove(keyword) else {
        return;
    };
    let from = index(&join(at, "allOf"), position);
    context
        .origins
        .moved(&join(&from, keyword), &join(at, keyword));
    if part.keys().all(|keyword| is_annotation(keyword)) {
        // What follows moves up by one.
        for later in position + 1..parts.len() {
            let place = join(at, "allOf");
            context
                .origins
                .moved(&index(&place, later), &index(&place, later - 1));
        }
        parts.remove(position);
    }
    members.insert(keyword.to_owned(), union);
    if let Some(tag) = tag {
        members.entry("discriminator").or_insert(tag);
    }
}

/// Whether there is a union under `keyword`; one branch is none.
fn branches(schema: &Schema, keyword: &str) -> bool {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .is_some_and(|branches| branches.len() > 1)
}

/// Takes what stands beside the union under `keyword`, to be merged into its branches.
pub(super) fn take_base(members: &mut Schema, keyword: &str) -> Option<Schema> {
    let alone = UNIONS
        .iter()
        .filter(|keyword| members.contains_key(**keyword))
        .count()
        == 1;
    if !alone || !branches(members, keyword) {
        return None;
    }
    let beside = |name: &str| {
        name != keyword && !is_annotation(name) && !matches!(name, "nullable" | "discriminator")
    };
    let mut base = Map::new();
    for name in members.keys().cloned().collect::<Vec<_>>() {
        if beside(&name)
            && let Some(value) = members.remove(&name)
        {
            base.insert(name, value);
        }
    }
    base.retain(|name, value| {
        !(name == "allOf" && value.as_array().is_some_and(|parts| parts.is_empty()))
    });
    let says_object = base.len() == 1 && base.get("type") == Some(&json!("object"));
    (!base.is_empty() && !says_object).then_some(base)
}

/// Merges `base`, which stood at `from`, into a branch.
pub(super) fn merge(
    context: &mut Context<'_>,
    base: &Schema,
    from: &str,
    branch: &mut Value,
    at: &str,
    types: &Types,
) {
    let says_type = base
        .keys()
        .all(|keyword| matches!(keyword.as_str(), "type" | "format"));
    if says_type
        && let Value::Object(members) = &mut *branch
        && members.contains_key("enum")
    {
        // The values are of their type, and have another one where something stands for them.
        for (keyword, value) in base {
            members.entry(keyword).or_insert_with(|| value.clone());
        }
        return;
    }
    if let (Some(own), Some(beside)) = (types.of(branch), type_beside(base))
        && !overlap(own, beside)
    {
        // Merged they would be a type without values, which is never what was meant.
        context.note(
            at,
            "hoist",
            Effect::Widened,
            format!("is of type `{own}`, so what stands beside the union for `{beside}` is left out of it"),
        );
        return;
    }
    if let Value::Object(members) = branch
        && let Some(merged) = merged(base, members)
    {
        *members = merged;
        return;
    }
    let own = join(at, "allOf");
    context.origins.moved(at, &index(&own, 1));
    context.origins.made(from, &index(&own, 0));
    *branch = json!({"allOf": [base, branch.take()]});
}

/// The type of what stands beside a union.
fn type_beside(base: &Schema) -> Option<&str> {
    let stated = base.get("type").and_then(Value::as_str);
    stated.or(base.contains_key("properties").then_some("object"))
}

/// The types of the components.
pub(super) struct Types(BTreeMap<String, String>);

impl Types {
    pub(super) fn new(schemas: Option<&Schema>) -> Self {
        let mut types = Self(BTreeMap::new());
        for start in schemas.into_iter().flatten().map(|(name, _)| name) {
            // What refers to another one is of its type; all on the way are known then.
            let mut way = BTreeSet::new();
            let mut next = Some(start.clone());
            let mut found = None;
            while let Some(name) = next.filter(|name| !way.contains(name)) {
                let schema = schemas.and_then(|schemas| schemas.get(&name));
                let known = types.0.get(&name).cloned();
                found =
                    known.or_else(|| Some(schema.and_then(|schema| types.of(schema))?.to_owned()));
                next = schema
                    .filter(|_| found.is_none())
                    .and_then(refs::sole_target);
                way.insert(name);
            }
            if let Some(found) = found {
                types
                    .0
                    .extend(way.into_iter().map(|name| (name, found.clone())));
            }
        }
        types
    }

    fn of<'s>(&'s self, schema: &'s Value) -> Option<&'s str> {
        let stated = schema.get("type").and_then(Value::as_str);
        let referred = || self.0.get(&refs::sole_target(schema)?).map(String::as_str);
        stated.or_else(referred)
    }
}

fn overlap(left: &str, right: &str) -> bool {
    let is_number = |name| matches!(name, "integer" | "number");
    left == right || (is_number(left) && is_number(right))
}

/// Both in one schema, if what both say is still what it says there.
fn merged(base: &Schema, branch: &Schema) -> Option<Schema> {
    let structural = ["properties", "allOf", "items", "additionalProperties"];
    if is_combined(branch) || structural.iter().any(|keyword| base.contains_key(*keyword)) {
        return None;
    }
    let mut merged = branch.clone();
    for (keyword, value) in base {
        match merged.get_mut(keyword) {
            None => {
                merged.insert(keyword.clone(), value.clone());
            }
            Some(own) if own == value => {}
            Some(Value::Array(own)) if keyword == "required" => {
                for name in value.as_array().into_iter().flatten() {
                    if !own.contains(name) {
                        own.push(name.clone());
                    }
                }
            }
            // Types that overlap and differ: a whole number is a number.
            Some(own) if keyword == "type" => *own = json!("integer"),
            Some(_) => return None,
        }
    }
    Some(merged)
}
