//! Says in the words of one fragment what another one says in other words, so that the two can be compared.

use std::collections::BTreeSet;

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
    if types(first).is_some() && types(first) == types(second) {
        take_over(first, second, ["type", "nullable"]);
    }
    for keywords in [
        ["minimum", "exclusiveMinimum"],
        ["maximum", "exclusiveMaximum"],
    ] {
        if bound(first, keywords).is_some() && bound(first, keywords) == bound(second, keywords) {
            take_over(first, second, keywords);
        }
    }
}

/// Gives the second what the first has for these keywords, or nothing.
pub(super) fn take_over<const N: usize>(
    first: &Map<String, Value>,
    second: &mut Map<String, Value>,
    keywords: [&str; N],
) {
    for keyword in keywords {
        match first.get(keyword) {
            Some(value) => drop(second.insert(keyword.to_owned(), value.clone())),
            None => drop(second.remove(keyword)),
        }
    }
}

/// The types that a schema names, `null` among them if it may be that.
fn types(schema: &Map<String, Value>) -> Option<BTreeSet<String>> {
    let stated = schema.get("type")?;
    let listed = match stated {
        Value::Array(types) => types.as_slice(),
        one => std::slice::from_ref(one),
    };
    let names = listed.iter().map(|name| name.as_str().map(str::to_owned));
    let mut types: BTreeSet<String> = names.collect::<Option<_>>()?;
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        types.insert("null".to_owned());
    }
    Some(types)
}

/// A bound and whether it is itself out of range. `exclusiveMinimum: 1` is `minimum: 1, exclusiveMinimum: true` of 3.0; a
/// schema that has two different numbers is not looked into.
fn bound<'s>(
    schema: &'s Map<String, Value>,
    [inclusive, exclusive]: [&str; 2],
) -> Option<(&'s Value, bool)> {
    let number = schema.get(inclusive);
    match schema.get(exclusive) {
        Some(out @ Value::Number(_)) if number.is_none_or(|number| number == out) => {
            Some((out, true))
        }
        Some(Value::Bool(out)) => Some((number?, *out)),
        _ => None,
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
            (
                json!({"type": ["string", "null"], "nullable": true}),
                json!({"type": "string", "nullable": true}),
            ),
            (
                json!({"type": ["string", "null"], "nullable": true}),
                json!({"type": ["null", "string"]}),
            ),
            (
                json!({"exclusiveMinimum": 1, "minimum": 1}),
                json!({"exclusiveMinimum": true, "minimum": 1}),
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
            (
                json!({"minimum": 5, "exclusiveMinimum": true}),
                json!({"minimum": 5, "exclusiveMinimum": 3}),
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
