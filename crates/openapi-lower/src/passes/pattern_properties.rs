//! Properties whose names match a pattern.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::fingerprint::Fingerprint;
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::schema::is_combined;

pub(crate) const PASS: Pass = Pass {
    name: "pattern_properties",
    summary: "Writes `patternProperties` as `additionalProperties`: a map of whatever the names, which has a type where no other names may be there.",
    source: "JSON Schema 2020-12 core §10.3.2.2; OpenAPI 3.0.3 §4.7.24 has `additionalProperties` only",
    run: Run::Parts(run),
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
    let mut is_any = rest.is_none_or(|rest| *rest == json!(true)) && !names_all(schema, &patterns);
    let rest = rest.map(|rest| (rest.clone(), to.clone()));
    let matched = patterns
        .into_iter()
        .map(|(pattern, schema)| (schema, join(&from, &pattern)));
    for (branch, place) in matched.chain(rest) {
        if branch.is_object()
            && branches
                .iter()
                .all(|(one, _)| Fingerprint::of(one) != Fingerprint::of(&branch))
        {
            is_any |= branch == json!({});
            branches.push((branch, place));
        }
    }
    if branches.is_empty() {
        return;
    }
    let message = if is_any {
        "properties of other names may have any value, so those of these names may too"
    } else {
        "names of properties are not checked, their values are"
    };
    context.note(&from, "pattern_properties", Effect::Widened, message);
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

/// Whether each property that may be there has one of the patterns.
fn names_all(schema: &Map<String, Value>, patterns: &Map<String, Value>) -> bool {
    let is_closed = schema.get("unevaluatedProperties") == Some(&json!(false));
    let names = schema
        .get("propertyNames")
        .and_then(|names| names.get("pattern"));
    let names = names.and_then(Value::as_str);
    let any = |pattern: &String| matches!(bare(pattern), "" | ".*" | ".+");
    (is_closed && !is_combined(schema))
        || patterns.keys().any(any)
        || names.is_some_and(|names| patterns.contains_key(names))
}

/// A pattern without what ties it to the ends of a name.
fn bare(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    pattern.strip_suffix('$').unwrap_or(pattern)
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
    fn what_leaves_no_other_name_has_a_type() {
        let text = json!({"type": "string"});
        for schema in [
            json!({"patternProperties": {"^.*$": text}}),
            json!({"patternProperties": {"": text}}),
            json!({"patternProperties": {"^a": text}, "propertyNames": {"pattern": "^a"}}),
            json!({"patternProperties": {"^a": text}, "unevaluatedProperties": false}),
        ] {
            assert_eq!(values(schema), text);
        }
    }
}
