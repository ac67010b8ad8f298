//! Boolean schemas.

use serde_json::{Map, Value};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "booleans",
    summary: "Writes the schema `true` as `{}`, and `false` too, but for properties, which it says can never be there.",
    source: "JSON Schema 2020-12 core §4.3.2; OpenAPI 3.0 has boolean schemas only in `additionalProperties`",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    // Properties first: where `false` says "never there", the property goes.
    context.each_schema(|context, schema, at| {
        for keyword in ["properties", "patternProperties"] {
            let Some(Value::Object(properties)) = schema.get_mut(keyword) else {
                continue;
            };
            let never: Vec<String> = properties
                .iter()
                .filter(|(_, value)| **value == Value::Bool(false))
                .map(|(name, _)| name.clone())
                .collect();
            for name in never {
                properties.remove(&name);
                let place = join(&join(at, keyword), &name);
                context.note(
                    &place,
                    "booleans",
                    Effect::Widened,
                    "a property that must not be there is left out",
                );
            }
        }
    });
    context.each(Kind::Schema, |context, node, at| {
        let Value::Bool(value) = node else { return };
        if *value {
            context.note(
                at,
                "booleans",
                Effect::Exact,
                "`true` is written as the empty schema",
            );
        } else {
            context.note(
                at,
                "booleans",
                Effect::Widened,
                "`false`, which accepts nothing, is written as the empty schema",
            );
        }
        *node = Value::Object(Map::new());
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn true_is_empty_and_false_properties_go() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"patternProperties": {"^a": false, "^b": true}, "properties": {"a": true, "b": false, "additionalProperties": true, "properties": {"additionalProperties": false}}, "additionalProperties": false, "items": false}),
        );
        assert_eq!(
            schema,
            json!({"patternProperties": {"^b": {}}, "properties": {"a": {}, "additionalProperties": {}, "properties": {"additionalProperties": false}}, "additionalProperties": false, "items": {}})
        );
        assert_eq!(notes.len(), 6);
    }
}
