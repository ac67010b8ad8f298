//! `anyOf` with branches that are no objects.

use std::collections::BTreeSet;

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::spread::spread;

pub(crate) const PASS: Pass = Pass {
    name: "any_of",
    summary: "Writes `anyOf` as `oneOf` where a branch is no object, or where a discriminator tells them apart.",
    source: "typify 0.8 makes a struct of the fields of all branches of `anyOf`, which no text or number can be read into",
    run: Run::Steps(&[Run::Schemas(learn), Run::Parts(run)]),
};

/// The components that may be no objects.
#[derive(Default)]
struct Others(BTreeSet<String>);

fn learn(context: &mut Context<'_>) {
    let found = context.schemas();
    let found = found.map(|schemas| spread(schemas, is_no_object));
    context.with(|_, Others(others)| *others = found.unwrap_or_default());
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Others(others)| rewrite(context, others));
}

fn rewrite(context: &mut Context<'_>, others: &BTreeSet<String>) {
    context.each_schema(|context, schema, at| {
        let Some(Value::Array(branches)) = schema.get("anyOf") else {
            return;
        };
        if schema.contains_key("oneOf")
            || branches.len() < 2
            || !schema.contains_key("discriminator")
                && !branches.iter().any(|branch| is_no_object(branch, others))
        {
            return;
        }
        let from = join(at, "anyOf");
        context.note(
            &from,
            "any_of",
            Effect::Exact,
            "written as `oneOf`: the first branch that fits is taken",
        );
        context.origins.moved(&from, &join(at, "oneOf"));
        if let Some(branches) = schema.remove("anyOf") {
            schema.insert("oneOf".to_owned(), branches);
        }
    });
}

/// Whether a value of it may be no object; `others` are the components of which that is known.
fn is_no_object(schema: &Value, others: &BTreeSet<String>) -> bool {
    if let Some(name) = refs::target_of(schema) {
        return others.contains(&name);
    }
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        return name != "object" || schema.get("nullable") == Some(&Value::Bool(true));
    }
    if let Some(Value::Array(all)) = schema.get("allOf") {
        return all.iter().any(|part| is_no_object(part, others));
    }
    schema.get("properties").is_none()
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn only_unions_of_objects_stay() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]}),
        );
        assert_eq!(
            schema,
            json!({"oneOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]})
        );
        assert_eq!(notes.len(), 1);
        let objects = json!({"anyOf": [{"$ref": "#/components/schemas/T"}, {"type": "object"}]});
        assert_eq!(schema_after(super::PASS, objects.clone()).0, objects);
    }
}
