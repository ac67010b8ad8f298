//! Properties whose names match a pattern.

use serde_json::{Map, Value, json};

use super::table::Pass;
use crate::components::shape;
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "pattern_properties",
    summary: "Writes `patternProperties` as `additionalProperties`: a map of whatever the names, beside the properties that are listed.",
    source: "JSON Schema 2020-12 core §10.3.2.2; OpenAPI 3.0.3 §4.7.24 has `additionalProperties` only",
    run,
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        // Anything else is no well-formed keyword, for which there is a pass.
        if !schema
            .get("patternProperties")
            .is_some_and(Value::is_object)
        {
            return;
        }
        if let Some(Value::Object(patterns)) = schema.remove("patternProperties") {
            write(context, schema, patterns, at);
        }
    });
}

fn write(
    context: &mut Context<'_>,
    schema: &mut Map<String, Value>,
    patterns: Map<String, Value>,
    at: &str,
) {
    let from = join(at, "patternProperties");
    let to = join(at, "additionalProperties");
    let mut branches: Vec<(Value, String)> = Vec::new();
    let rest = schema.get("additionalProperties");
    // Where other names may have any value, which is so where nothing is said of them, no type is that of all.
    let mut is_any = rest.is_none_or(|rest| *rest == json!(true));
    let rest = rest.map(|rest| (rest.clone(), to.clone()));
    let matched = patterns
        .into_iter()
        .map(|(pattern, schema)| (schema, join(&from, &pattern)));
    for (branch, place) in matched.chain(rest) {
        if branch.is_object() && branches.iter().all(|(one, _)| shape(one) != shape(&branch)) {
            is_any |= branch == json!({});
            branches.push((branch, place));
        }
    }
    if branches.is_empty() {
        return;
    }
    context.note(
        &from,
        "pattern_properties",
        Effect::Widened,
        "names of properties are not checked, their values are",
    );
    let values = if is_any {
        context.origins.made(&from, &to);
        json!({})
    } else if let [(_, place)] = branches.as_slice() {
        context.origins.moved(place, &to);
        branches.pop().map(|(only, _)| only).unwrap_or_default()
    } else {
        let union = join(&to, "anyOf");
        let before = context.origins.clone();
        context.origins.made(&from, &to);
        let mut values = Vec::new();
        for (position, (branch, place)) in branches.into_iter().enumerate() {
            context
                .origins
                .copied_from(&before, &place, &index(&union, position));
            values.push(branch);
        }
        json!({"anyOf": values})
    };
    schema.insert("additionalProperties".to_owned(), values);
    schema.entry("type").or_insert_with(|| json!("object"));
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after};
    use crate::{Effect, passes::pattern_properties::PASS};
    use serde_json::{Value, json};

    fn values(schema: Value) -> Value {
        let (schema, notes) = schema_after(PASS, schema);
        assert_eq!(schema.get("patternProperties"), None);
        assert_eq!(schema["type"], "object");
        let at = "/components/schemas/S/patternProperties";
        assert_eq!(brief(&notes), [(at, Effect::Widened)]);
        schema["additionalProperties"].clone()
    }

    #[test]
    fn the_values_are_those_of_all_patterns() {
        let text = json!({"type": "string"});
        let number = json!({"type": "number"});
        let only = |patterns: Value| {
            values(
                json!({"patternProperties": patterns, "additionalProperties": false, "properties": {"id": {}}}),
            )
        };
        assert_eq!(only(json!({"^a": text})), text);
        let described = json!({"type": "string", "description": "b"});
        assert_eq!(only(json!({"^a": text, "^b": described})), text);
        assert_eq!(
            only(json!({"^a": text, "^b": number})),
            json!({"anyOf": [text, number]})
        );
        assert_eq!(
            values(json!({"patternProperties": {"^a": text}, "additionalProperties": number})),
            json!({"anyOf": [text, number]})
        );
    }

    #[test]
    fn what_may_be_anything_has_no_type() {
        let text = json!({"type": "string"});
        for schema in [
            json!({"patternProperties": {"^a": text}}),
            json!({"patternProperties": {"^a": text}, "additionalProperties": true}),
            json!({"patternProperties": {"^a": text, "": {}}}),
            json!({"patternProperties": {"^a": text}, "additionalProperties": {}}),
        ] {
            assert_eq!(values(schema), json!({}));
        }
    }

    #[test]
    fn names_that_must_not_be_there_are_left_out() {
        let schema = json!({"patternProperties": {"^a": false}, "additionalProperties": false});
        let (schema, notes) = schema_after(PASS, schema);
        assert_eq!(schema, json!({"additionalProperties": false}));
        assert_eq!(notes, []);
    }
}
