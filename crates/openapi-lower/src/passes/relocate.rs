//! References into the middle of something become references to components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::names::{pascal, type_name};
use crate::pointer::{join, keys};
use crate::refs::{self, Index, Resolver};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "relocate",
    summary: "Makes a component of every schema that is referred to but is none, `$defs` included.",
    source: "progenitor 0.15.1 resolves only `#/components/schemas/NAME` in schemas",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let index = Index::of(&context.document);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    {
        let resolver = Resolver::new(&context.document, &index);
        for reference in index
            .references
            .iter()
            .filter(|reference| reference.kind == Kind::Schema)
        {
            if let Ok(target) = resolver.resolve(&reference.text) {
                texts.insert(reference.text.clone(), target);
            }
        }
    }
    let mut targets: Vec<String> = texts
        .values()
        .filter(|target| refs::component_name(&format!("#{target}")).is_none())
        .cloned()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    // Inner ones first, so that the pointers of the outer ones stay valid.
    targets.sort_by_key(|target| (std::cmp::Reverse(keys(target).len()), target.clone()));

    let mut taken: BTreeSet<String> = context
        .schemas()
        .into_iter()
        .flat_map(|schemas| schemas.keys().map(|name| type_name(name)))
        .collect();
    let mut names = BTreeMap::new();
    for target in targets {
        let name = free_name(&suggest(&target), &mut taken);
        let Some(place) = context.document.pointer_mut(&target) else {
            continue;
        };
        let schema = std::mem::replace(place, json!({"$ref": refs::to_component(&name)}));
        context.note(
            &target,
            "relocate",
            Effect::Exact,
            format!("named `{name}`, because it is referred to"),
        );
        context
            .origins
            .moved(&target, &join("/components/schemas", &name));
        context.schemas_mut().insert(name.clone(), schema);
        names.insert(target, name);
    }

    let canonical = |text: &str| {
        let target = texts.get(text)?;
        match names.get(target) {
            Some(name) => Some(refs::to_component(name)),
            None => Some(format!("#{target}")),
        }
    };
    let components: BTreeSet<String> = context
        .schemas()
        .into_iter()
        .flat_map(|schemas| schemas.keys().cloned())
        .collect();
    context.each_schema(|_, schema, _| {
        if let Some(Value::String(text)) = schema.get_mut("$ref")
            && let Some(new) = canonical(text)
        {
            *text = new;
        }
        // 3.0.3 §4.7.25: a mapping names a component or gives a reference.
        let mapping = schema
            .get_mut("discriminator")
            .and_then(|discriminator| discriminator.get_mut("mapping"));
        if let Some(Value::Object(mapping)) = mapping {
            for value in mapping.values_mut() {
                let Value::String(text) = value else { continue };
                if let Some(new) = canonical(text) {
                    *text = new;
                } else if components.contains(text.as_str()) {
                    *text = refs::to_component(text);
                }
            }
        }
    });
}

/// A name made of the parts of the pointer that say something.
fn suggest(target: &str) -> String {
    const STRUCTURE: &[&str] = &[
        "components",
        "schemas",
        "properties",
        "paths",
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "content",
        "schema",
        "application/json",
    ];
    let keys = keys(target);
    let from = keys
        .iter()
        .rposition(|key| key == "$defs" || key == "definitions")
        .map_or(0, |at| at + 1);
    let name: String = keys[from..]
        .iter()
        .filter(|key| !STRUCTURE.contains(&key.as_str()))
        .map(|key| {
            if key == "items" {
                "Item".to_owned()
            } else {
                pascal(key)
            }
        })
        .collect();
    if name.is_empty() {
        "Schema".to_owned()
    } else {
        name
    }
}

fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let candidates = std::iter::once(wanted.to_owned())
        .chain(std::iter::once(format!("{wanted}Schema")))
        .chain((2_u32..).map(|number| format!("{wanted}Schema{number}")));
    for candidate in candidates {
        if taken.insert(type_name(&candidate)) {
            return candidate;
        }
    }
    wanted.to_owned()
}
