//! Every reference must lead somewhere inside the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::table::Pass;
use crate::context::Context;
use crate::grammar::{Kind, may_be_reference};
use crate::pointer::{is_within, join};
use crate::refs::{Failure, Reference, Resolver, collect};
use crate::report::{CIRCULAR_REFERENCE, EXTERNAL_REFERENCE, Effect, UNRESOLVED_REFERENCE};

pub(crate) const PASS: Pass = Pass {
    name: "references",
    summary: "Refuses a `$ref` that leads nowhere, into another document, or back to itself.",
    source: "OpenAPI 3.1.1 §4.8.23, RFC 6901 §6, JSON Schema 2020-12 §8.2",
    run,
};

fn run(context: &mut Context<'_>) {
    drop_malformed(context);
    let references = collect(&context.document);
    let document = std::mem::take(&mut context.document);
    let mut targets = BTreeMap::new();
    {
        let resolver = Resolver::new(&document);
        for reference in &references {
            let at = join(&reference.pointer, "$ref");
            match resolver.resolve(&reference.text) {
                Ok(target) if is_within("/components/schemas", &target) => context.problem(
                    UNRESOLVED_REFERENCE,
                    &at,
                    format!(
                        "`{}` is not one schema but a part of the document that holds schemas",
                        reference.text
                    ),
                    "refer to a component, for example `#/components/schemas/Name`",
                ),
                Ok(target) => {
                    targets.insert(reference.pointer.clone(), target);
                }
                Err(Failure::External) => context.problem(
                    EXTERNAL_REFERENCE,
                    &at,
                    format!("`{}` is in another document", reference.text),
                    "bundle the documents into one first",
                ),
                Err(Failure::Unresolved) => context.problem(
                    UNRESOLVED_REFERENCE,
                    &at,
                    format!("`{}` does not exist in the document", reference.text),
                    "correct the reference, or add what it names",
                ),
            }
        }
    }
    context.document = document;
    chains(context, &references, &targets);
    containment(context, &references, &targets);
}

/// A `$ref` that is no text refers to nothing; the rest of its object is kept.
fn drop_malformed(context: &mut Context<'_>) {
    let mut document = std::mem::take(&mut context.document);
    crate::walk::rewrite(
        &mut document,
        Kind::Document,
        &mut String::new(),
        &mut |node, kind, at| {
            let Value::Object(members) = node else { return };
            if may_be_reference(kind) && members.get("$ref").is_some_and(|text| !text.is_string()) {
                members.remove("$ref");
                context.note(
                    &join(at, "$ref"),
                    "references",
                    Effect::Widened,
                    "a `$ref` that is no text refers to nothing",
                );
            }
        },
    );
    context.document = document;
}

/// References that lead to references, and at last to themselves.
fn chains(context: &mut Context<'_>, references: &[Reference], targets: &BTreeMap<String, String>) {
    for reference in references {
        let mut seen = BTreeSet::from([reference.pointer.as_str()]);
        let mut at = reference.pointer.as_str();
        while let Some(next) = targets.get(at) {
            if next == &reference.pointer {
                context.problem(
                    CIRCULAR_REFERENCE,
                    &join(&reference.pointer, "$ref"),
                    format!("`{}` leads back to itself", reference.text),
                    "say what the schema is instead of referring to it",
                );
                break;
            }
            if !seen.insert(next) {
                break;
            }
            at = next;
        }
    }
}

/// What is not a schema is inlined later, so it must not hold itself.
fn containment(
    context: &mut Context<'_>,
    references: &[Reference],
    targets: &BTreeMap<String, String>,
) {
    let inlined: Vec<(&str, &str)> = references
        .iter()
        .filter(|reference| reference.kind != Kind::Schema)
        .filter_map(|reference| {
            Some((
                reference.pointer.as_str(),
                targets.get(&reference.pointer)?.as_str(),
            ))
        })
        .collect();
    // Targets that are known to hold no cycle.
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for &(pointer, target) in &inlined {
        let mut path: Vec<(&str, Vec<&str>)> = vec![(target, inner(&inlined, target))];
        let mut open = BTreeSet::from([target]);
        while let Some((current, rest)) = path.last_mut() {
            let Some(next) = rest.pop() else {
                open.remove(*current);
                done.insert(*current);
                path.pop();
                continue;
            };
            if open.contains(next) {
                context.problem(
                    CIRCULAR_REFERENCE,
                    &join(pointer, "$ref"),
                    "the reference leads to a part of the document that holds itself",
                    "only schemas may be recursive; say what is meant instead",
                );
                return;
            }
            if !done.contains(next) {
                open.insert(next);
                path.push((next, inner(&inlined, next)));
            }
        }
    }
}

/// The targets of the references inside of `target`; `inlined` is ordered by pointer.
fn inner<'r>(inlined: &[(&'r str, &'r str)], target: &str) -> Vec<&'r str> {
    let start = inlined.partition_point(|(pointer, _)| *pointer < target);
    inlined[start..]
        .iter()
        .take_while(|(pointer, _)| pointer.starts_with(target))
        .filter(|(pointer, _)| is_within(pointer, target))
        .map(|(_, inner)| *inner)
        .collect()
}
