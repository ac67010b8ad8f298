//! Every reference must lead somewhere inside the document; what one of the others stands for is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{is_within, is_within_one, join};
use crate::refs::{Failure, Index, Reference, Resolver};
use crate::report::{
    CIRCULAR_REFERENCE_RULE, EXTERNAL_REFERENCE_RULE, Effect, UNRESOLVED_REFERENCE_RULE,
};
use crate::walk;

mod circles;
mod leave_out;
#[cfg(test)]
mod tests;

pub(super) use leave_out::UNKNOWN_BODY;

/// Leaves what it found out of the references, an [`Option<Index>`], to the passes that do something with them.
pub(crate) const PASS: Pass = Pass {
    name: "references",
    summary: "Takes out what a `$ref` stands for that leads nowhere, into another document, or back to itself.",
    source: "OpenAPI 3.1.1 §4.8.23, RFC 6901 §6, JSON Schema 2020-12 §8.2",
    run: Run::Whole(run),
};

/// A reference of which nothing can be made.
struct Broken {
    reference: Reference,
    rule: &'static str,
    reason: String,
}

fn run(context: &mut Context<'_>) {
    // What is taken out may have held what another reference names.
    loop {
        let index = Index::of(&context.document);
        drop_malformed(context, &index.malformed);
        let broken = broken(&context.document, &index);
        if broken.is_empty() {
            context.with(|_, known: &mut Option<Index>| *known = Some(index));
            return;
        }
        leave_out::leave_out(context, broken);
    }
}

/// A `$ref` that is no text refers to nothing; the rest of its object is kept.
fn drop_malformed(context: &mut Context<'_>, malformed: &[String]) {
    for at in malformed {
        if let Some(Value::Object(members)) = context.document.pointer_mut(at) {
            members.remove("$ref");
            context.note(
                &join(at, "$ref"),
                "references",
                Effect::Widened,
                "a `$ref` that is no text refers to nothing",
            );
        }
    }
}

fn broken(document: &Value, index: &Index) -> Vec<Broken> {
    let resolver = Resolver::new(document, index);
    let mut targets: BTreeMap<&str, (&Reference, String)> = BTreeMap::new();
    let mut broken = Vec::new();
    for reference in &index.references {
        match resolver.resolve(&reference.text) {
            Ok(target) => match unfit(document, reference, &target) {
                Some(reason) => {
                    broken.push(of(reference, UNRESOLVED_REFERENCE_RULE, reason));
                }
                None => {
                    targets.insert(&reference.pointer, (reference, target));
                }
            },
            Err(Failure::External) => {
                let reason = format!("`{}` is in another document", reference.text);
                broken.push(of(reference, EXTERNAL_REFERENCE_RULE, reason));
            }
            Err(Failure::Unresolved) => {
                let reason = format!("`{}` does not exist in the document", reference.text);
                broken.push(of(reference, UNRESOLVED_REFERENCE_RULE, reason));
            }
        }
    }
    // What the server calls is not copied, so it may hold itself.
    let copied = |reference: &Reference| {
        reference.kind == Kind::Schema || !is_within_one(&reference.pointer, &index.calls)
    };
    let circular: BTreeMap<_, _> = targets
        .iter()
        .filter(|(_, (reference, _))| copied(reference))
        .map(|(at, (reference, target))| (*at, (*reference, target.clone())))
        .collect();
    for reference in circles::closing(&circular) {
        let reason = format!("`{}` leads back to itself", reference.text);
        broken.push(of(reference, CIRCULAR_REFERENCE_RULE, reason));
    }
    led_to(&targets, &mut broken);
    broken
}

fn of(reference: &Reference, rule: &'static str, reason: String) -> Broken {
    Broken {
        reference: reference.clone(),
        rule,
        reason,
    }
}

/// Why a target that exists is not what the reference stands for.
fn unfit(document: &Value, reference: &Reference, target: &str) -> Option<String> {
    let text = &reference.text;
    if is_within("/components/schemas", target) {
        return Some(format!(
            "`{text}` is not one schema but a part of the document that holds schemas"
        ));
    }
    let is_schema = reference.kind == Kind::Schema;
    if walk::kind_at(document, target).is_some_and(|kind| (kind == Kind::Schema) != is_schema) {
        let what = if is_schema {
            "no schema"
        } else {
            "a schema, which cannot stand here"
        };
        return Some(format!("`{text}` is {what}"));
    }
    let value = document.pointer(target)?;
    let fits = value.is_object() || (is_schema && value.is_boolean());
    (!fits).then(|| format!("`{text}` is no object"))
}

/// What is no schema is taken out, and with it what refers to it.
fn led_to(targets: &BTreeMap<&str, (&Reference, String)>, broken: &mut Vec<Broken>) {
    let mut by_target: BTreeMap<&str, Vec<&Reference>> = BTreeMap::new();
    for (reference, target) in targets.values() {
        if reference.kind != Kind::Schema {
            by_target.entry(target).or_default().push(reference);
        }
    }
    let mut known: BTreeSet<String> = broken
        .iter()
        .map(|broken| broken.reference.pointer.clone())
        .collect();
    let mut next = 0;
    while let Some(current) = broken.get(next) {
        next += 1;
        let (rule, reason) = (current.rule, current.reason.clone());
        let led = by_target.get(current.reference.pointer.as_str());
        for reference in led.into_iter().flatten() {
            if known.insert(reference.pointer.clone()) {
                broken.push(of(reference, rule, reason.clone()));
            }
        }
    }
}
