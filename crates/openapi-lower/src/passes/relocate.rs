//! References into the middle of something become references to components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::names::{pascal, type_name};
use crate::pointer::{join, keys};
use crate::refs::{self, Index, Resolver};
use crate::report::Effect;
use crate::schema::Schema;
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "relocate",
    summary: "Makes a component of every schema that is referred to but is none, `$defs` included.",
    source: "progenitor 0.15.1 resolves only `#/components/schemas/NAME` in schemas",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let known = context.with(|_, known: &mut Option<Index>| known.take());
    let index = known.unwrap_or_else(|| Index::of(&context.document));
    let texts = targets(&context.document, &index);
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
    let mut order = Vec::new();
    for target in targets {
        let name = free_name(&suggest(&target), &mut taken);
        if context.document.pointer(&target).is_some() {
            names.insert(target.clone(), name.clone());
            order.push((target, name));
        }
    }
    let mut components: BTreeSet<String> = names.values().cloned().collect();
    components.extend(context.schemas().into_iter().flat_map(Map::keys).cloned());
    let words = Words {
        texts: &texts,
        names: &names,
        components: &components,
    };
    // Most references say what they shall say, and the few others are found without a walk.
    let references = index.references.iter();
    let others = references.filter(|one| {
        one.kind == Kind::Schema && words.of(&one.text).is_some_and(|new| new != one.text)
    });
    let others: BTreeSet<&String> = others
        .map(|one| &one.pointer)
        .chain(&index.discriminators)
        .collect();
    for at in others {
        if let Some(Value::Object(schema)) = context.document.pointer_mut(at) {
            words.put(schema);
        }
    }
    for (target, name) in order {
        let is_known = walk::kind_at(&context.document, &target).is_some();
        relocate(context, &target, &name, (!is_known).then_some(&words));
    }
    // Where nothing has moved, the index is still right for references to what is no schema.
    if names.is_empty() {
        context.with(|_, known: &mut Option<Index>| *known = Some(index));
    }
}

/// What the references to schemas lead to, by their texts.
fn targets(document: &Value, index: &Index) -> BTreeMap<String, String> {
    let resolver = Resolver::new(document, index);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for reference in &index.references {
        if reference.kind == Kind::Schema
            && !texts.contains_key(&reference.text)
            && let Ok(target) = resolver.resolve(&reference.text)
        {
            texts.insert(reference.text.clone(), target);
        }
    }
    texts
}

/// Makes a component of the schema at `target`. What is in it was not seen by a walk where there are `words` for it.
fn relocate(context: &mut Context<'_>, target: &str, name: &str, words: Option<&Words<'_>>) {
    let Some(place) = context.document.pointer_mut(target) else {
        return;
    };
    let mut schema = std::mem::replace(place, json!({"$ref": refs::to_component(name)}));
    if let Some(words) = words {
        walk::rewrite(
            &mut schema,
            Kind::Schema,
            &mut String::new(),
            &mut |node, kind, _| {
                if let (Kind::Schema, Value::Object(schema)) = (kind, node) {
                    words.put(schema);
                }
            },
        );
    }
    context.note(
        target,
        "relocate",
        Effect::Exact,
        format!("named `{name}`, because it is referred to"),
    );
    context
        .origins
        .moved(target, &join("/components/schemas", name));
    context.schemas_mut().insert(name.to_owned(), schema);
}

/// How references are written.
struct Words<'w> {
    /// Text to target.
    texts: &'w BTreeMap<String, String>,
    /// Target to the name that it gets.
    names: &'w BTreeMap<String, String>,
    components: &'w BTreeSet<String>,
}

impl Words<'_> {
    fn of(&self, text: &str) -> Option<String> {
        let target = self.texts.get(text)?;
        match self.names.get(target) {
            Some(name) => Some(refs::to_component(name)),
            None => Some(format!("#{target}")),
        }
    }

    fn put(&self, schema: &mut Schema) {
        if let Some(Value::String(text)) = schema.get_mut("$ref")
            && let Some(new) = self.of(text)
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
                if let Some(new) = self.of(text) {
                    *text = new;
                } else if self.components.contains(text.as_str()) {
                    *text = refs::to_component(text);
                }
            }
        }
    }
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
