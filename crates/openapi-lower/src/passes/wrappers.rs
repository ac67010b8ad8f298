//! A type next to a reference that has the same type.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, common_type, is_annotation, is_outer};

pub(crate) const PASS: Pass = Pass {
    name: "wrappers",
    summary: "Moves what parts of `allOf` say about the whole out of them, and removes what only repeats the one schema that is referred to, or is decided by an enum beside it.",
    source: "typify 0.8 makes a new type of `{type: object, allOf: [{$ref}]}` instead of taking the referred one",
    run: Run::Steps(&[Run::Schemas(learn), Run::Parts(run)]),
};

/// References are followed this far.
const MAX_HOPS: usize = 16;

/// The types of components, of those that have one.
#[derive(Default)]
struct Types(BTreeMap<String, String>);

fn learn(context: &mut Context<'_>) {
    let found = context.schemas().map(types).unwrap_or_default();
    context.with(|_, Types(types)| *types = found);
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Types(types)| rewrite(context, types));
}

fn rewrite(context: &mut Context<'_>, types: &BTreeMap<String, String>) {
    context.each_schema(|context, schema, at| {
        annotations_out(context, schema, at);
        unwrap_sole(context, schema, at);
        enumerated(context, schema, at);
        let Some(name) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        let mut target = None;
        for (keyword, value) in schema.iter() {
            match (keyword.as_str(), value.as_array().map(Vec::as_slice)) {
                ("type" | "format" | "nullable", _) => {}
                ("allOf" | "oneOf" | "anyOf", Some([one])) if target.is_none() => {
                    target = refs::target_of(one)
                }
                (keyword, _) if is_annotation(keyword) => {}
                _ => return,
            }
        }
        let Some(target) = target else { return };
        // Says nothing new, so there is nothing to note.
        if types.get(&target).is_some_and(|known| known == name) {
            schema.remove("type");
            schema.remove("format");
        }
    });
}

/// A part that says nothing about values says something about the whole, of which the last one that says it counts.
fn annotations_out(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let is_said = |part: &Schema| part.keys().all(|keyword| is_outer(keyword));
    let Some(Value::Array(parts)) = schema.get_mut("allOf") else {
        return;
    };
    if !parts.iter().filter_map(Value::as_object).any(is_said) {
        return;
    }
    let place = join(at, "allOf");
    let (mut kept, mut said) = (Vec::new(), Vec::new());
    for (position, part) in std::mem::take(parts).into_iter().enumerate() {
        let from = index(&place, position);
        match part {
            Value::Object(part) if is_said(&part) => said.push((part, from)),
            part => kept.push((part, from)),
        }
    }
    for (part, from) in said.into_iter().rev() {
        for (keyword, value) in part {
            let from = join(&from, &keyword);
            if keyword == "nullable" {
                if value == Value::Bool(true) && schema.get("nullable") != Some(&value) {
                    let message =
                        "`nullable` alone says nothing in `allOf`; it is taken for \"or null\"";
                    context.note(&from, "wrappers", Effect::Widened, message);
                    schema.insert(keyword, value);
                }
                continue;
            }
            let known = schema.get(&keyword);
            let (effect, message) = match known {
                None => (Effect::Exact, "said about the whole"),
                Some(known) if *known == value => (Effect::Exact, "the whole says the same"),
                Some(_) => (
                    Effect::Dropped,
                    "the whole, or a later part, says something else",
                ),
            };
            let is_new = known.is_none();
            context.note(&from, "wrappers", effect, message);
            if is_new {
                context.origins.moved(&from, &join(at, &keyword));
                schema.insert(keyword, value);
            }
        }
    }
    let mut parts = Vec::new();
    for (part, from) in kept {
        context.origins.moved(&from, &index(&place, parts.len()));
        parts.push(part);
    }
    if parts.is_empty() {
        schema.remove("allOf");
    } else {
        schema.insert("allOf".to_owned(), Value::Array(parts));
    }
}

/// One part in one part is one part: what stands for a component has to look so.
fn unwrap_sole(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let Some(inner) = refs::sole_part(schema).and_then(Value::as_object) else {
        return;
    };
    let Some(sole) = refs::sole_part(inner) else {
        return;
    };
    let (sole, said) = (sole.clone(), inner.clone());
    let place = index(&join(at, "allOf"), 0);
    for (keyword, value) in said {
        if keyword != "allOf" && !schema.contains_key(&keyword) {
            context
                .origins
                .moved(&join(&place, &keyword), &join(at, &keyword));
            schema.insert(keyword, value);
        }
    }
    context
        .origins
        .moved(&index(&join(&place, "allOf"), 0), &place);
    schema.insert("allOf".to_owned(), json!([sole]));
}

/// `{allOf: [{$ref}], enum}` picks some of the values of an enum. typify 0.8 panics on it; the values say it all.
fn enumerated(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let one_reference = schema
        .get("allOf")
        .and_then(Value::as_array)
        .is_some_and(|all| matches!(all.as_slice(), [one] if refs::target_of(one).is_some()));
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    let Some(name) = common_type(values) else {
        return;
    };
    if one_reference {
        schema.entry("type").or_insert_with(|| json!(name));
        schema.remove("allOf");
        let message = "the listed values replace the reference to the schema that has more of them";
        context.note(&join(at, "allOf"), "wrappers", Effect::Exact, message);
    }
}

fn types(components: &Schema) -> BTreeMap<String, String> {
    let known = components.iter().filter_map(|(name, schema)| {
        let known = type_of(schema, components, 0)?;
        Some((name.clone(), known.to_owned()))
    });
    known.collect()
}

fn type_of<'c>(schema: &'c Value, components: &'c Schema, hops: usize) -> Option<&'c str> {
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        return Some(name);
    }
    if hops > MAX_HOPS {
        return None;
    }
    let branch = schema
        .get("allOf")
        .and_then(Value::as_array)
        .and_then(|all| all.first());
    let next = refs::target_of(schema).or_else(|| branch.and_then(refs::target_of));
    match (next, branch) {
        (Some(next), _) => type_of(components.get(&next)?, components, hops + 1),
        (None, Some(branch)) => branch.get("type").and_then(Value::as_str),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn one_part_in_one_part_is_the_part() {
        let reference = json!({"$ref": "#/components/schemas/T"});
        let nested = json!({"allOf": [{"allOf": [{"allOf": [reference], "nullable": true}, {}], "title": "Inner"}], "description": "d"});
        assert_eq!(
            schema_after(super::PASS, nested).0,
            json!({"allOf": [reference], "nullable": true, "title": "Inner", "description": "d"})
        );
        let two = json!({"allOf": [{"allOf": [reference, {"type": "object"}]}]});
        assert_eq!(schema_after(super::PASS, two.clone()).0, two);
        let beside = json!({"allOf": [{"allOf": [reference], "nullable": true}], "properties": {"a": {"type": "string"}}});
        assert_eq!(schema_after(super::PASS, beside.clone()).0, beside);
    }

    #[test]
    fn parts_that_say_nothing_about_values_are_about_the_whole() {
        let reference = json!({"$ref": "#/components/schemas/T"});
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"allOf": [{"description": "first", "default": 1}, reference, {"description": "last", "title": "part"}, {}], "title": "whole"}),
        );
        assert_eq!(
            schema,
            json!({"allOf": [reference], "description": "last", "default": 1, "title": "whole"})
        );
        let at = "/components/schemas/S/allOf";
        assert_eq!(
            brief(&notes),
            [
                (format!("{at}/2/description").as_str(), Effect::Exact),
                (format!("{at}/2/title").as_str(), Effect::Dropped),
                (format!("{at}/0/default").as_str(), Effect::Exact),
                (format!("{at}/0/description").as_str(), Effect::Dropped),
            ]
        );
    }

    #[test]
    fn nullable_alone_means_or_null() {
        let reference = json!({"$ref": "#/components/schemas/T"});
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"allOf": [reference, {"nullable": true}]}),
        );
        assert_eq!(schema, json!({"allOf": [reference], "nullable": true}));
        assert_eq!(
            brief(&notes),
            [("/components/schemas/S/allOf/1/nullable", Effect::Widened)]
        );
    }

    #[test]
    fn listed_values_replace_the_reference() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "enum": [1], "format": "int32"}),
        );
        assert_eq!(
            schema,
            json!({"type": "integer", "enum": [1], "format": "int32"})
        );
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_repeated_type_goes_and_another_stays() {
        let reference = json!([{"$ref": "#/components/schemas/T"}]);
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"type": "object", "allOf": reference, "description": "d"}),
        );
        assert_eq!(schema, json!({"allOf": reference, "description": "d"}));
        assert!(notes.is_empty());
        for kept in [
            json!({"type": "string", "allOf": reference}),
            json!({"type": "object", "allOf": reference, "required": ["a"]}),
        ] {
            assert_eq!(schema_after(super::PASS, kept.clone()).0, kept);
        }
    }
}
