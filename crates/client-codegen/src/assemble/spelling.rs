//! Says in the words of one fragment what another one says in other words, so that the two can be compared.

use serde_json::{Map, Value, json};

/// Puts alternatives under the keyword that `first` has, for forms that cannot tell `oneOf` from `anyOf`.
pub(super) fn union_keyword(first: &Map<String, Value>, second: &mut Map<String, Value>) {
    for (here, there) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
        let only_first = first.contains_key(here) && !second.contains_key(here);
        if only_first
            && !first.contains_key(there)
            && let Some(branches) = second.remove(there)
        {
            second.insert(here.to_owned(), branches);
        }
    }
}

/// Writes a schema of 3.1 as in 3.0 or the other way round: `nullable`, lists of types, and exclusive bounds
/// (OpenAPI 3.0.3 §4.7.24; JSON Schema 2020-12 validation §6.1.1 and §6.2).
pub(super) fn dialect(first: &Map<String, Value>, second: &mut Map<String, Value>) {
    let (Some(wanted), Some(had)) = (first.get("type"), second.get("type").cloned()) else {
        return bounds(first, second);
    };
    let mut types = listed(&had);
    if second.get("nullable") == Some(&Value::Bool(true)) {
        types.push(json!("null"));
    }
    let nullable = first.get("nullable") == Some(&Value::Bool(true));
    let null = json!("null");
    if nullable && types.contains(&null) {
        types.retain(|name| *name != null);
        second.insert("nullable".to_owned(), Value::Bool(true));
    } else if listed(wanted).contains(&null) {
        second.remove("nullable");
    } else {
        // What is nullable in one of them only stays as it is written, and is a difference.
        types = listed(&had);
    }
    let spelled = match types.as_slice() {
        [one] if wanted.is_string() => one.clone(),
        _ if wanted.is_string() => had,
        _ => Value::Array(types),
    };
    second.insert("type".to_owned(), spelled);
    bounds(first, second);
}

fn listed(types: &Value) -> Vec<Value> {
    match types {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    }
}

/// `exclusiveMinimum: 1` of 3.1 is `minimum: 1, exclusiveMinimum: true` of 3.0.
fn bounds(first: &Map<String, Value>, second: &mut Map<String, Value>) {
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        match (first.get(exclusive), second.get(exclusive).cloned()) {
            (Some(Value::Bool(true)), Some(number @ Value::Number(_))) => {
                second.insert(exclusive.to_owned(), Value::Bool(true));
                second.entry(bound).or_insert(number);
            }
            (Some(Value::Number(_)), Some(Value::Bool(true))) => {
                if let Some(number) = second.remove(bound) {
                    second.insert(exclusive.to_owned(), number);
                }
            }
            _ => {}
        }
    }
}

/// Leaves out or adds the `style` and `explode` that a parameter has by default (OpenAPI 3.1.1 §4.8.12.2).
pub(super) fn parameter_style(first: &Map<String, Value>, second: &mut Map<String, Value>) {
    let style = match second.get("in").and_then(Value::as_str) {
        Some("query" | "cookie") => "form",
        Some("path" | "header") => "simple",
        _ => return,
    };
    for (keyword, default) in [("style", json!(style)), ("explode", json!(style == "form"))] {
        let own_style = |map: &Map<String, Value>| map.get("style").is_some_and(|own| own != style);
        if keyword == "explode" && (own_style(first) || own_style(second)) {
            // Another style has another default.
            continue;
        }
        match (first.get(keyword), second.get(keyword)) {
            (Some(value), None) if *value == default => {
                second.insert(keyword.to_owned(), default);
            }
            (None, Some(value)) if *value == default => {
                second.remove(keyword);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn respelled(
        respell: fn(&Map<String, Value>, &mut Map<String, Value>),
        first: &Value,
        second: &Value,
    ) -> Value {
        let (Value::Object(first), Value::Object(mut second)) = (first.clone(), second.clone())
        else {
            panic!("both are objects");
        };
        respell(&first, &mut second);
        Value::Object(second)
    }

    #[test]
    fn both_dialects_of_a_schema_are_the_same() {
        for (one, other) in [
            (
                json!({"type": "string", "nullable": true}),
                json!({"type": ["string", "null"]}),
            ),
            (json!({"type": "object"}), json!({"type": ["object"]})),
            (
                json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}),
                json!({"type": "integer", "exclusiveMinimum": 1}),
            ),
            (
                json!({"type": "number", "maximum": 9, "exclusiveMaximum": true, "nullable": true}),
                json!({"type": ["number", "null"], "exclusiveMaximum": 9}),
            ),
        ] {
            assert_eq!(respelled(dialect, &one, &other), one);
            assert_eq!(respelled(dialect, &other, &one), other);
        }
    }

    #[test]
    fn what_differs_still_does() {
        for (one, other) in [
            (
                json!({"type": "string"}),
                json!({"type": ["string", "null"]}),
            ),
            (
                json!({"type": "string"}),
                json!({"type": "string", "nullable": true}),
            ),
            (
                json!({"type": ["string"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (json!({"type": "string"}), json!({"type": ["integer"]})),
            (
                json!({"type": "string"}),
                json!({"type": ["string", "integer"]}),
            ),
            (
                json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}),
                json!({"type": "integer", "exclusiveMinimum": 2}),
            ),
        ] {
            assert_ne!(respelled(dialect, &one, &other), one);
            assert_ne!(respelled(dialect, &other, &one), other);
        }
    }

    #[test]
    fn the_style_of_a_parameter_may_be_spelled_out() {
        let plain = json!({"in": "query"});
        let spelled = json!({"in": "query", "style": "form", "explode": true});
        assert_eq!(respelled(parameter_style, &plain, &spelled), plain);
        assert_eq!(respelled(parameter_style, &spelled, &plain), spelled);
        let simple = json!({"in": "header", "style": "simple", "explode": false});
        assert_eq!(
            respelled(parameter_style, &json!({"in": "header"}), &simple),
            json!({"in": "header"})
        );
        for other in [
            json!({"in": "query", "explode": false}),
            json!({"in": "query", "style": "deepObject", "explode": true}),
        ] {
            assert_eq!(respelled(parameter_style, &plain, &other), other);
        }
    }
}
