//! Components that may be `null`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{is_entry, join, schema_component};
use crate::refs;
use crate::report::Effect;
use crate::schema::Schema;
use crate::spread::{accepts_null, spread};

pub(crate) const PASS: Pass = Pass {
    name: "nullable",
    summary: "Moves `nullable` from branches to their unions, and from components to the places that refer to them.",
    source: "typify 0.8 defines a nullable enum or union component twice, and wraps other ones in a type around an option",
    run: Run::Steps(&[Run::Schemas(learn), Run::Parts(run)]),
};

/// The components that accept `null`.
#[derive(Default)]
struct Nullable(BTreeSet<String>);

fn learn(context: &mut Context<'_>) {
    let nullable = context
        .schemas()
        .map(|schemas| spread(schemas, accepts_null))
        .unwrap_or_default();
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
    context.with(|_, Nullable(known)| *known = nullable);
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Nullable(nullable)| rewrite(context, nullable));
}

fn rewrite(context: &mut Context<'_>, nullable: &BTreeSet<String>) {
    let refers =
        |schema: &Value| refs::target_of(schema).is_some_and(|name| nullable.contains(&name));
    context.each(Kind::Schema, |context, node, at| {
        if let Value::Object(schema) = node {
            out_of_branches(context, schema, at);
        }
        if !refers(node) && accepts_null(node, nullable) {
            node["nullable"] = json!(true);
        }
        // Branches were seen to above, and components are not nullable any more.
        let is_branch = is_entry(at, &["allOf", "oneOf", "anyOf"]);
        let is_component = schema_component(at).is_some();
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

    #[test]
    fn what_is_all_of_nullable_parts_is_nullable() {
        let or_null = |name: &str| json!({"type": "object", "nullable": true, "properties": {name: {"type": "string"}}});
        let both = json!({"allOf": [part("N1"), part("N2")]});
        let (document, _) = document_after(
            super::PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": {
                "N1": or_null("a"), "N2": or_null("b"), "Both": both,
                "User": {"type": "object", "properties": {
                    "both": part("Both"), "inline": {"allOf": [part("N1"), or_null("c")]},
                    "one": {"allOf": [part("N1"), {"type": "object"}]},
                    "union": {"oneOf": [{"allOf": [part("N1")], "description": "d"}, {"type": "string"}]}
                }}
            }}}),
        );
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Both"], both);
        let user = &schemas["User"]["properties"];
        assert_eq!(
            user["both"],
            json!({"allOf": [part("Both")], "nullable": true})
        );
        assert_eq!(user["inline"]["nullable"], true);
        assert_eq!(user["one"].get("nullable"), None);
        let branch = json!({"allOf": [part("N1")], "description": "d"});
        assert_eq!(
            user["union"],
            json!({"oneOf": [branch, {"type": "string"}], "nullable": true})
        );
    }

    #[test]
    fn a_long_chain_of_references_is_gone_through_once() {
        let count = 3_000;
        let mut schemas: serde_json::Map<String, Value> = (0..count)
            .map(|number| (format!("C{number}"), part(&format!("C{}", number + 1))))
            .collect();
        schemas.insert(
            format!("C{count}"),
            json!({"type": "string", "nullable": true}),
        );
        schemas.insert("User".to_owned(), json!({"properties": {"c": part("C0")}}));
        let (document, _) = document_after(
            super::PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": schemas}}),
        );
        let user = &document["components"]["schemas"]["User"];
        assert_eq!(
            user["properties"]["c"],
            json!({"allOf": [part("C0")], "nullable": true})
        );
    }
}
