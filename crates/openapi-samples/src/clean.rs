//! The document's schemas in one dialect: keywords of 2020-12 with values of their JSON type, and `nullable`.
//!
//! Values stay where they were, so that pointers of the document stay right.

use serde_json::{Map, Value, json};

/// Keywords whose value is one schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords whose value is a list of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is a map of schemas.
const MAPS: &[&str] = &[
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];
/// Keywords whose value is a count.
const COUNTS: &[&str] = &[
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
];
/// Keywords whose value is a number.
const NUMBERS: &[&str] = &["maximum", "minimum"];
/// What is kept for the sampler, and means nothing to a validator.
const ANNOTATIONS: &[&str] = &["default", "discriminator", "example", "examples"];
/// Type names of other formats and what they mean, as vendors write them.
const ALIASES: &[(&str, &str, Option<&str>)] = &[
    ("str", "string", None),
    ("text", "string", None),
    ("uuid", "string", Some("uuid")),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("file", "string", None),
    ("binary", "string", None),
    ("bool", "boolean", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", None),
    ("double", "number", None),
    ("decimal", "number", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("list", "array", None),
];
const TYPES: &[&str] = &[
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Cleans every schema of a document.
pub(crate) fn document(document: &Value) -> Value {
    let siblings = !document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.0"));
    let mut document = document.clone();
    walk(&mut document, siblings, "");
    document
}

fn walk(value: &mut Value, siblings: bool, key: &str) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match (key, name.as_str()) {
                    (_, "schema") => *member = schema(member, siblings),
                    ("components", "schemas") => each(member, siblings),
                    (_, "example" | "examples" | "x-examples") => {}
                    _ => walk(member, siblings, name),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, siblings, "")),
        _ => {}
    }
}

fn each(schemas: &mut Value, siblings: bool) {
    for member in schemas
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
    {
        *member = schema(member, siblings);
    }
}

fn schema(given: &Value, siblings: bool) -> Value {
    let Value::Object(given) = given else {
        return if given.is_boolean() {
            given.clone()
        } else {
            json!({})
        };
    };
    let mut clean = Map::new();
    if let Some(reference) = given.get("$ref").filter(|reference| reference.is_string()) {
        clean.insert("$ref".to_owned(), reference.clone());
        if !siblings {
            return Value::Object(clean);
        }
    }
    for (key, value) in given {
        if let Some(value) = keyword(key, value, siblings) {
            clean.insert(key.clone(), value);
        }
    }
    alias(given, &mut clean);
    bounds(given, &mut clean);
    items_as_list(&mut clean, siblings);
    null_branches(&mut clean);
    Value::Object(clean)
}

fn keyword(key: &str, value: &Value, siblings: bool) -> Option<Value> {
    let sub = |value: &Value| schema(value, siblings);
    match key {
        "items" if value.is_array() => Some(value.clone()),
        _ if ONE.contains(&key) => (value.is_object() || value.is_boolean()).then(|| sub(value)),
        _ if LISTS.contains(&key) => {
            let items = value.as_array().filter(|items| !items.is_empty())?;
            Some(items.iter().map(sub).collect())
        }
        _ if MAPS.contains(&key) => {
            let members = value.as_object()?.iter();
            Some(Value::Object(
                members
                    .map(|(name, value)| (name.clone(), sub(value)))
                    .collect(),
            ))
        }
        _ if COUNTS.contains(&key) => value.as_u64().map(Value::from),
        _ if NUMBERS.contains(&key) => value.is_number().then(|| value.clone()),
        _ if ANNOTATIONS.contains(&key) => Some(value.clone()),
        "type" => types(value),
        "enum" => value
            .as_array()
            .filter(|values| !values.is_empty())
            .map(|_| value.clone()),
        "const" => Some(value.clone()),
        "required" => {
            let names = value.as_array()?.iter().filter(|name| name.is_string());
            Some(names.cloned().collect())
        }
        "multipleOf" => value
            .as_f64()
            .filter(|step| *step > 0.0)
            .map(|_| value.clone()),
        "pattern" => {
            let pattern = value.as_str()?;
            jsonschema::validator_for(&json!({ "pattern": pattern }))
                .ok()
                .map(|_| value.clone())
        }
        "format" => value.is_string().then(|| value.clone()),
        "nullable" => (value == &Value::Bool(true)).then(|| value.clone()),
        "dependentRequired" => value.is_object().then(|| value.clone()),
        "uniqueItems" => value.is_boolean().then(|| value.clone()),
        _ => None,
    }
}

fn types(value: &Value) -> Option<Value> {
    let known = |value: &&Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    match value {
        Value::String(_) => Some(value.clone()).filter(|value| known(&value)),
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().filter(known).cloned().collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        _ => None,
    }
}

fn alias(given: &Map<String, Value>, clean: &mut Map<String, Value>) {
    let Some(name) = given
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_lowercase)
    else {
        return;
    };
    if let Some((_, kind, format)) = ALIASES.iter().find(|(alias, ..)| *alias == name) {
        clean.insert("type".to_owned(), json!(kind));
        if let Some(format) = format {
            clean.entry("format").or_insert_with(|| json!(format));
        }
    }
}

/// Exclusive bounds are flags in 3.0 and numbers in 3.1; real documents mix them.
fn bounds(given: &Map<String, Value>, clean: &mut Map<String, Value>) {
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match given.get(exclusive) {
            Some(Value::Bool(true)) => {
                if let Some(bound) = clean.remove(inclusive) {
                    clean.insert(exclusive.to_owned(), bound);
                }
            }
            Some(bound) if bound.is_number() => {
                clean.insert(exclusive.to_owned(), bound.clone());
            }
            _ => {}
        }
    }
}

/// `items` as a list is `prefixItems` of 2020-12.
fn items_as_list(clean: &mut Map<String, Value>, siblings: bool) {
    if let Some(items) = clean.get("items").and_then(Value::as_array) {
        let items: Vec<Value> = items.iter().map(|item| schema(item, siblings)).collect();
        clean.remove("items");
        if !items.is_empty() {
            clean.insert("prefixItems".to_owned(), Value::Array(items));
        }
    }
}

/// A branch that says nothing but `nullable` means null.
fn null_branches(clean: &mut Map<String, Value>) {
    for union in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = clean.get_mut(union) else {
            continue;
        };
        for branch in branches {
            if branch == &json!({ "nullable": true }) {
                *branch = json!({ "type": "null" });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::document;

    fn cleaned(version: &str, schema: Value) -> Value {
        let given = json!({ "openapi": version, "components": { "schemas": { "A": schema } } });
        document(&given)["components"]["schemas"]["A"].take()
    }

    #[test]
    fn both_dialects_of_bounds_become_numbers() {
        assert_eq!(
            cleaned("3.0.3", json!({"minimum": 1, "exclusiveMinimum": true})),
            json!({"exclusiveMinimum": 1})
        );
        assert_eq!(
            cleaned("3.1.0", json!({"exclusiveMinimum": 1})),
            json!({"exclusiveMinimum": 1})
        );
    }

    #[test]
    fn what_stands_beside_a_reference_counts_in_3_1() {
        let given = json!({"$ref": "#/components/schemas/B", "maxLength": 3});
        assert_eq!(
            cleaned("3.0.3", given.clone()),
            json!({"$ref": "#/components/schemas/B"})
        );
        assert_eq!(cleaned("3.1.0", given.clone()), given);
    }

    #[test]
    fn malformed_keywords_and_patterns_are_no_statement() {
        let given = json!({"type": "thing", "pattern": "(", "required": true, "properties": {"a": 1}, "maxLength": -1});
        assert_eq!(cleaned("3.1.0", given), json!({"properties": {"a": {}}}));
    }

    #[test]
    fn a_branch_that_is_only_nullable_is_null() {
        let given = json!({"anyOf": [{"type": "string"}, {"nullable": true}]});
        assert_eq!(
            cleaned("3.0.3", given),
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]})
        );
    }
}
