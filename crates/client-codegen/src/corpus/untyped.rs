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
        let origin = lowered.origins.resolve(&at);
        let originals = originals(document, &origin);
        match opaque(schema) {
            Some(Opaque::Whole) => {
                if originals.iter().any(|one| says_something(document, one)) {
                    found.insert(origin);
                }
            }
            Some(Opaque::Within(keyword)) => {
                let all = with_parts(document, originals);
                if all.iter().any(|one| says_inside(document, one, keyword)) {
                    found.insert(format!("{origin}/{keyword}"));
                }
            }
            None => {}
        }
    }
    found
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
    if !keywords.any(|keyword| places::says_values(keyword)) {
        return Some(Opaque::Whole);
    }
    let combined = ["$ref", "allOf", "anyOf", "oneOf", "enum"];
    if combined.iter().any(|keyword| schema.contains_key(*keyword)) {
        return None;
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
