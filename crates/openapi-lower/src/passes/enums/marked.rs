//! Enums whose values are no texts or give no Rust names, as enums of texts that give them.

use serde_json::{Map, Value, json};

use super::{fitted, names, number, text};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::{Schema, type_of};
use crate::stand_in;

/// What says something about numbers, and so nothing about the texts that stand for them.
const OF_NUMBERS: &[&str] = &[
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// The values to list, `None` if the schema is no enum.
pub(super) fn stand_in(
    context: &mut Context<'_>,
    schema: &mut Schema,
    values: Vec<Value>,
    stated: &[Option<String>],
    at: &str,
) -> Option<Vec<Value>> {
    let place = join(at, "enum");
    let structured = |value: &Value| matches!(type_of(value), None | Some("array" | "object"));
    let of_structures = matches!(
        schema.get("type").and_then(Value::as_str),
        Some("array" | "object")
    );
    if values.is_empty() || of_structures || values.iter().any(structured) {
        return fitted(context, schema, values, &place);
    }
    let values = typed(context, schema, values, &place);
    // Both of them are all that there are.
    if values.len() == 2 && values.iter().all(Value::is_boolean) {
        schema.insert("type".to_owned(), json!("boolean"));
        return None;
    }
    for keyword in OF_NUMBERS {
        schema.remove(*keyword);
    }
    schema.insert("type".to_owned(), json!("string"));
    let names: Vec<Value> = names::names(&values, stated)
        .into_iter()
        .map(Value::String)
        .collect();
    let has_stated = stated.iter().any(Option::is_some);
    if names::are_plain(&values) && !has_stated {
        return Some(values);
    }
    context.note(
        &place,
        "enums",
        Effect::Exact,
        "the values are listed by names for Rust and are on the wire what they were",
    );
    let by_name: Map<String, Value> = names
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .zip(values)
        .collect();
    stand_in::mark(schema, stand_in::VALUES, Value::Object(by_name));
    Some(names)
}

/// The values in the type that the schema states, where they can be read so.
fn typed(
    context: &mut Context<'_>,
    schema: &Schema,
    values: Vec<Value>,
    place: &str,
) -> Vec<Value> {
    let Some(name) = schema.get("type").and_then(Value::as_str) else {
        return values;
    };
    let read: Option<Vec<Value>> = values
        .iter()
        .map(|value| match (name, value) {
            ("string", value) => text(value),
            ("boolean", Value::String(text)) => text.parse().ok().map(Value::Bool),
            ("boolean", value) => value.is_boolean().then(|| value.clone()),
            (_, value) => number(value, name),
        })
        .collect();
    let (effect, message, values) = match read {
        Some(read) if read == values => return values,
        Some(read) => (Effect::Exact, "are written in", read),
        None => (Effect::Widened, "are not of, and they count:", values),
    };
    context.note(
        place,
        "enums",
        effect,
        format!("the values {message} the type `{name}`"),
    );
    let mut distinct: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::Effect;
    use crate::passes::enums::PASS;
    use crate::passes::testing::marked_after;

    fn after(schema: Value) -> (Value, Vec<Effect>) {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {"S": schema}}});
        let (mut document, notes, _) = marked_after(&[PASS], document);
        let effects = notes.iter().map(|note| note.effect).collect();
        (document["components"]["schemas"]["S"].take(), effects)
    }

    fn texts(values: Value) -> (Value, Value) {
        let names: Vec<&String> = values.as_object().unwrap().keys().collect();
        (
            json!({"type": "string", "enum": names, "x-openapi-lower": {"values": values}}),
            Value::Null,
        )
    }

    #[test]
    fn values_that_are_no_texts_have_stand_ins() {
        for (schema, values) in [
            (
                json!({"type": "integer", "format": "int32", "minimum": 0, "enum": [-1, 7]}),
                json!({"Minus1": -1, "Value7": 7}),
            ),
            (
                json!({"type": "number", "enum": [0.5]}),
                json!({"Value0-Point5": 0.5}),
            ),
            (
                json!({"type": "boolean", "enum": [true]}),
                json!({"True": true}),
            ),
            (
                json!({"type": "boolean", "enum": ["false"]}),
                json!({"False": false}),
            ),
            (
                json!({"enum": ["Auto", 1, false]}),
                json!({"Auto": "Auto", "Value1": 1, "False": false}),
            ),
            (
                json!({"type": "integer", "enum": ["1", "2"]}),
                json!({"Value1": 1, "Value2": 2}),
            ),
            (
                json!({"type": "integer", "enum": ["Many"]}),
                json!({"Many": "Many"}),
            ),
            (
                json!({"type": "string", "enum": [">"], "minLength": 1}),
                json!({"GreaterThan": ">"}),
            ),
            (
                json!({"type": "integer", "enum": [10, 10], "x-enum-varnames": ["LOW", "AGAIN"]}),
                json!({"LOW": 10}),
            ),
        ] {
            let (mut after, effects) = after(schema.clone());
            after.as_object_mut().unwrap().remove("x-enum-varnames");
            let listed = after["enum"].as_array_mut().unwrap();
            listed.sort_by_key(ToString::to_string);
            let (mut expected, _) = texts(values);
            if expected["enum"] == json!(["Many"]) {
                // Its name is its text.
                expected.as_object_mut().unwrap().remove("x-openapi-lower");
                assert_eq!(effects, [Effect::Widened]);
            }
            let listed = expected["enum"].as_array_mut().unwrap();
            listed.sort_by_key(ToString::to_string);
            assert_eq!(after, expected, "{schema}");
        }
    }

    #[test]
    fn both_booleans_are_a_boolean() {
        assert_eq!(
            after(json!({"enum": [true, false]})).0,
            json!({"type": "boolean"})
        );
    }

    #[test]
    fn texts_with_good_names_are_no_stand_ins() {
        let plain = json!({"type": "string", "enum": ["asc", "by-name"]});
        assert_eq!(after(plain.clone()), (plain, vec![]));
        assert_eq!(
            after(json!({"type": "string", "enum": [1, true]})).0,
            json!({"type": "string", "enum": ["1", "true"]})
        );
    }
}
