//! Values of enums.

mod marked;
mod names;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::names::type_name;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::{Schema, common_type, is_of_type};

pub(crate) const PASS: Pass = Pass {
    name: "enums",
    summary: "Makes the values of an enum distinct and of its type; what has no Rust names becomes a stand-in with marks, else it is given up.",
    source: "JSON Schema 2020-12 validation §6.1.2; typify 0.8 refuses variants whose names are equal",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let Some(Value::Array(values)) = schema.remove("enum") else {
            return;
        };
        let place = join(at, "enum");
        if values == [Value::Null] {
            schema.insert("enum".to_owned(), Value::Array(values));
            return;
        }
        let names = stated_names(schema, values.len());
        let mut distinct: Vec<Value> = Vec::with_capacity(values.len());
        let mut stated = Vec::with_capacity(values.len());
        for (position, value) in values.into_iter().enumerate() {
            if distinct.contains(&value) {
                context.note(
                    &place,
                    "enums",
                    Effect::Exact,
                    format!("the value {value} is listed once"),
                );
            } else {
                distinct.push(value);
                stated.push(names.get(position).cloned().flatten());
            }
        }
        let values = if context.options.marks {
            marked::stand_in(context, schema, distinct, &stated, at)
        } else {
            fitted(context, schema, distinct, &place)
        };
        if let Some(values) = values {
            // The values say it all; typify leaves out those that do not match.
            for keyword in ["pattern", "minLength", "maxLength"] {
                schema.remove(keyword);
            }
            schema.insert("enum".to_owned(), Value::Array(values));
        }
    });
}

/// Extensions with a name in code for each value, in the order of the values.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];

fn stated_names(schema: &Schema, count: usize) -> Vec<Option<String>> {
    let found = NAMES.iter().find_map(|keyword| {
        let names = schema.get(*keyword)?.as_array()?;
        (names.len() == count).then_some(names)
    });
    let names = found.into_iter().flatten();
    names.map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The values in the schema's type, `None` if the enum has to go.
fn fitted(
    context: &mut Context<'_>,
    schema: &mut Schema,
    values: Vec<Value>,
    place: &str,
) -> Option<Vec<Value>> {
    if values.is_empty() {
        context.note(
            place,
            "enums",
            Effect::Widened,
            "an enum without values accepts nothing; it is left out",
        );
        return None;
    }
    let name = match schema.get("type").and_then(Value::as_str) {
        Some(name) => name.to_owned(),
        None => match common_type(&values) {
            Some(name) => name.to_owned(),
            None => {
                context.note(
                    place,
                    "enums",
                    Effect::Widened,
                    "values of several types are not compared",
                );
                return None;
            }
        },
    };
    match name.as_str() {
        "string" => {
            let texts: Vec<Value> = values
                .iter()
                .map(text)
                .collect::<Option<_>>()
                .unwrap_or_default();
            if texts.is_empty() {
                context.note(
                    place,
                    "enums",
                    Effect::Widened,
                    "values that are no text are not compared",
                );
                return None;
            }
            if texts != values {
                context.note(
                    place,
                    "enums",
                    Effect::Exact,
                    "the values of a text type are written as text",
                );
            }
            if !has_names(&texts) {
                context.note(
                    place,
                    "enums",
                    Effect::Widened,
                    "two values would have one Rust name; any text is accepted",
                );
                return None;
            }
            Some(texts)
        }
        "integer" | "number" => {
            let numbers: Vec<Value> = values
                .iter()
                .map(|value| number(value, &name))
                .collect::<Option<_>>()?;
            if numbers != values {
                context.note(
                    place,
                    "enums",
                    Effect::Exact,
                    "the values of a number type are written as numbers",
                );
            }
            Some(numbers)
        }
        // A boolean that may only be `true` is a boolean to Rust.
        "boolean" => {
            if values.len() < 2 {
                context.note(
                    place,
                    "enums",
                    Effect::Widened,
                    "which boolean it is, is not checked",
                );
            }
            None
        }
        _ => {
            context.note(
                place,
                "enums",
                Effect::Widened,
                "values that are arrays or objects are not compared",
            );
            None
        }
    }
}

fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Number(number) => Some(json!(number.to_string())),
        Value::Bool(flag) => Some(json!(flag.to_string())),
        _ => None,
    }
}

fn number(value: &Value, name: &str) -> Option<Value> {
    let parsed = match value {
        Value::String(text) => serde_json::from_str(text.trim()).ok()?,
        other => other.clone(),
    };
    is_of_type(&parsed, name).then_some(parsed)
}

/// typify names a variant in Pascal case, and where that gives a name twice, with `X` for what is no letter.
fn has_names(values: &[Value]) -> bool {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let distinct = |names: Vec<String>| names.len() == names.iter().collect::<BTreeSet<_>>().len();
    distinct(texts.iter().map(|text| type_name(text)).collect())
        || distinct(
            texts
                .iter()
                .map(|text| {
                    type_name(&text.replace(|c: char| c == '_' || !c.is_alphanumeric(), "X"))
                })
                .collect(),
        )
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn values_are_distinct_and_of_the_type() {
        assert_eq!(
            after(json!({"type": "string", "enum": ["a", "b", "a"]})),
            json!({"type": "string", "enum": ["a", "b"]})
        );
        assert_eq!(
            after(json!({"type": "string", "enum": [1, true]})),
            json!({"type": "string", "enum": ["1", "true"]})
        );
        assert_eq!(
            after(json!({"type": "integer", "enum": ["1", "2"]})),
            json!({"type": "integer", "enum": [1, 2]})
        );
        assert_eq!(
            after(json!({"type": "integer", "enum": ["one"]})),
            json!({"type": "integer"})
        );
    }

    #[test]
    fn what_cannot_be_an_enum_is_its_type() {
        assert_eq!(after(json!({"enum": ["a", 1]})), json!({}));
        assert_eq!(
            after(json!({"type": "boolean", "enum": [true]})),
            json!({"type": "boolean"})
        );
        assert_eq!(
            after(json!({"type": "string", "enum": []})),
            json!({"type": "string"})
        );
        assert_eq!(
            after(json!({"type": "string", "enum": ["=", ">", "<"]})),
            json!({"type": "string"})
        );
    }

    #[test]
    fn null_alone_stays() {
        assert_eq!(after(json!({"enum": [null]})), json!({"enum": [null]}));
    }
}
