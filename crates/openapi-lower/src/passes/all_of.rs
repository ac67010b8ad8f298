//! `allOf` with more than one part becomes one schema.
//!
//! After `hoist`, so that all names are those of the parts, and each part of a part is a reference or plain. What both
//! of two parts describe has to be both; where nothing can be both, the part that says more, or the last one, counts.

mod annotations;
mod effort;
mod flat;
mod keywords;
mod merge;
mod objects;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use self::merge::{Merger, Part};
use super::table::{Pass, Run};
use crate::components::Components;
use crate::context::Context;
use crate::grammar::Kind;
use crate::names::pascal;
use crate::pointer::{index, join, schema_component};
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_outer};
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "all_of",
    summary: "Writes `allOf` with several parts as one schema that is all of them, or what comes nearest.",
    source: "JSON Schema 2020-12 core §10.2.1.1; typify 0.8 makes types without values or fields of parts that differ, or never ends",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let given = std::mem::take(context.schemas_mut());
    let made: BTreeSet<String> = given
        .keys()
        .filter(|name| {
            let origin = context.origins.resolve(&join("/components/schemas", name));
            schema_component(&origin).is_none()
        })
        .cloned()
        .collect();
    let mut merger = Merger::new(context, &given, &made, Components::new(Some(&given)));
    let mut schemas = Map::new();
    // The names that are made depend on what was there before, so the order must not be that of the document.
    let sorted: BTreeMap<&String, &Value> = given.iter().collect();
    for (name, schema) in sorted {
        let mut schema = schema.clone();
        let place = join("/components/schemas", name);
        each(&mut schema, &pascal(name), &place, &mut merger);
        schemas.insert(name.clone(), schema);
    }
    schemas.extend(merger.take_added());
    let mut document = std::mem::take(&mut merger.context.document);
    if let Some(paths) = document.get_mut("paths") {
        walk::rewrite(
            paths,
            Kind::Paths,
            &mut "/paths".to_owned(),
            &mut |node, kind, at| {
                if kind == Kind::Schema {
                    rewrite(node, "Value", at, &mut merger);
                }
            },
        );
    }
    schemas.extend(merger.take_added());
    context.document = document;
    *context.schemas_mut() = schemas;
    remove_unused(context, &given, &made);
}

/// Rewrites a component, what is inside of it first.
fn each(schema: &mut Value, name: &str, at: &str, merger: &mut Merger<'_, '_>) {
    walk::rewrite(
        schema,
        Kind::Schema,
        &mut at.to_owned(),
        &mut |node, _, at| rewrite(node, name, at, merger),
    );
}

fn rewrite(node: &mut Value, name: &str, at: &str, merger: &mut Merger<'_, '_>) {
    let Value::Object(schema) = node else { return };
    let Some(Value::Array(parts)) = schema.get("allOf") else {
        return;
    };
    if refs::sole_part(schema).and_then(refs::target_of).is_some() {
        return;
    }
    let place = join(at, "allOf");
    let mut all: Vec<Part> = parts
        .iter()
        .enumerate()
        .map(|(position, part)| Part::new(part.clone(), index(&place, position)))
        .collect();
    let outer: Schema = schema
        .iter()
        .filter(|(keyword, _)| is_outer(keyword))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    let own: Schema = schema
        .iter()
        .filter(|(keyword, _)| *keyword != "allOf" && !is_outer(keyword))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    if !own.is_empty() {
        all.push(Part::new(Value::Object(own), at.to_owned()));
    }
    merger.context.note(
        &place,
        "all_of",
        Effect::Exact,
        "the parts are written as one schema",
    );
    *schema = merger.whole(name, &all, at);
    schema.extend(outer);
    annotations::complete(merger, schema, &all, at);
}

/// What `hoist` named for a part and is merged into something else now.
fn remove_unused(context: &mut Context<'_>, given: &Map<String, Value>, made: &BTreeSet<String>) {
    let before = named_in(given.values());
    loop {
        let mut used = named_in(context.schemas().into_iter().flat_map(Map::values));
        let document = &context.document;
        used.extend(
            refs::Index::of(document)
                .references
                .into_iter()
                .filter(|reference| reference.pointer.starts_with("/paths"))
                .filter_map(|reference| refs::component_name(&reference.text)),
        );
        let errors = context.operations.values();
        used.extend(errors.flat_map(|operation| operation.errors.values().flatten().cloned()));
        for parameter in context.marks.parameters.values().flat_map(BTreeMap::values) {
            used.extend(named_in(std::slice::from_ref(&parameter.schema)));
        }
        let schemas = context.schemas_mut();
        let count = schemas.len();
        schemas.retain(|name, _| {
            used.contains(name) || !made.contains(name) || !before.contains(name)
        });
        if schemas.len() == count {
            return;
        }
    }
}

fn named_in<'s>(schemas: impl IntoIterator<Item = &'s Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for schema in schemas {
        walk::visit(
            schema,
            Kind::Schema,
            &mut String::new(),
            &mut |node, _, _| {
                found.extend(refs::target_of(node));
            },
        );
    }
    found
}

#[cfg(test)]
mod tests;
