//! `null` in all its spellings becomes `nullable`.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::schema::{Schema, is_annotation, is_null};

pub(crate) const PASS: Pass = Pass {
    name: "nulls",
    summary: "Turns `null` in `type`, `const`, `enum`, `anyOf` and `oneOf` into `nullable: true`.",
    source: "JSON Schema 2020-12 validation §6.1.1; OpenAPI 3.0.3 §4.7.24 has `nullable` and no type `null`",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        only_null(context, schema, at);
        in_type(context, schema, at);
        in_enum(context, schema, at);
        for keyword in ["anyOf", "oneOf"] {
            in_union(context, schema, at, keyword);
        }
    });
}

/// A schema of which `null` is the only value: `{enum: [null]}` is what progenitor 0.15.1 reads as the unit type.
fn only_null(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let stated = schema
        .get("type")
        .is_some_and(|name| name == "null" || name == &json!(["null"]))
        || schema.get("const").is_some_and(Value::is_null);
    if stated {
        schema.retain(|keyword, _| is_annotation(keyword));
        schema.insert("enum".to_owned(), json!([null]));
        context.note(
            at,
            "nulls",
            Effect::Exact,
            "only `null` is accepted, written as an enum",
        );
    }
}

fn in_type(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let Some(Value::Array(names)) = schema.get_mut("type") else {
        return;
    };
    let before = names.len();
    names.retain(|name| name != "null" && !name.is_null());
    if names.len() < before {
        if names.is_empty() {
            schema.remove("type");
        }
        schema.insert("nullable".to_owned(), json!(true));
        context.note(
            &join(at, "type"),
            "nulls",
            Effect::Exact,
            "the type `null` is written as `nullable: true`",
        );
    }
}

fn in_enum(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    if !values.iter().any(Value::is_null) {
        return;
    }
    if values.iter().all(Value::is_null) {
        // `nullable` would define the same thing twice.
        *values = vec![Value::Null];
        schema.remove("nullable");
        schema.remove("type");
        return;
    }
    let is_value: Vec<bool> = values.iter().map(|value| !value.is_null()).collect();
    values.retain(|value| !value.is_null());
    // Names of the values, in their order.
    for (keyword, names) in schema.iter_mut() {
        if let Value::Array(names) = names
            && keyword.starts_with("x-")
            && names.len() == is_value.len()
        {
            let mut kept = is_value.iter();
            names.retain(|_| kept.next() == Some(&true));
        }
    }
    if schema.get("nullable") != Some(&json!(true)) {
        context.note(
            &join(at, "enum"),
            "nulls",
            Effect::Exact,
            "the value `null` is written as `nullable: true`",
        );
    }
    schema.insert("nullable".to_owned(), json!(true));
}

fn in_union(context: &mut Context<'_>, schema: &mut Schema, at: &str, keyword: &str) {
    let place = join(at, keyword);
    let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
        return;
    };
    if !branches.iter().any(is_null) {
        return;
    }
    let all = std::mem::take(branches);
    let mut kept = Vec::new();
    for (position, branch) in all.into_iter().enumerate() {
        if !is_null(&branch) {
            context
                .origins
                .moved(&index(&place, position), &index(&place, kept.len()));
            kept.push(branch);
        }
    }
    context.note(
        &place,
        "nulls",
        Effect::Exact,
        "the branch `null` is written as `nullable: true`",
    );
    match kept.len() {
        0 => {
            schema.remove(keyword);
            schema.insert("enum".to_owned(), json!([null]));
            return;
        }
        1 => {
            schema.remove(keyword);
            if let Some(branch) = kept.pop() {
                collapse(context, schema, branch, at, &place);
            }
        }
        _ => {
            schema.insert(keyword.to_owned(), Value::Array(kept));
        }
    }
    schema.insert("nullable".to_owned(), json!(true));
}

/// Puts the one branch that is left into the schema itself.
fn collapse(context: &mut Context<'_>, schema: &mut Schema, branch: Value, at: &str, place: &str) {
    let first = index(place, 0);
    let plain = schema
        .keys()
        .all(|keyword| keyword == "nullable" || is_annotation(keyword));
    match branch {
        Value::Object(branch) if plain && !branch.contains_key("$ref") => {
            for (keyword, value) in branch {
                if !schema.contains_key(&keyword) {
                    context
                        .origins
                        .moved(&join(&first, &keyword), &join(at, &keyword));
                    schema.insert(keyword, value);
                }
            }
        }
        branch => {
            let all = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(all) = all {
                context
                    .origins
                    .moved(&first, &index(&join(at, "allOf"), all.len()));
                all.push(branch);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn type_arrays_lose_null() {
        assert_eq!(
            after(json!({"type": ["string", "null"]})),
            json!({"type": ["string"], "nullable": true})
        );
        assert_eq!(
            after(json!({"type": ["null"], "title": "Nothing"})),
            json!({"enum": [null], "title": "Nothing"})
        );
        assert_eq!(after(json!({"type": "null"})), json!({"enum": [null]}));
        assert_eq!(after(json!({"const": null})), json!({"enum": [null]}));
    }

    #[test]
    fn enums_lose_null() {
        assert_eq!(
            after(json!({"type": "string", "enum": ["a", null]})),
            json!({"type": "string", "enum": ["a"], "nullable": true})
        );
        assert_eq!(
            after(json!({"enum": [null, null], "nullable": true})),
            json!({"enum": [null]})
        );
    }

    #[test]
    fn one_reference_and_null_is_a_nullable_reference() {
        assert_eq!(
            after(
                json!({"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/T"}], "description": "x"})
            ),
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "nullable": true, "description": "x"})
        );
        assert_eq!(
            after(json!({"anyOf": [{"$ref": "#/components/schemas/T"}, {"nullable": true}]})),
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "nullable": true})
        );
    }

    #[test]
    fn one_inline_branch_and_null_collapses() {
        assert_eq!(
            after(
                json!({"oneOf": [{"type": "integer", "title": "In"}, {"type": "null"}], "title": "Out"})
            ),
            json!({"type": "integer", "nullable": true, "title": "Out"})
        );
        // With constraints of its own the schema keeps the branch apart.
        assert_eq!(
            after(json!({"minimum": 3, "oneOf": [{"type": "integer"}, {"type": "null"}]})),
            json!({"minimum": 3, "allOf": [{"type": "integer"}], "nullable": true})
        );
    }

    #[test]
    fn several_branches_stay_a_union() {
        assert_eq!(
            after(json!({"anyOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]})),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true})
        );
        assert_eq!(
            after(json!({"anyOf": [{"type": "null"}]})),
            json!({"enum": [null]})
        );
    }

    #[test]
    fn a_property_named_nullable_or_an_example_is_left_alone() {
        let schema = json!({"type": "object", "properties": {"nullable": {"type": "boolean"}}, "example": {"type": ["string", "null"]}});
        assert_eq!(after(schema.clone()), schema);
    }
}
