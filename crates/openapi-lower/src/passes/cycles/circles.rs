//! Components that include each other by `allOf`.
//!
//! Each is all of the others, so each has the parts of all. Nothing is lost, unlike where a branch is cut.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::schema::is_annotation;

/// A circle in which this many parts would be written is cut instead: each component of it has the parts of all.
const MAX_PARTS: usize = 2_000;

/// What a component is, the components that it includes apart: schema and place of each part.
#[derive(Default)]
struct Parts {
    own: Vec<(Value, String)>,
    /// Components that are included, each in the place where it is.
    included: Vec<(String, Value, String)>,
}

pub(super) fn join_circles(context: &mut Context<'_>) {
    let Some(schemas) = context.schemas() else {
        return;
    };
    let includes = schemas.iter().filter_map(|(name, schema)| {
        let mut targets = Vec::new();
        included(schema, &mut targets);
        (!targets.is_empty()).then(|| (name.clone(), targets))
    });
    let circles = circles(&includes.collect());
    // Few components are in one, and what the others are is not copied.
    let members = circles.iter().flatten().filter_map(|name| {
        let mut parts = Parts::default();
        let at = join("/components/schemas", name);
        collect(schemas.get(name)?, &at, true, &mut parts);
        Some((name.clone(), parts))
    });
    let parts: BTreeMap<String, Parts> = members.collect();
    for circle in circles {
        let count: usize = circle
            .iter()
            .filter_map(|name| parts.get(name))
            .map(|parts| parts.own.len() + parts.included.len())
            .sum();
        if count * circle.len() <= MAX_PARTS {
            rewrite(context, &circle, &parts);
        }
    }
}

/// The components that a schema has as parts.
fn included(schema: &Value, targets: &mut Vec<String>) {
    if let Some(name) = refs::target_of(schema) {
        targets.push(name);
        return;
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        included(part, targets);
    }
}

/// Parts of parts are parts. What is said about a whole component (`nullable`, texts) stays with it.
fn collect(schema: &Value, at: &str, is_component: bool, parts: &mut Parts) {
    if let Some(name) = refs::target_of(schema) {
        parts.included.push((name, schema.clone(), at.to_owned()));
        return;
    }
    let Value::Object(members) = schema else {
        return;
    };
    let mut own = members.clone();
    if let Some(Value::Array(branches)) = own.remove("allOf") {
        for (position, branch) in branches.iter().enumerate() {
            collect(branch, &index(&join(at, "allOf"), position), false, parts);
        }
    } else if !is_component {
        parts.own.push((schema.clone(), at.to_owned()));
        return;
    }
    own.retain(|keyword, _| !stays(keyword));
    if !own.is_empty() {
        parts.own.push((Value::Object(own), at.to_owned()));
    }
}

/// What is said about the whole.
fn stays(keyword: &str) -> bool {
    matches!(keyword, "nullable" | "discriminator") || is_annotation(keyword)
}

/// The sets of components of which each includes all, in the order of their names; given what each one includes.
pub(super) fn circles(all: &BTreeMap<String, Vec<String>>) -> Vec<BTreeSet<String>> {
    let mut includes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut included_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, targets) in all {
        for target in targets {
            includes.entry(name).or_default().push(target);
            included_by.entry(target).or_default().push(name);
        }
    }
    // Kosaraju's algorithm, with lists for stacks: a chain of components may be long.
    let mut seen = BTreeSet::new();
    let mut finished = Vec::new();
    for start in includes.keys() {
        finished.extend(reached(start, &includes, &mut seen));
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for start in finished.into_iter().rev() {
        let members = reached(start, &included_by, &mut seen);
        let is_circle = match members.as_slice() {
            [] => false,
            [one] => includes
                .get(one)
                .is_some_and(|targets| targets.contains(one)),
            _ => true,
        };
        if is_circle {
            found.push(members.into_iter().map(str::to_owned).collect());
        }
    }
    found.sort();
    found
}

/// What is reached from `start` and was not seen before, each behind all that it leads to.
fn reached<'n>(
    start: &'n str,
    edges: &BTreeMap<&'n str, Vec<&'n str>>,
    seen: &mut BTreeSet<&'n str>,
) -> Vec<&'n str> {
    let mut finished = Vec::new();
    if !seen.insert(start) {
        return finished;
    }
    let mut open = vec![(start, 0_usize)];
    while let Some((name, next)) = open.last_mut() {
        let target = edges.get(*name).and_then(|targets| targets.get(*next));
        let Some(target) = target else {
            finished.push(*name);
            open.pop();
            continue;
        };
        *next += 1;
        if seen.insert(target) {
            open.push((target, 0));
        }
    }
    finished
}

fn rewrite(context: &mut Context<'_>, circle: &BTreeSet<String>, parts: &BTreeMap<String, Parts>) {
    let all: Vec<(&String, Vec<(Value, String)>)> = circle
        .iter()
        .filter_map(|name| {
            let parts = parts.get(name)?;
            let others = parts
                .included
                .iter()
                .filter(|(target, ..)| !circle.contains(target))
                .map(|(_, schema, at)| (schema.clone(), at.clone()));
            Some((name, others.chain(parts.own.iter().cloned()).collect()))
        })
        .collect();
    if all.iter().all(|(_, parts)| parts.is_empty()) {
        // References to each other and nothing else: there is no part to have.
        return;
    }
    // What is written into one component may be the source of another one.
    let mut sources = BTreeMap::new();
    for (_, at) in all.iter().flat_map(|(_, parts)| parts) {
        sources
            .entry(at.clone())
            .or_insert_with(|| context.origins.source(at));
    }
    for (name, own) in &all {
        // Its own parts come last, because the last part counts where parts differ.
        let others = all.iter().filter(|(other, _)| other != name);
        let mut written: Vec<(Value, String)> = Vec::new();
        for (schema, at) in others.flat_map(|(_, parts)| parts).chain(own) {
            if written.iter().all(|(known, _)| known != schema) {
                written.push((schema.clone(), at.clone()));
            }
        }
        let at = join("/components/schemas", name);
        let message = match circle.len() {
            1 => "the schema includes itself, which adds nothing".to_owned(),
            _ => format!(
                "the schema and {} include each other; each has the parts of all",
                named(circle, name)
            ),
        };
        context.note(&at, "cycles", Effect::Exact, message);
        let list = join(&at, "allOf");
        for (position, (_, from)) in written.iter().enumerate() {
            if let Some(source) = sources.get(from) {
                context.origins.copied_as(source, &index(&list, position));
            }
        }
        let Some(schema) = context.schemas_mut().get_mut(*name) else {
            continue;
        };
        let mut whole: Map<String, Value> = match schema.take() {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        whole.retain(|keyword, _| stays(keyword));
        let written: Vec<Value> = written.into_iter().map(|(schema, _)| schema).collect();
        whole.insert("allOf".to_owned(), json!(written));
        *schema = Value::Object(whole);
    }
}

fn named(circle: &BTreeSet<String>, but: &str) -> String {
    let names: Vec<String> = circle
        .iter()
        .filter(|name| *name != but)
        .map(|name| format!("`{name}`"))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::Effect;
    use crate::passes::cycles::PASS;
    use crate::passes::testing::{brief, document_after};
    use serde_json::{Value, json};

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    #[test]
    fn each_of_a_circle_has_the_parts_of_all() {
        let part = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        let schemas = json!({
            "A": {"description": "a", "allOf": [reference("B"), part("a")]},
            "B": {"allOf": [{"allOf": [reference("C")]}], "type": "object", "properties": {"b": {"type": "string"}}},
            "C": {"allOf": [reference("A"), reference("Base")], "nullable": true},
            "Base": part("base"),
        });
        let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
        let (mut document, notes) = document_after(PASS, document);
        let schemas = document["components"]["schemas"].take();
        assert_eq!(
            schemas["A"],
            json!({"description": "a", "allOf": [part("b"), reference("Base"), part("a")]})
        );
        assert_eq!(
            schemas["B"],
            json!({"allOf": [part("a"), reference("Base"), part("b")]})
        );
        assert_eq!(
            schemas["C"],
            json!({"nullable": true, "allOf": [part("a"), part("b"), reference("Base")]})
        );
        assert_eq!(
            brief(&notes),
            ["A", "B", "C"]
                .map(|name| (format!("/components/schemas/{name}"), Effect::Exact))
                .each_ref()
                .map(|(at, effect)| (at.as_str(), *effect))
        );
    }

    #[test]
    fn a_way_back_through_a_union_is_no_circle() {
        let union = json!({"oneOf": [reference("B"), {"type": "string"}]});
        let schemas =
            json!({"A": {"allOf": [union]}, "B": {"allOf": [reference("A"), {"type": "object"}]}});
        let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
        let (_, notes) = document_after(PASS, document);
        assert!(notes.iter().all(|note| note.effect == Effect::Widened));
    }
}
