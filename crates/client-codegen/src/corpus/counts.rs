//! What a document offers: its operations, and the places where it says what a value is.

use std::collections::BTreeSet;

use openapi_lower::places;
use serde_json::{Map, Value};

/// The methods that a path item may have (OpenAPI 3.2.0 §4.9); before 3.2 there was no `query`.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The operations under `paths` as `(path, METHOD)`, also those of path items behind a reference and, from 3.2 on,
/// of `additionalOperations`. Webhooks and callbacks are calls that a server makes, so they are none.
#[must_use]
pub fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let Some(item) = behind_references(document, item) else {
            continue;
        };
        let named = METHODS
            .iter()
            .copied()
            .filter(|method| is_object(item, method));
        let more = item.get("additionalOperations").and_then(Value::as_object);
        let more = more
            .into_iter()
            .flatten()
            .map(|(method, _)| method.as_str());
        for method in named.chain(more) {
            found.insert((path.clone(), method.to_ascii_uppercase()));
        }
    }
    found
}

fn is_object(item: &Map<String, Value>, key: &str) -> bool {
    item.get(key).is_some_and(Value::is_object)
}

fn behind_references<'d>(document: &'d Value, item: &'d Value) -> Option<&'d Map<String, Value>> {
    let mut item = item.as_object()?;
    let mut seen = BTreeSet::new();
    while let Some(Value::String(reference)) = item.get("$ref") {
        if !seen.insert(reference) {
            return None;
        }
        item = target(document, reference)?.as_object()?;
    }
    Some(item)
}

/// What a local reference points to.
pub(super) fn target<'d>(document: &'d Value, reference: &str) -> Option<&'d Value> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(fragment)
        .decode_utf8()
        .ok()?;
    document.pointer(&pointer)
}

/// How many places have a schema that says something; of those that [`places::schemas`] lists.
#[must_use]
pub fn schemas(document: &Value) -> usize {
    let places = places::schemas(document);
    let says = places
        .values()
        .filter(|schema| says_something(document, schema));
    says.count()
}

/// Whether a schema says which values there are: it has a keyword that does ([`places::says_values`]), and what it refers
/// to or is made of says something too.
///
/// `{}`, `true`, `{"nullable": true}`, a description alone, a list of all types, `{"$ref": …}` to one of these and
/// `{"anyOf": [{}, {"type": "null"}]}` say nothing. `false` and a reference that leads nowhere here count as saying
/// nothing and something.
pub(super) fn says_something(document: &Value, schema: &Value) -> bool {
    says(document, schema, &mut Vec::new())
}

fn says<'d>(document: &'d Value, schema: &'d Value, open: &mut Vec<&'d str>) -> bool {
    let Some(schema) = schema.as_object() else {
        return false;
    };
    schema
        .iter()
        .any(|(keyword, value)| match keyword.as_str() {
            "$ref" => says_behind(document, value, open),
            "allOf" | "anyOf" | "oneOf" => value
                .as_array()
                .into_iter()
                .flatten()
                .any(|branch| !is_null(branch) && says(document, branch, open)),
            "type" => !names_all_types(value),
            // `required: true` is a flag of OpenAPI 2 and of parameters.
            "required" => value.as_array().is_some_and(|names| !names.is_empty()),
            keyword => places::says_values(keyword),
        })
}

fn says_behind<'d>(document: &'d Value, reference: &'d Value, open: &mut Vec<&'d str>) -> bool {
    let Some(reference) = reference.as_str() else {
        return false;
    };
    // What refers to itself and nothing else says nothing.
    if open.contains(&reference) {
        return false;
    }
    let Some(target) = target(document, reference) else {
        return true;
    };
    open.push(reference);
    let says = says(document, target, open);
    open.pop();
    says
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null")
}

fn names_all_types(value: &Value) -> bool {
    let Some(names) = value.as_array() else {
        return false;
    };
    let has = |name: &str| names.iter().any(|one| one == name);
    ["array", "boolean", "number", "object", "string"]
        .into_iter()
        .all(has)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_method_counts_and_so_do_path_items_behind_references() {
        let document = json!({
            "paths": {
                "/a": {"get": {}, "trace": {}, "parameters": [], "x-get": {}},
                "/b": {"$ref": "#/components/pathItems/B"},
                "/c": {"query": {}, "additionalOperations": {"COPY": {}}},
                "/d": {"$ref": "#/paths/~1d"},
                "x-paths": {"get": {}}
            },
            "components": {"pathItems": {"B": {"put": {}, "options": {}}}},
            "webhooks": {"w": {"post": {}}}
        });
        let found: Vec<String> = operations(&document)
            .into_iter()
            .map(|(path, method)| format!("{method} {path}"))
            .collect();
        assert_eq!(
            found,
            [
                "GET /a",
                "TRACE /a",
                "OPTIONS /b",
                "PUT /b",
                "COPY /c",
                "QUERY /c"
            ]
        );
    }

    #[test]
    fn what_says_nothing_is_no_schema() {
        let document = json!({"components": {"schemas": {
            "Any": {"description": "anything"}, "Loop": {"$ref": "#/components/schemas/Loop"}, "A": {"type": "string"}
        }}});
        for nothing in [
            json!({}),
            json!(true),
            json!({"nullable": true, "title": "T", "example": 1, "x-type": "string"}),
            json!({"type": ["string", "number", "boolean", "object", "array", "null"]}),
            json!({"$ref": "#/components/schemas/Any"}),
            json!({"$ref": "#/components/schemas/Loop"}),
            json!({"anyOf": [{}, {"type": "null"}]}),
            json!({"allOf": [{"$ref": "#/components/schemas/Any"}], "description": "d"}),
            json!({"required": true}),
        ] {
            assert!(!says_something(&document, &nothing), "{nothing}");
        }
        for something in [
            json!({"type": "object"}),
            json!({"minLength": 1}),
            json!({"not": {"type": "null"}}),
            json!({"$ref": "#/components/schemas/A"}),
            json!({"$ref": "elsewhere.yaml"}),
            json!({"oneOf": [{}, {"type": "string"}]}),
            json!({"const": null}),
        ] {
            assert!(says_something(&document, &something), "{something}");
        }
        assert_eq!(schemas(&document), 1);
    }
}
