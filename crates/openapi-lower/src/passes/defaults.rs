//! Default values.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::table::Pass;
use crate::context::Context;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::is_of_type;

pub(crate) const PASS: Pass = Pass {
    name: "defaults",
    summary: "Removes default values that are no value of their schema.",
    source: "OpenAPI 3.0.3 §4.7.24.1: the default must conform; typify 0.8 refuses the document or panics if not",
    run,
};

/// References are followed this far; a default further away is not kept.
const MAX_HOPS: usize = 16;

fn run(context: &mut Context<'_>) {
    let components = context.copied_schemas();
    context.each_schema(|context, schema, at| {
        let Some(value) = schema.get("default") else {
            return;
        };
        let place = join(at, "default");
        if value.is_null() {
            // The absent value is what `null` stands for in every client.
            schema.remove("default");
            if schema.get("nullable") != Some(&Value::Bool(true)) {
                context.note(
                    &place,
                    "defaults",
                    Effect::Exact,
                    "the default `null` is read as absent",
                );
            }
            return;
        }
        if !conforms(value, schema, &components, 0) {
            context.note(
                &place,
                "defaults",
                Effect::Widened,
                format!("the default {value} is no value of the schema"),
            );
            schema.remove("default");
        }
    });
}

/// Whether typify would take the value. Objects and unions are judged strictly: a doubtful default is worth less than
/// a document that generates.
fn conforms(
    value: &Value,
    schema: &Map<String, Value>,
    components: &BTreeMap<String, Value>,
    hops: usize,
) -> bool {
    if hops > MAX_HOPS {
        return false;
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = refs::component_name(reference)
            .and_then(|name| components.get(&name))
            .and_then(Value::as_object);
        return target.is_some_and(|target| conforms(value, target, components, hops + 1));
    }
    if let Some(Value::Array(all)) = schema.get("allOf") {
        return match all.as_slice() {
            [Value::Object(one)] => conforms(value, one, components, hops + 1),
            _ => false,
        };
    }
    if schema.contains_key("anyOf") || schema.contains_key("oneOf") {
        return false;
    }
    if let Some(Value::Array(values)) = schema.get("enum")
        && !values.contains(value)
    {
        return false;
    }
    let Some(name) = schema.get("type").and_then(Value::as_str) else {
        return schema
            .keys()
            .all(|keyword| keyword == "nullable" || crate::schema::is_annotation(keyword));
    };
    if !is_of_type(value, name) {
        return false;
    }
    match value {
        Value::String(text) => text_conforms(text, schema),
        Value::Number(number) => number.as_f64().is_some_and(|number| {
            let at_least = schema
                .get("minimum")
                .and_then(Value::as_f64)
                .is_none_or(|bound| number >= bound);
            let at_most = schema
                .get("maximum")
                .and_then(Value::as_f64)
                .is_none_or(|bound| number <= bound);
            at_least && at_most && (name != "integer" || value.is_i64() || value.is_u64())
        }),
        Value::Array(items) => {
            let item = schema.get("items").and_then(Value::as_object);
            let long_enough = schema
                .get("minItems")
                .and_then(Value::as_u64)
                .is_none_or(|least| items.len() as u64 >= least);
            let fixed =
                schema.get("minItems") == schema.get("maxItems") && schema.contains_key("minItems");
            long_enough
                && !fixed
                && item.is_none_or(|item| {
                    items
                        .iter()
                        .all(|value| conforms(value, item, components, hops + 1))
                })
        }
        Value::Object(members) => {
            let free = schema
                .get("properties")
                .and_then(Value::as_object)
                .is_none_or(Map::is_empty);
            free && members.is_empty()
        }
        _ => true,
    }
}

fn text_conforms(text: &str, schema: &Map<String, Value>) -> bool {
    // Formats that typify gives types of their own; whether the text is one is theirs to say.
    let typed = matches!(
        schema.get("format").and_then(Value::as_str),
        Some("uuid" | "date" | "date-time" | "ip" | "ipv4" | "ipv6")
    );
    let length = text.chars().count() as u64;
    let least = schema
        .get("minLength")
        .and_then(Value::as_u64)
        .is_none_or(|least| length >= least);
    let most = schema
        .get("maxLength")
        .and_then(Value::as_u64)
        .is_none_or(|most| length <= most);
    !typed && least && most && !schema.contains_key("pattern")
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn keeps(schema: Value) -> bool {
        schema_after(super::PASS, schema).0.get("default").is_some()
    }

    #[test]
    fn values_of_the_schema_stay() {
        assert!(keeps(json!({"type": "boolean", "default": false})));
        assert!(keeps(
            json!({"type": "string", "enum": ["a"], "default": "a"})
        ));
        assert!(keeps(
            json!({"type": "array", "items": {"type": "string"}, "default": ["a"]})
        ));
        assert!(keeps(
            json!({"type": "integer", "minimum": 0, "default": 3})
        ));
        assert!(keeps(json!({"type": "object", "default": {}})));
    }

    #[test]
    fn other_values_go() {
        assert!(!keeps(json!({"type": "boolean", "default": "false"})));
        assert!(!keeps(json!({"type": "string", "default": 1})));
        assert!(!keeps(
            json!({"type": "string", "enum": ["a"], "default": "b"})
        ));
        assert!(!keeps(
            json!({"type": "integer", "maximum": 2, "default": 3})
        ));
        assert!(!keeps(
            json!({"type": "string", "format": "date", "default": "today"})
        ));
        assert!(!keeps(
            json!({"type": "object", "properties": {"a": {}}, "default": {"a": 1}})
        ));
        assert!(!keeps(
            json!({"type": "string", "nullable": true, "default": null})
        ));
        assert!(!keeps(
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "default": "a"})
        ));
    }
}
