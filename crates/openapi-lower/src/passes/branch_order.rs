//! The order of branches where the first one that decodes is taken.

use std::collections::BTreeSet;

use serde_json::Value;

use super::table::{Pass, Run};
use crate::branches::Branches;
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;
use crate::spread::{is_unlimited, may_be_unlimited, spread};

pub(crate) const PASS: Pass = Pass {
    name: "branch_order",
    summary: "Puts a branch that accepts anything last; without marks, also a branch behind those that require all that it requires, and more.",
    source: "serde takes the first branch that decodes, which hides those behind one with fewer required fields",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let mut schemas = std::mem::take(context.schemas_mut());
    let (mut unions, mut open) = (Vec::new(), Vec::new());
    for (name, schema) in &schemas {
        if schema.get("oneOf").is_some() {
            unions.push((name, schema));
        }
        if may_be_unlimited(schema) {
            open.push((name, schema));
        }
    }
    let unlimited = spread(open, is_unlimited);
    // With marks, objects are told apart by them.
    let mut known = (!context.options.marks).then(|| Branches::without_properties(&schemas));
    let orders: Vec<(String, Vec<usize>)> = unions
        .into_iter()
        .filter_map(|(name, schema)| {
            Some((name.clone(), order(schema, &unlimited, known.as_mut())?))
        })
        .collect();
    for (name, order) in orders {
        let at = join(&join("/components/schemas", &name), "oneOf");
        context.note(
            &at,
            "branch_order",
            Effect::Exact,
            "branches that accept more stand behind those that accept less, because the first that fits is taken",
        );
        let Some(Value::Array(branches)) = schemas
            .get_mut(&name)
            .and_then(|schema| schema.get_mut("oneOf"))
        else {
            continue;
        };
        context.origins.reordered(&at, &order);
        *branches = order
            .into_iter()
            .filter_map(|position| branches.get(position).cloned())
            .collect();
    }
    *context.schemas_mut() = schemas;
}

/// The positions of the branches in their new order, if it is another one.
fn order(
    schema: &Value,
    unlimited: &BTreeSet<String>,
    mut known: Option<&mut Branches<'_>>,
) -> Option<Vec<usize>> {
    let branches = schema.get("oneOf")?.as_array()?;
    let required: Vec<Option<BTreeSet<String>>> = branches
        .iter()
        .map(|branch| Some(known.as_mut()?.objects(branch)?.required))
        .collect();
    let is_unlimited: Vec<bool> = branches
        .iter()
        .map(|branch| is_unlimited(branch, unlimited))
        .collect();
    let hides = |one: usize, other: usize| match (&required[one], &required[other]) {
        (Some(one), Some(other)) => one.len() < other.len() && one.is_subset(other),
        _ => is_unlimited[one] && !is_unlimited[other],
    };
    let mut left: Vec<usize> = (0..branches.len()).collect();
    let mut order = Vec::with_capacity(left.len());
    // Containment has no cycles, so one is always hiding no other.
    while let Some(at) = left
        .iter()
        .position(|one| !left.iter().any(|other| hides(*one, *other)))
    {
        order.push(left.remove(at));
    }
    (!order.is_sorted()).then_some(order)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::passes::testing::{marked_after, schema_after};

    #[test]
    fn a_branch_that_accepts_anything_is_the_last_one() {
        let part = json!({"$ref": "#/components/schemas/Any"});
        let object = json!({"type": "object", "properties": {"a": {}}});
        let text = json!({"type": "string"});
        let union = json!({"oneOf": [part, object, {"description": "any"}, text]});
        let document =
            json!({"openapi": "3.0.0", "components": {"schemas": {"Any": {}, "S": union}}});
        let (document, notes, _) = marked_after(&[super::PASS], document);
        assert_eq!(
            document["components"]["schemas"]["S"],
            json!({"oneOf": [object, text, part, {"description": "any"}]})
        );
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_branch_hides_none_that_requires_more() {
        let object = |required: &[&str]| json!({"type": "object", "required": required});
        let branches = [
            object(&[]),
            json!({"type": "string"}),
            object(&["b"]),
            object(&["a", "b"]),
            object(&["c"]),
        ];
        let (schema, notes) = schema_after(super::PASS, json!({"oneOf": branches}));
        let [none, text, b, a_b, c] = branches;
        assert_eq!(schema, json!({"oneOf": [text, a_b, b, c, none]}));
        assert_eq!(notes.len(), 1);
        let sorted: Value = json!({"oneOf": [b, none]});
        assert_eq!(schema_after(super::PASS, sorted.clone()).0, sorted);
    }
}
