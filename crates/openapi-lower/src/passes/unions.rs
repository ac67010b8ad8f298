//! `anyOf` and `oneOf` in forms that typify turns into something else.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

pub(crate) const PASS: Pass = Pass {
    name: "unions",
    summary: "Removes branches that only restrict or that repeat, and what closes a union to its own branches; makes a part of `allOf` of one of two unions.",
    source: "typify 0.8 drops all fields beside branches of only `required`, and panics on `oneOf` beside `anyOf`",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        for keyword in ["oneOf", "anyOf"] {
            only_restricting(context, schema, at, keyword);
            repeated(context, schema, at, keyword);
        }
        closed(context, schema, at);
        beside_each_other(context, schema, at);
        for keyword in ["oneOf", "anyOf"] {
            single(context, schema, at, keyword);
        }
    });
}

/// `{properties, anyOf: [{required: [a]}, {required: [b]}]}` says which properties go together, nothing about types.
fn only_restricting(context: &mut Context<'_>, schema: &mut Schema, at: &str, keyword: &str) {
    let Some(Value::Array(branches)) = schema.get(keyword) else {
        return;
    };
    let others = ["properties", "oneOf", "anyOf"];
    let has_more = others
        .iter()
        .any(|other| *other != keyword && schema.contains_key(*other));
    if branches.is_empty() || (has_more && branches.iter().all(restricts)) {
        context.note(
            &join(at, keyword),
            "unions",
            Effect::Widened,
            "which properties must be there together is not checked",
        );
        schema.remove(keyword);
    }
}

fn restricts(branch: &Value) -> bool {
    branch.as_object().is_some_and(|branch| {
        branch.keys().all(|keyword| {
            matches!(
                keyword.as_str(),
                "required" | "not" | "minProperties" | "maxProperties" | "type"
            ) || is_annotation(keyword)
        }) && branch.get("type").is_none_or(|name| name == "object")
            && branch
                .keys()
                .any(|keyword| keyword == "required" || keyword == "not")
    })
}

/// Where there are two unions a value is of a branch of each; `allOf` knows how to be both.
fn beside_each_other(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    if !schema.contains_key("oneOf") {
        return;
    }
    let Some(branches) = schema.remove("anyOf") else {
        return;
    };
    let from = join(at, "anyOf");
    context.note(
        &from,
        "unions",
        Effect::Exact,
        "written as a part of `allOf`, because there is a `oneOf` too",
    );
    if let Some(to) = add_part(schema, at, json!({"anyOf": branches})) {
        context.origins.moved(&from, &join(&to, "anyOf"));
    }
}

/// Adds a part to `allOf`; gives its place.
fn add_part(schema: &mut Schema, at: &str, part: Value) -> Option<String> {
    let parts = schema
        .entry("allOf")
        .or_insert_with(|| Value::Array(Vec::new()));
    let parts = parts.as_array_mut()?;
    let to = index(&join(at, "allOf"), parts.len());
    parts.push(part);
    Some(to)
}

/// `{properties: {a}, additionalProperties: false, oneOf: [{properties: {b}}]}` accepts no `b`, so no value at all where
/// `b` is required. What is meant is that no branch has more than its own properties.
fn closed(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let keyword = "additionalProperties";
    let has_union = ["oneOf", "anyOf"]
        .iter()
        .any(|union| schema.contains_key(*union));
    if has_union && schema.get(keyword) == Some(&Value::Bool(false)) {
        context.note(
            &join(at, keyword),
            "unions",
            Effect::Widened,
            "left out: it does not know the properties of the union's branches and would refuse them",
        );
        schema.remove(keyword);
    }
}

/// A union of one branch is that branch; typify merges what stands beside it into another type than its own.
fn single(context: &mut Context<'_>, schema: &mut Schema, at: &str, keyword: &str) {
    let is_beside = |name: &String| {
        name != keyword && name != "nullable" && name != "discriminator" && !is_annotation(name)
    };
    let one = schema.get(keyword).and_then(Value::as_array);
    if one.is_none_or(|branches| branches.len() != 1) || !schema.keys().any(is_beside) {
        return;
    }
    let Some(Value::Array(mut branch)) = schema.remove(keyword) else {
        return;
    };
    schema.remove("discriminator");
    let from = join(at, keyword);
    context.note(
        &from,
        "unions",
        Effect::Exact,
        "the only branch is a part of `allOf`, with what stands beside it",
    );
    let part = branch.pop().unwrap_or_default();
    if let Some(to) = add_part(schema, at, part) {
        context.origins.moved(&index(&from, 0), &to);
    }
}

fn repeated(context: &mut Context<'_>, schema: &mut Schema, at: &str, keyword: &str) {
    let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
        return;
    };
    let place = join(at, keyword);
    let mut kept: Vec<Value> = Vec::with_capacity(branches.len());
    for (position, branch) in std::mem::take(branches).into_iter().enumerate() {
        if kept.contains(&branch) {
            context.note(
                &index(&place, position),
                "unions",
                Effect::Exact,
                "the same branch stands before it",
            );
        } else {
            context
                .origins
                .moved(&index(&place, position), &index(&place, kept.len()));
            kept.push(branch);
        }
    }
    *branches = kept;
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn one_branch_beside_something_is_a_part() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"type": "integer", "title": "t", "oneOf": [{"enum": [1]}]}),
        );
        assert_eq!(
            schema,
            json!({"type": "integer", "title": "t", "allOf": [{"enum": [1]}]})
        );
        assert_eq!(notes.len(), 1);
        let alone = json!({"oneOf": [{"enum": [1]}], "nullable": true});
        assert_eq!(schema_after(super::PASS, alone.clone()).0, alone);
    }

    #[test]
    fn properties_survive_a_union_of_requirements() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}),
        );
        assert_eq!(schema, json!({"properties": {"a": {}, "b": {}}}));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_union_of_real_branches_stays() {
        let schema =
            json!({"anyOf": [{"required": ["a"], "properties": {"a": {}}}, {"type": "string"}]});
        assert_eq!(schema_after(super::PASS, schema.clone()).0, schema);
    }

    #[test]
    fn a_union_is_not_closed_to_its_own_branches() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"additionalProperties": false, "properties": {"a": {}}, "oneOf": [
                {"required": ["b"], "properties": {"b": {}}, "additionalProperties": false},
                {"required": ["c"], "properties": {"c": {}}}
            ]}),
        );
        assert_eq!(
            schema,
            json!({"properties": {"a": {}}, "oneOf": [
                {"required": ["b"], "properties": {"b": {}}, "additionalProperties": false},
                {"required": ["c"], "properties": {"c": {}}}
            ]})
        );
        assert_eq!(
            brief(&notes),
            [(
                "/components/schemas/S/additionalProperties",
                Effect::Widened
            )]
        );
    }

    #[test]
    fn of_two_unions_both_count() {
        let text = json!({"type": "string"});
        let number = json!({"type": "integer"});
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"oneOf": [text, number], "anyOf": [text, {}]}),
        );
        assert_eq!(
            schema,
            json!({"oneOf": [text, number], "allOf": [{"anyOf": [text, {}]}]})
        );
        assert_eq!(
            brief(&notes),
            [("/components/schemas/S/anyOf", Effect::Exact)]
        );
        let (schema, _) = schema_after(
            super::PASS,
            json!({"oneOf": [text, number], "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}),
        );
        assert_eq!(schema, json!({"oneOf": [text, number]}));
    }

    #[test]
    fn a_branch_counts_once() {
        let (schema, _) = schema_after(
            super::PASS,
            json!({"oneOf": [{"type": "string"}, {"type": "string"}, {"type": "integer"}]}),
        );
        assert_eq!(
            schema,
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]})
        );
    }
}
