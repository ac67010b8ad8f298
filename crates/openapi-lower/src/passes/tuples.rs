//! Arrays whose positions have schemas of their own.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "tuples",
    summary: "Writes `prefixItems`, and `items` as a list, as items that may be any of the listed schemas.",
    source: "JSON Schema 2020-12 core §10.3.1.1; OpenAPI 3.0.3 §4.7.24: `items` is one schema",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let keyword = if schema.contains_key("prefixItems") {
            "prefixItems"
        } else {
            "items"
        };
        let Some(Value::Array(_)) = schema.get(keyword) else {
            return;
        };
        let Some(Value::Array(positions)) = schema.remove(keyword) else {
            return;
        };
        let place = join(at, keyword);
        let items = join(at, "items");
        let mut branches: Vec<(String, Value)> = Vec::new();
        for (position, branch) in positions.into_iter().enumerate() {
            if branch.is_object() && branches.iter().all(|(_, known)| *known != branch) {
                branches.push((index(&place, position), branch));
            }
        }
        // What stands behind the listed positions.
        let rest = match keyword {
            "prefixItems" => schema.remove("items").map(|rest| (items.clone(), rest)),
            _ => schema
                .remove("additionalItems")
                .map(|rest| (join(at, "additionalItems"), rest)),
        };
        if let Some((from, rest)) = rest
            && rest.as_object().is_some_and(|rest| !rest.is_empty())
            && branches.iter().all(|(_, known)| *known != rest)
        {
            branches.push((from, rest));
        }
        schema.entry("type").or_insert_with(|| json!("array"));
        let effect = if branches.len() <= 1 {
            Effect::Exact
        } else {
            Effect::Widened
        };
        context.note(
            &place,
            "tuples",
            effect,
            "the order of the items is not kept; each may be any of the listed",
        );
        let any = branches.iter().any(|(_, branch)| *branch == json!({}));
        match branches.pop() {
            Some((from, only)) if branches.is_empty() => {
                context.origins.moved(&from, &items);
                schema.insert("items".to_owned(), only);
            }
            Some(last) if !any => {
                branches.push(last);
                context.origins.made(&place, &items);
                let union = join(&items, "anyOf");
                let mut schemas = Vec::new();
                for (position, (from, branch)) in branches.into_iter().enumerate() {
                    context.origins.copied(&from, &index(&union, position));
                    schemas.push(branch);
                }
                schema.insert("items".to_owned(), json!({"anyOf": schemas}));
            }
            _ => {
                schema.insert("items".to_owned(), json!({}));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn positions_become_a_union() {
        assert_eq!(
            after(
                json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "string"}], "minItems": 3})
            ),
            json!({"type": "array", "minItems": 3, "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}})
        );
        assert_eq!(
            after(json!({"prefixItems": [{"type": "number"}, {"type": "number"}], "items": {}})),
            json!({"type": "array", "items": {"type": "number"}})
        );
    }

    #[test]
    fn the_older_spelling_is_read_too() {
        assert_eq!(
            after(json!({"type": "array", "items": [{"type": "number"}, {}]})),
            json!({"type": "array", "items": {}})
        );
        let ordinary = json!({"type": "array", "items": {"type": "number"}});
        assert_eq!(after(ordinary.clone()), ordinary);
    }
}
