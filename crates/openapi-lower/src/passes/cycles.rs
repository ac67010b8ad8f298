//! Schemas that are part of themselves.

mod bases;
mod circles;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::spread::each_target;

pub(crate) const PASS: Pass = Pass {
    name: "cycles",
    summary: "Breaks schemas that include themselves through `allOf`, `oneOf` or `anyOf` alone.",
    source: "typify 0.8 merges such schemas until the stack overflows, which no handler can catch",
    run: Run::Schemas(run),
};

fn run(context: &mut Context<'_>) {
    bases::split_bases(context);
    circles::join_circles(context);
    // Each round cuts at least one edge of every cycle that is left.
    while has_circles(context) && cut_back_edges(context) {}
}

/// Whether there is anything to cut, which is rare and found out without the places of what is included.
fn has_circles(context: &Context<'_>) -> bool {
    let schemas = context.schemas().into_iter().flatten();
    let included = schemas.filter_map(|(name, schema)| {
        let mut targets = Vec::new();
        each_target(schema, &mut |target| targets.push(target));
        (!targets.is_empty()).then(|| (name.clone(), targets))
    });
    !circles::circles(&included.collect()).is_empty()
}

/// Components that a schema includes, through combining keywords only: pointer of the branch, keyword, component.
fn included(schema: &Value, at: &str) -> Vec<(String, &'static str, String)> {
    let mut found = Vec::new();
    let mut open = vec![(schema, at.to_owned())];
    while let Some((schema, at)) = open.pop() {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let Some(Value::Array(branches)) = schema.get(keyword) else {
                continue;
            };
            for (position, branch) in branches.iter().enumerate() {
                let place = index(&join(&at, keyword), position);
                match refs::target_of(branch) {
                    Some(name) => found.push((place, keyword, name)),
                    None => open.push((branch, place)),
                }
            }
        }
        if at.rfind('/').is_some()
            && let Some(name) = refs::target_of(schema)
        {
            found.push((at, "$ref", name));
        }
    }
    found.sort();
    found
}

/// Removes the branches that close a cycle, seen from the components in order of their names.
fn cut_back_edges(context: &mut Context<'_>) -> bool {
    let Some(schemas) = context.schemas() else {
        return false;
    };
    let edges: BTreeMap<String, Vec<(String, &'static str, String)>> = schemas
        .iter()
        .map(|(name, schema)| {
            (
                name.clone(),
                included(schema, &join("/components/schemas", name)),
            )
        })
        .collect();
    let mut cuts: Vec<(String, &'static str, String)> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start.as_str()) {
            continue;
        }
        let mut open = vec![(start.as_str(), 0_usize)];
        let mut path = BTreeSet::from([start.as_str()]);
        while let Some((name, next)) = open.last_mut() {
            let Some(edge) = edges.get(*name).and_then(|edges| edges.get(*next)) else {
                path.remove(*name);
                done.insert(*name);
                open.pop();
                continue;
            };
            *next += 1;
            let target = edge.2.as_str();
            if path.contains(target) {
                cuts.push(edge.clone());
            } else if !done.contains(target) && edges.contains_key(target) {
                path.insert(target);
                open.push((target, 0));
            }
        }
    }
    // From the last branch of a list to the first, so that positions stay right.
    cuts.sort();
    cuts.reverse();
    let any = !cuts.is_empty();
    for (place, keyword, target) in cuts {
        // Values of a branch of a union that is left out are values of no type.
        let effect = match keyword {
            "anyOf" | "oneOf" => Effect::Dropped,
            _ => Effect::Widened,
        };
        context.note(
            &place,
            "cycles",
            effect,
            format!("the schema is part of `{target}`, which includes it; the branch is left out"),
        );
        cut(context, &place, keyword);
    }
    any
}

fn cut(context: &mut Context<'_>, place: &str, keyword: &str) {
    if keyword == "$ref" {
        if let Some(schema) = context.document.pointer_mut(place) {
            *schema = Value::Object(Map::new());
        }
        return;
    }
    let Some((list, position)) = place.rsplit_once('/') else {
        return;
    };
    let Ok(position) = position.parse::<usize>() else {
        return;
    };
    let Some(Value::Array(branches)) = context.document.pointer_mut(list) else {
        return;
    };
    if position >= branches.len() {
        return;
    }
    branches.remove(position);
    let count = branches.len();
    for later in position..count {
        context
            .origins
            .moved(&index(list, later + 1), &index(list, later));
    }
    if count == 0
        && let Some((parent, _)) = list.rsplit_once('/')
        && let Some(Value::Object(schema)) = context.document.pointer_mut(parent)
    {
        schema.remove(keyword);
        let says_nothing = schema.keys().all(|key| crate::schema::is_annotation(key));
        if says_nothing && let Some(union) = union_of(parent) {
            let parent = parent.to_owned();
            cut(context, &parent, union);
        }
    }
}

/// The keyword of the union that the schema at `place` is a branch of. A branch that was nothing but the way back must not
/// become one that takes any value.
fn union_of(place: &str) -> Option<&'static str> {
    let (list, _) = place.rsplit_once('/')?;
    ["anyOf", "oneOf"]
        .into_iter()
        .find(|keyword| list.rsplit('/').next() == Some(keyword))
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::document_after;
    use serde_json::{Value, json};

    fn after(schemas: Value) -> Value {
        document_after(
            super::PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": schemas}}),
        )
        .0["components"]["schemas"]
            .take()
    }

    #[test]
    fn a_schema_is_not_part_of_itself() {
        assert_eq!(
            after(
                json!({"A": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}})
            ),
            json!({"A": {"allOf": [{"type": "object"}]}})
        );
        let schemas = after(json!({
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}]},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]},
        }));
        assert_eq!(schemas["B"], json!({"allOf": [{"type": "object"}]}));
    }

    #[test]
    fn a_branch_that_is_only_the_way_back_goes_as_a_whole() {
        let text = json!({"type": "string"});
        for keyword in ["oneOf", "anyOf"] {
            let schemas =
                json!({"A": {keyword: [{"allOf": [{"$ref": "#/components/schemas/A"}]}, text]}});
            assert_eq!(after(schemas), json!({"A": {keyword: [text]}}));
        }
    }

    #[test]
    fn recursion_through_a_property_is_legal() {
        let schemas = json!({"A": {"allOf": [{"type": "object", "properties": {"next": {"$ref": "#/components/schemas/A"}}}]}});
        assert_eq!(after(schemas.clone()), schemas);
    }

    #[test]
    fn a_branch_that_is_left_out_is_lost() {
        let a = json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]});
        let document = json!({"openapi": "3.0.0", "components": {"schemas": {"A": a}}});
        let (_, notes) = document_after(super::PASS, document);
        assert_eq!(notes[0].effect, crate::Effect::Dropped);
    }
}
