//! What becomes of the place of a broken reference.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Broken;
use crate::context::{Context, METHODS, Version};
use crate::grammar::Kind;
use crate::pointer::{index, join, keys, parent};
use crate::report::{Effect, UNSUPPORTED_OPERATION};
use crate::schema::is_annotation;

/// Says in a request body why it is not known. The operation is given up by the pass `unsupported`, which sees it in the
/// path that it is called by; here it may stand in a path item that others refer to.
pub(crate) const UNKNOWN_BODY: &str = "x-openapi-lower-unknown-body";

/// Takes out what the references stand for: a schema allows anything, everything else is gone from its list or map.
pub(super) fn leave_out(context: &mut Context<'_>, broken: Vec<Broken>) {
    // By the pointer of the list or map, the keys that go.
    let mut gone: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Broken {
        reference,
        rule,
        reason,
    } in broken
    {
        let at = &reference.pointer;
        let version = context.version;
        // Gone with what it was in.
        let Some(Value::Object(members)) = context.document.pointer_mut(at) else {
            continue;
        };
        members.remove("$ref");
        let (effect, rule, consequence) = match reference.kind {
            Kind::Schema => {
                // 3.0.3 §4.7.23: what stands beside a reference is ignored.
                if version == Version::V3_0 {
                    members.retain(|keyword, _| is_annotation(keyword));
                }
                (Effect::Widened, rule, "any value is allowed here")
            }
            Kind::RequestBody => {
                let body = json!({"content": {}, UNKNOWN_BODY: &reason});
                *members = body.as_object().cloned().unwrap_or_default();
                (Effect::Dropped, rule, "the body is not known")
            }
            // 3.1.1 §4.8.9 allows operations beside the reference.
            Kind::PathItem => {
                let is_empty = has_no_operation(members);
                if is_empty && let Some((container, key)) = split(at) {
                    gone.entry(container).or_default().insert(key);
                }
                let rule = if is_empty && at.starts_with("/paths/") {
                    UNSUPPORTED_OPERATION
                } else {
                    rule
                };
                (Effect::Dropped, rule, "the operations there are left out")
            }
            kind => {
                if let Some((container, key)) = split(at) {
                    gone.entry(container).or_default().insert(key);
                }
                match kind {
                    Kind::Example | Kind::Link => (Effect::Exact, rule, "left out"),
                    _ => (Effect::Dropped, rule, "left out"),
                }
            }
        };
        let place = join(at, "$ref");
        let place = if rule == UNSUPPORTED_OPERATION {
            at
        } else {
            &place
        };
        context.note(place, rule, effect, format!("{reason}; {consequence}"));
    }
    for (container, keys) in gone {
        remove(context, &container, &keys);
    }
}

fn has_no_operation(item: &Map<String, Value>) -> bool {
    !METHODS.iter().any(|method| item.contains_key(*method))
}

fn split(pointer: &str) -> Option<(String, String)> {
    Some((parent(pointer)?.to_owned(), keys(pointer).pop()?))
}

fn remove(context: &mut Context<'_>, container: &str, gone: &BTreeSet<String>) {
    match context.document.pointer_mut(container) {
        Some(Value::Object(members)) => members.retain(|key, _| !gone.contains(key)),
        Some(Value::Array(items)) => {
            let mut kept = Vec::with_capacity(items.len());
            let mut moves = Vec::new();
            for (position, item) in std::mem::take(items).into_iter().enumerate() {
                if !gone.contains(&position.to_string()) {
                    moves.push((position, kept.len()));
                    kept.push(item);
                }
            }
            *items = kept;
            for (from, to) in moves {
                let (from, to) = (index(container, from), index(container, to));
                context.origins.moved(&from, &to);
            }
        }
        _ => {}
    }
}
