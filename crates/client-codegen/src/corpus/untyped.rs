//! Where a schema that says something became `serde_json::Value`.
//!
//! typify 0.8 writes `Value` in three places: for a schema without any keyword that counts, for the items of an array that
//! has none, and for the values of an object that has no properties. So these are looked for in the lowered document,
//! and each is brought back to the place in the given document that it comes from.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::{Lowered, places};
use serde_json::Value;

use super::counts::{says_something, target};

/// The places of the given `document`, as JSON pointers, whose schema says something and is `Value` in the client.
///
/// One place counts once, however often its schema was copied. An array without `items` counts only if the document says
/// what its items are, and an object without `properties` only if it says what these are or what else the object holds;
/// `additionalProperties: true` says neither.
#[must_use]
pub fn untyped(document: &Value, lowered: &Lowered) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, schema) in places::schemas(&lowered.document) {
        // What an `allOf` is made of has no type of its own.
        if is_part(&at) {
            continue;
        }
        let origin = lowered.origins.resolve(&at);
        let originals = originals(document, &origin);
        match opaque(schema) {
            Some(Opaque::Whole) if originals.iter().any(|one| says_something(document, one)) => {
                found.insert(origin);
            }
            Some(Opaque::Within(keyword)) => {
                let all = with_parts(document, originals);
                if all.iter().any(|one| says_inside(document, one, keyword)) {
                    found.insert(format!("{origin}/{keyword}"));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a pointer ends in a member of `allOf`.
fn is_part(at: &str) -> bool {
    let above = at.rsplit_once('/').map_or("", |(above, _)| above);
    above.ends_with("/allOf") && !above.ends_with("/properties/allOf")
}

/// What of a schema typify makes a `Value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opaque {
    Whole,
    /// What this keyword of an array or an object would describe.
    Within(&'static str),
}

/// How typify 0.8 takes a schema of OpenAPI 3.0 (`convert_schema_object`, `convert_array` and `make_map` there).
fn opaque(schema: &Value) -> Option<Opaque> {
    let Some(schema) = schema.as_object() else {
        return Some(Opaque::Whole);
    };
    let mut keywords = schema.keys().map(String::as_str);
    if !keywords.any(places::says_values) {
        return Some(Opaque::Whole);
    }
    let typed = ["$ref", "anyOf", "oneOf", "enum"];
    if typed.iter().any(|keyword| schema.contains_key(*keyword)) {
        return None;
    }
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        return merged(parts.iter().map(opaque));
    }
    let is_empty = |keyword: &str| match schema.get(keyword) {
        Some(Value::Object(members)) => members.is_empty(),
        Some(Value::Array(members)) => members.is_empty(),
        Some(Value::Bool(flag)) => *flag,
        _ => true,
    };
    match schema.get("type").and_then(Value::as_str) {
        Some("array") if !schema.contains_key("items") => Some(Opaque::Within("items")),
        Some("object")
            if ["properties", "required", "additionalProperties"]
                .into_iter()
                .all(is_empty) =>
        {
            // A schema without keywords is a place of its own.
            let is_schema = schema
                .get("additionalProperties")
                .is_some_and(Value::is_object);
            (!is_schema).then_some(Opaque::Within("additionalProperties"))
        }
        _ => None,
    }
}

/// What is left of an `allOf`: a part with a type gives it to the whole.
fn merged(parts: impl Iterator<Item = Option<Opaque>>) -> Option<Opaque> {
    let mut whole = Opaque::Whole;
    for part in parts {
        if let within @ Opaque::Within(_) = part? {
            whole = within;
        }
    }
    Some(whole)
}

/// Whether a schema of the given document says what is in an array or an object.
fn says_inside(document: &Value, schema: &Value, keyword: &str) -> bool {
    let describes = |key: &str| match schema.get(key) {
        Some(value @ Value::Object(_)) => says_something(document, value),
        _ => false,
    };
    let has_entries = |key: &str| match schema.get(key) {
        Some(Value::Object(entries)) => !entries.is_empty(),
        Some(Value::Array(entries)) => !entries.is_empty(),
        _ => false,
    };
    match keyword {
        "items" => describes("items") || has_entries("prefixItems"),
        _ => {
            has_entries("properties")
                || has_entries("patternProperties")
                || describes("additionalProperties")
                || describes("unevaluatedProperties")
        }
    }
}

/// The schemas of the given document that a pointer means. Where a pass has merged schemas, what the pointer leads through
/// may be in a part of a schema (`allOf`, `anyOf`, `oneOf`) or behind a reference.
fn originals<'d>(document: &'d Value, pointer: &str) -> Vec<&'d Value> {
    if let Some(value) = document.pointer(pointer) {
        return vec![value];
    }
    let mut at = vec![document];
    for key in pointer.split('/').skip(1) {
        let step = format!("/{key}");
        let next = |from: &[&'d Value]| -> Vec<&'d Value> {
            from.iter()
                .filter_map(|value| value.pointer(&step))
                .collect()
        };
        let plain = next(&at);
        at = if plain.is_empty() {
            next(&with_parts(document, at))
        } else {
            plain
        };
    }
    at
}

/// Schemas with all that they are made of.
fn with_parts<'d>(document: &'d Value, schemas: Vec<&'d Value>) -> Vec<&'d Value> {
    let mut all: Vec<&Value> = Vec::new();
    let mut open = schemas;
    let mut seen = BTreeMap::new();
    while let Some(schema) = open.pop() {
        if seen.insert(std::ptr::from_ref(schema), ()).is_some() {
            continue;
        }
        all.push(schema);
        let referred = schema.get("$ref").and_then(Value::as_str);
        open.extend(referred.and_then(|reference| target(document, reference)));
        for keyword in ["allOf", "anyOf", "oneOf"] {
            open.extend(
                schema
                    .get(keyword)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use openapi_lower::{Options, lower};
    use serde_json::json;

    use super::*;

    fn components(schemas: Value) -> Vec<String> {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": schemas}
        });
        let lowered = lower(document.clone(), &Options::default()).unwrap();
        let found = untyped(&document, &lowered).into_iter();
        found
            .map(|at| at.trim_start_matches("/components/schemas/").to_owned())
            .collect()
    }

    #[test]
    fn what_says_nothing_does_not_count() {
        let found = components(json!({
            "Any": {},
            "Yes": true,
            "Text": {"description": "anything", "nullable": true},
            "Holder": {"type": "object", "properties": {
                "any": {"$ref": "#/components/schemas/Any"},
                "list": {"type": "array"},
                "lists": {"type": "array", "items": {}},
                "map": {"type": "object"},
                "open": {"type": "object", "additionalProperties": true},
                "either": {"anyOf": [{}, {"type": "null"}]}
            }}
        }));
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn what_is_typed_does_not_count() {
        let found = components(json!({
            "A": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": true},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"description": "d"}, {"type": "object"}]},
            "C": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]},
            "D": {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
            "E": {"type": "object", "additionalProperties": {"type": "integer"}}
        }));
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn what_says_something_and_is_a_value_counts_once() {
        let found = components(json!({
            "Not": {"not": {"type": "string"}},
            "Uses": {"type": "object", "properties": {
                "one": {"$ref": "#/components/schemas/Not"}, "two": {"$ref": "#/components/schemas/Not"}
            }}
        }));
        assert_eq!(found, ["Not"]);
    }

    /// The lowering keeps these, so the lowered documents are made up.
    #[test]
    fn lists_and_maps_of_values_count_where_the_document_says_what_is_in_them() {
        let document = json!({"components": {"schemas": {
            "A": {"type": "array", "items": {"type": "string"}},
            "B": {"type": "object", "properties": {"b": {"type": "string"}}},
            "C": {"allOf": [{"$ref": "#/components/schemas/B"}]},
            "D": {"type": "object", "additionalProperties": true},
            "E": {"type": "string"}
        }}});
        let mut lowered = lower(
            json!({
                "openapi": "3.0.0",
                "info": {"title": "t", "version": "1"},
                "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}}}}
            }),
            &Options::default(),
        )
        .unwrap();
        lowered.document = json!({"components": {"schemas": {
            "A": {"type": "array"},
            "B": {"type": "object", "properties": {}},
            "C": {"allOf": [{"type": "object"}, {}]},
            "D": {"type": "object"},
            "E": {"description": "no longer a text"}
        }}});
        let found: Vec<String> = untyped(&document, &lowered).into_iter().collect();
        assert_eq!(
            found,
            [
                "/components/schemas/A/items",
                "/components/schemas/B/additionalProperties",
                "/components/schemas/C/additionalProperties",
                "/components/schemas/E",
            ]
        );
    }

    #[test]
    fn what_was_merged_is_found_in_its_parts() {
        let document = json!({"components": {"schemas": {
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}]},
            "B": {"properties": {"b": {"type": "string"}}}
        }}});
        let found = originals(&document, "/components/schemas/A/properties/b");
        assert_eq!(found, [&json!({"type": "string"})]);
        assert!(originals(&document, "/components/schemas/A/properties/c").is_empty());
    }
}
