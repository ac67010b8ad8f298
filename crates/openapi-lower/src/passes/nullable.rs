//! Components that may be `null`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::Pass;
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{join, keys};
use crate::refs;
use crate::report::Effect;
use crate::schema::Schema;

pub(crate) const PASS: Pass = Pass {
    name: "nullable",
    summary: "Moves `nullable` from branches to their unions, and from components to the places that refer to them.",
    source: "typify 0.8 defines a nullable enum or union component twice, and wraps other ones in a type around an option",
    run,
};

fn run(context: &mut Context<'_>) {
    context.each_schema(out_of_branches);
    let nullable = names(context);
    if nullable.is_empty() {
        return;
    }
    for name in &nullable {
        if let Some(Value::Object(schema)) = context.schemas_mut().get_mut(name)
            && schema.remove("nullable").is_some()
        {
            let place = join("/components/schemas", name);
            context.note(
                &place,
                "nullable",
                Effect::Exact,
                "`null` is accepted where the component is referred to",
            );
        }
    }
    let refers =
        |schema: &Value| refs::target_of(schema).is_some_and(|name| nullable.contains(&name));
    context.each(Kind::Schema, |context, node, at| {
        let Value::Object(schema) = node else { return };
        for keyword in ["oneOf", "anyOf"] {
            if schema
                .get(keyword)
                .and_then(Value::as_array)
                .is_some_and(|branches| branches.iter().any(refers))
            {
                schema.insert("nullable".to_owned(), json!(true));
            }
        }
        // A wrapper is nullable if what it wraps is; of several branches all would have to be.
        if let Some([one]) = schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            && refers(one)
        {
            schema.insert("nullable".to_owned(), json!(true));
        }
        let keys = keys(at);
        // Branches were seen to above, and components are not nullable any more.
        let is_branch = keys.len() > 1
            && keys.last().is_some_and(|key| key.parse::<usize>().is_ok())
            && ["allOf", "oneOf", "anyOf"].contains(&keys[keys.len() - 2].as_str());
        let is_component = keys.len() == 3 && keys[0] == "components";
        if !is_branch && !is_component && refers(node) {
            let reference = node.take();
            context.origins.made(at, &join(at, "allOf/0"));
            *node = json!({"allOf": [reference], "nullable": true});
        } else if is_component && let Value::Object(schema) = node {
            schema.remove("nullable");
        }
    });
}

/// A union with a branch that accepts `null` accepts it.
fn out_of_branches(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        let branches = branches.iter_mut().filter_map(Value::as_object_mut);
        let nullable: Vec<&mut Schema> = branches
            .filter(|branch| branch.get("nullable") == Some(&Value::Bool(true)))
            .collect();
        if nullable.is_empty() {
            continue;
        }
        for branch in nullable {
            branch.remove("nullable");
        }
        schema.insert("nullable".to_owned(), json!(true));
        context.note(
            &join(at, keyword),
            "nullable",
            Effect::Exact,
            "`null` is accepted by the union, and not by one of its branches",
        );
    }
}

/// The components that accept `null`, also by what they refer to.
fn names(context: &Context<'_>) -> BTreeSet<String> {
    let mut nullable = BTreeSet::new();
    let Some(schemas) = context.schemas() else {
        return nullable;
    };
    loop {
        let before = nullable.len();
        for (name, schema) in schemas {
            let accepts = |schema: &Value| {
                schema.get("nullable") == Some(&Value::Bool(true))
                    || refs::sole_target(schema).is_some_and(|target| nullable.contains(&target))
            };
            let any = |keyword: &str| {
                schema
                    .get(keyword)
                    .and_then(Value::as_array)
                    .is_some_and(|branches| branches.iter().any(accepts))
            };
            if accepts(schema) || any("oneOf") || any("anyOf") {
                nullable.insert(name.clone());
            }
        }
        if nullable.len() == before {
            return nullable;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{document_after, schema_after};
    use serde_json::{Value, json};

    fn part(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    #[test]
    fn null_moves_out_of_branches() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"properties": {"a": {"anyOf": [{"type": "string"}, {"oneOf": [{"type": "object", "nullable": true}]}]}}}),
        );
        let inner = json!({"oneOf": [{"type": "object"}]});
        assert_eq!(
            schema["properties"]["a"],
            json!({"anyOf": [{"type": "string"}, inner], "nullable": true})
        );
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn null_moves_to_the_places_of_use() {
        let (document, notes) = document_after(
            super::PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": {
                "N": {"type": "string", "enum": ["a"], "nullable": true},
                "Alias": part("N"),
                "Union": {"oneOf": [part("Alias"), {"type": "integer"}]},
                "User": {"type": "object", "properties": {
                    "n": part("N"), "alias": part("Alias"), "union": part("Union"), "list": {"type": "array", "items": part("N")},
                    "wrapped": {"allOf": [part("N")], "description": "d"}, "plain": part("User")
                }}
            }}}),
        );
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["N"], json!({"type": "string", "enum": ["a"]}));
        assert_eq!(schemas["Alias"], part("N"));
        assert_eq!(
            schemas["Union"],
            json!({"oneOf": [part("Alias"), {"type": "integer"}]})
        );
        let or_null = |name: &str| json!({"allOf": [part(name)], "nullable": true});
        let user = &schemas["User"]["properties"];
        assert_eq!(user["n"], or_null("N"));
        assert_eq!(user["alias"], or_null("Alias"));
        assert_eq!(user["union"], or_null("Union"));
        assert_eq!(user["list"]["items"], or_null("N"));
        assert_eq!(
            user["wrapped"],
            json!({"allOf": [part("N")], "nullable": true, "description": "d"})
        );
        assert_eq!(user["plain"], part("User"));
        assert_eq!(notes.len(), 1);
    }
}
