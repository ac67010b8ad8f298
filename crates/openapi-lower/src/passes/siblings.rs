//! Keywords next to a `$ref`.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, Version};
use crate::grammar::{Kind, member};
use crate::places::says_values;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::is_annotation;

pub(crate) const PASS: Pass = Pass {
    name: "siblings",
    summary: "Wraps a `$ref` that has other keywords next to it in `allOf`, so that they count.",
    source: "JSON Schema 2020-12 core §8.2.3.1 (siblings apply), OpenAPI 3.0.3 §4.7.23 (siblings are ignored)",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        if !schema.contains_key("$ref") || schema.len() == 1 {
            return;
        }
        let Some(reference) = schema.remove("$ref") else {
            return;
        };
        let mut outer = Map::new();
        let mut constraints = Map::new();
        for (keyword, value) in std::mem::take(schema) {
            match keyword.as_str() {
                // Definitions were made components, identifiers name what is no longer referred to.
                "$defs" | "definitions" | "$id" | "$schema" | "$anchor" | "$comment" => {}
                "nullable" => {
                    outer.insert(keyword, value);
                }
                keyword if is_annotation(keyword) => {
                    outer.insert(keyword.to_owned(), value);
                }
                _ => {
                    constraints.insert(keyword, value);
                }
            }
        }
        if !constraints.is_empty() && context.version == Version::V3_0 {
            let names: Vec<_> = constraints.keys().map(|name| format!("`{name}`")).collect();
            context.note(
                at,
                "siblings",
                Effect::Exact,
                format!(
                    "{} next to a `$ref` has no meaning in OpenAPI 3.0",
                    names.join(", ")
                ),
            );
            constraints.clear();
        }
        let unknown: Vec<_> = constraints
            .keys()
            .filter(|keyword| !is_known(keyword))
            .cloned()
            .collect();
        for keyword in unknown {
            constraints.remove(&keyword);
            let message = format!("`{keyword}` means nothing next to a `$ref`");
            context.note(&join(at, &keyword), "siblings", Effect::Exact, message);
        }
        if outer.is_empty() && constraints.is_empty() {
            schema.insert("$ref".to_owned(), reference);
            return;
        }
        context.origins.made(at, &join(at, "allOf"));
        context.origins.made(at, &join(&join(at, "allOf"), "0"));
        let mut branches = vec![json!({"$ref": reference})];
        if !constraints.is_empty() {
            context.note(
                at,
                "siblings",
                Effect::Exact,
                "keywords next to a `$ref` became a second branch of `allOf`",
            );
            context.origins.made(at, &join(&join(at, "allOf"), "1"));
            branches.push(Value::Object(constraints));
        }
        outer.insert("allOf".to_owned(), Value::Array(branches));
        *schema = outer;
    });
}

/// Whether a keyword may say something about values. What no specification knows is an annotation (JSON Schema 2020-12
/// core §6.5).
fn is_known(keyword: &str) -> bool {
    says_values(keyword) || member(Kind::Schema, keyword).is_some()
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after, schema_after_in};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn annotations_are_kept_around_the_reference() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"$ref": "#/components/schemas/T", "description": "who", "nullable": true}),
        );
        assert_eq!(
            schema,
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "description": "who", "nullable": true})
        );
        assert!(notes.is_empty(), "nothing that was said is lost");
    }

    #[test]
    fn constraints_count_in_3_1_only() {
        let input = json!({"$ref": "#/components/schemas/T", "required": ["a"]});
        let (schema, _) = schema_after_in("3.1.0", super::PASS, input.clone());
        assert_eq!(
            schema,
            json!({"allOf": [{"$ref": "#/components/schemas/T"}, {"required": ["a"]}]})
        );
        let (schema, notes) = schema_after_in("3.0.0", super::PASS, input);
        assert_eq!(schema, json!({"$ref": "#/components/schemas/T"}));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn what_no_specification_knows_makes_no_branch() {
        let input = json!({"$ref": "#/components/schemas/T", "requird": ["a"]});
        let (schema, notes) = schema_after(super::PASS, input);
        assert_eq!(schema, json!({"$ref": "#/components/schemas/T"}));
        assert_eq!(
            brief(&notes),
            [("/components/schemas/S/requird", Effect::Exact)]
        );
    }
}
