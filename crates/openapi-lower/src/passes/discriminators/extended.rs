//! Schemas with a discriminator that others extend by `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{is_entry, join, schema_component};
use crate::refs;
use crate::report::Effect;
use crate::walk;

/// Components that are read as they are where others extend them.
#[derive(Default)]
struct Extended {
    /// Those that have a discriminator and are no union.
    bases: BTreeSet<String>,
    /// By components, the ones that extend them.
    by: BTreeMap<String, BTreeSet<String>>,
    /// Those that are referred to, and not only to be extended.
    referred: BTreeSet<String>,
}

/// Looks at a part.
pub(super) fn find(context: &mut Context<'_>) {
    context.with(|context, found: &mut Extended| {
        let (part, kind, place) = context.part();
        if let Some(name) = schema_component(place) {
            found.component(name, part);
        }
        walk::visit(part, kind, &mut place.to_owned(), &mut |node, kind, at| {
            if kind == Kind::Schema
                && !is_entry(at, &["allOf"])
                && let Some(name) = refs::target_of(node)
                && !found.referred.contains(&name)
            {
                found.referred.insert(name);
            }
        });
    });
}

/// Says where a value is read as the schema that it extends, without what it adds (OpenAPI 3.1.1 §4.8.25.4).
pub(super) fn note(context: &mut Context<'_>) {
    let found = context.with(|_, found: &mut Extended| std::mem::take(found));
    for (name, by) in found.by {
        if !found.bases.contains(&name) || !found.referred.contains(&name) {
            continue;
        }
        let by: Vec<String> = by.into_iter().map(|one| format!("`{one}`")).collect();
        let at = join(&join("/components/schemas", &name), "discriminator");
        let message = format!(
            "what {} add is not read where `{name}` is referred to",
            by.join(", ")
        );
        context.note(&at, "discriminators", Effect::Dropped, message);
    }
}

impl Extended {
    fn component(&mut self, name: String, schema: &Value) {
        if schema.get("discriminator").is_some()
            && schema.get("oneOf").is_none()
            && schema.get("anyOf").is_none()
        {
            self.bases.insert(name.clone());
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        // One part alone is the component itself under another name.
        let parts = parts.filter(|parts| parts.len() > 1 || schema.get("properties").is_some());
        for base in parts.into_iter().flatten().filter_map(refs::target_of) {
            if base != name {
                self.by.entry(base).or_default().insert(name.clone());
            }
        }
    }
}
