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
mod unused;

use serde_json::{Map, Value};

use self::merge::{Merger, Part};
pub(super) use self::unused::Uses;
use self::unused::stands_for_a_component;
use super::table::{Pass, Run};
use crate::components::Components;
use crate::context::Context;
use crate::grammar::Kind;
use crate::names::pascal;
use crate::pointer::{index, join};
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
    let known = context.with(|_, known: &mut Option<Uses>| known.take());
    let mut uses = known.unwrap_or_else(|| Uses::of(context));
    let mut schemas = std::mem::take(context.schemas_mut());
    let mut merger = Merger::new(context, &schemas, Components::reserved(schemas.keys()));
    let mut merged = Map::new();
    // The names that are made depend on what was there before, so the order must not be that of the document.
    let (with_parts, lost) = uses.take_with_parts();
    for name in with_parts {
        let Some(mut schema) = schemas.get(&name).cloned() else {
            continue;
        };
        let place = join("/components/schemas", &name);
        each(&mut schema, &pascal(&name), &place, &mut merger);
        merged.insert(name, schema);
    }
    merged.extend(merger.take_added());
    if uses.operations_have_parts() {
        operations(&mut merger);
        merged.extend(merger.take_added());
        uses.learn_operations(context);
    }
    for (name, schema) in &merged {
        uses.learn(name, schema);
    }
    schemas.extend(merged);
    *context.schemas_mut() = schemas;
    uses.remove(context, lost);
}

/// Rewrites what operations have.
fn operations(merger: &mut Merger<'_, '_>) {
    let mut document = std::mem::take(&mut merger.context.document);
    if let Some(paths) = document.get_mut("paths") {
        walk::rewrite(
            paths,
            Kind::Paths,
            &mut "/paths".to_owned(),
            &mut |node, kind, at| {
                if kind == Kind::Schema {
                    rewrite(node, "Value", at, merger);
                }
            },
        );
    }
    merger.context.document = document;
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
    if stands_for_a_component(schema) {
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

#[cfg(test)]
mod tests;
