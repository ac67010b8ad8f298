//! References to anything but schemas are replaced by what they name.

use std::collections::VecDeque;

use serde_json::Value;

use super::payloads::is_collected;
use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{is_within_one, join};
use crate::refs::{Index, Reference, Resolver};
use crate::report::{MALFORMED, UNRESOLVED_REFERENCE};
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "inline",
    summary: "Puts parameters, responses, bodies, headers and path items in the place of references to them.",
    source: "OpenAPI 3.1.1 §4.8.23; progenitor 0.15.1 takes only some of these references",
    run: Run::Steps(&[Run::Whole(run), Run::Parts(drop_callbacks)]),
};

/// A document that needs more is made to exhaust memory.
const MAX_INLINED: usize = 300_000;

fn run(context: &mut Context<'_>) {
    let known = context.with(|_, known: &mut Option<Index>| known.take());
    let index = known.unwrap_or_else(|| Index::of(&context.document));
    let mut open: VecDeque<Reference> = expanded(index).collect();
    let mut inlined = 0_usize;
    while let Some(reference) = open.pop_front() {
        inlined += 1;
        if inlined > MAX_INLINED {
            context.problem(
                MALFORMED,
                "",
                "references inside of references multiply to more than this crate expands",
                "write the document with fewer references between components that are not schemas",
            );
            return;
        }
        let target = Resolver::new_pointers_only(&context.document).resolve(&reference.text);
        let Ok(target) = target else {
            context.problem(
                UNRESOLVED_REFERENCE,
                &join(&reference.pointer, "$ref"),
                format!("`{}` does not exist in the document", reference.text),
                "correct the reference, or add what it names",
            );
            return;
        };
        let Some(mut value) = context.document.pointer(&target).cloned() else {
            continue;
        };
        let Some(place) = context.document.pointer_mut(&reference.pointer) else {
            continue;
        };
        // It may have come with something that was put in its place.
        if place.get("$ref").and_then(Value::as_str) != Some(&reference.text) {
            continue;
        }
        with_siblings(&mut value, place, reference.kind);
        *place = value;
        open.extend(expanded(Index::of_part(
            place,
            reference.kind,
            &reference.pointer,
        )));
        context.origins.copied(&target, &reference.pointer);
    }
    drop_calls(context);
    let sections = [
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "callbacks",
        "examples",
        "links",
        "pathItems",
        "mediaTypes",
    ];
    if let Some(Value::Object(components)) = context.document.get_mut("components") {
        for section in sections {
            components.remove(section);
        }
    }
}

/// The references that are replaced by what they name: schemas are referred to, and calls are collected already.
fn expanded(index: Index) -> impl Iterator<Item = Reference> {
    let Index {
        references, calls, ..
    } = index;
    references.into_iter().filter(move |reference| {
        reference.kind != Kind::Schema && !is_within_one(&reference.pointer, &calls)
    })
}

fn drop_callbacks(context: &mut Context<'_>) {
    let (_, kind, _) = context.part();
    if kind == Kind::Schema {
        return;
    }
    walk::outermost(
        &mut context.document,
        kind,
        Kind::Operation,
        &mut |operation| {
            if let Value::Object(operation) = operation {
                operation.remove("callbacks");
            }
        },
    );
}

fn drop_calls(context: &mut Context<'_>) {
    let Value::Object(document) = &mut context.document else {
        return;
    };
    if let Some(Value::Object(webhooks)) = document.get_mut("webhooks") {
        webhooks.retain(|_, call| is_collected(call));
        if webhooks.is_empty() {
            document.remove("webhooks");
        }
    }
}

/// Next to a `$ref` a Reference Object may have its own `summary` and `description` (3.1.1 §4.8.23), and a Path Item
/// any member (§4.8.9); they win over what is referred to.
fn with_siblings(value: &mut Value, reference: &Value, kind: Kind) {
    let (Value::Object(value), Value::Object(reference)) = (value, reference) else {
        return;
    };
    for (key, sibling) in reference {
        let allowed = kind == Kind::PathItem || matches!(key.as_str(), "summary" | "description");
        if key != "$ref" && allowed {
            value.insert(key.clone(), sibling.clone());
        }
    }
}
