//! What is no change, and shapes that could take for ever.

use openapi_diff::{Class, Kind, compare};
use serde_json::{Map, Value, json};

use super::edit::base;

/// The same with the keys of all objects in the opposite order, where the map keeps it.
fn reordered(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let all: Map<String, Value> = members
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), reordered(value)))
                .collect();
            Value::Object(all)
        }
        Value::Array(items) => items.iter().map(reordered).collect(),
        other => other.clone(),
    }
}

#[test]
fn a_document_is_the_same_as_itself() {
    let base = base();
    assert_eq!(compare(&base, &base).unwrap(), []);
    assert_eq!(compare(&base, &reordered(&base)).unwrap(), []);
}

fn with_schemas(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {
            "description": "",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
        }}}}},
        "components": {"schemas": schemas},
    })
}

fn kinds(old: &Value, new: &Value) -> Vec<(Class, Kind, String)> {
    let changes = compare(old, new).unwrap();
    changes
        .into_iter()
        .map(|change| (change.class, change.kind, change.pointer))
        .collect()
}

#[test]
fn schemas_that_contain_each_other_are_compared_once() {
    let circle = |kind: &str| {
        with_schemas(json!({
            "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}, "all": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}}},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/C"}]},
            "C": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}, "x": {"type": kind}}},
        }))
    };
    assert_eq!(
        kinds(&circle("string"), &circle("integer")),
        [(
            Class::Breaking,
            Kind::TypeChanged,
            "/components/schemas/C/properties/x".to_owned()
        )]
    );
    let changes = compare(&circle("string"), &circle("integer")).unwrap();
    assert!(
        changes[0].summary.ends_with("used in answers of `GET /a`"),
        "{}",
        changes[0].summary
    );
}

/// Each side says the same circle in another number of steps.
#[test]
fn circles_of_different_lengths_end() {
    let one = with_schemas(
        json!({"A": {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/A"}}}}),
    );
    let two = with_schemas(
        json!({"A": {"type": "object", "properties": {"x": {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/A"}}}}}}),
    );
    assert!(
        kinds(&one, &two)
            .iter()
            .all(|(class, ..)| *class == Class::Breaking)
    );
    let nowhere = with_schemas(json!({"A": {"$ref": "#/components/schemas/A"}}));
    let place = with_schemas(
        json!({"A": {"properties": {"x": {"$ref": "#/components/schemas/A/properties/x"}}}}),
    );
    for (old, new) in [
        (&one, &nowhere),
        (&nowhere, &two),
        (&place, &one),
        (&two, &place),
        (&place, &place),
    ] {
        let _ = kinds(old, new);
    }
}

fn deep(levels: usize, leaf: Value) -> Value {
    (0..levels).fold(leaf, |inner, level| match level % 3 {
        0 => json!({"type": "object", "properties": {"in": inner}}),
        1 => json!({"type": "array", "items": inner}),
        _ => json!({"type": "object", "additionalProperties": inner}),
    })
}

#[test]
fn a_change_100_levels_down_is_one_change() {
    let (old, new) = (json!({"type": "string"}), json!({"type": "integer"}));
    let document = |leaf: &Value| with_schemas(json!({"A": deep(100, leaf.clone())}));
    let found = kinds(&document(&old), &document(&new));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0, found[0].1),
        (Class::Breaking, Kind::TypeChanged)
    );
    assert_eq!(kinds(&document(&old), &document(&old)), []);
}

/// What branches at every level and is followed without a memory would take for ever.
#[test]
fn a_lattice_of_references_takes_no_time() {
    let lattice = |leaf: &str| {
        let mut schemas = Map::new();
        for level in 0..60 {
            let next = format!("#/components/schemas/L{}", level + 1);
            schemas.insert(
                format!("L{level}"),
                json!({"type": "object", "properties": {"a": {"$ref": next}, "b": {"$ref": next}, "c": {"allOf": [{"$ref": next}, {"type": "object", "properties": {"d": {"$ref": next}}}]}}}),
            );
        }
        schemas.insert(
            "L60".to_owned(),
            json!({"type": "object", "properties": {"x": {"type": leaf}}}),
        );
        schemas.insert("A".to_owned(), json!({"$ref": "#/components/schemas/L0"}));
        with_schemas(Value::Object(schemas))
    };
    let found = kinds(&lattice("string"), &lattice("boolean"));
    assert_eq!(
        found,
        [(
            Class::Breaking,
            Kind::TypeChanged,
            "/components/schemas/L60/properties/x".to_owned()
        )]
    );
}

#[test]
fn the_words_of_3_0_and_3_1_are_one() {
    let old = with_schemas(json!({
        "A": {"type": "object", "properties": {
            "a": {"type": "string", "nullable": true},
            "b": {"type": "integer", "minimum": 1, "exclusiveMinimum": true},
            "c": {"type": "string", "enum": ["x"]},
            "d": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/D"}]},
            "e": {"oneOf": [{"type": "string"}, {"type": "boolean"}]},
            "f": {"type": "string", "enum": ["a", "b"]},
        }},
        "D": {"type": "object", "properties": {"x": {"type": "string"}}},
    }));
    let new = with_schemas(json!({
        "A": {"type": ["object"], "properties": {
            "a": {"type": ["null", "string"]},
            "b": {"type": "integer", "exclusiveMinimum": 1},
            "c": {"const": "x"},
            "d": {"anyOf": [{"$ref": "#/components/schemas/D"}, {"type": "null"}]},
            "e": {"type": ["boolean", "string"]},
            "f": {"oneOf": [{"const": "a"}, {"const": "b"}]},
        }},
        "D": {"type": "object", "properties": {"x": {"type": "string"}}},
    }));
    assert_eq!(compare(&old, &new).unwrap(), []);
    assert_eq!(compare(&new, &old).unwrap(), []);
}

/// Parts of the wrong type are read past.
#[test]
fn malformed_documents_are_compared_as_far_as_they_go() {
    let base = base();
    let odd = [
        json!(null),
        json!(1),
        json!("x"),
        json!([]),
        json!([1, null]),
        json!({}),
        json!({"$ref": 3}),
        json!({"$ref": "#/nowhere"}),
        json!(true),
    ];
    let pointers = pointers(&base);
    assert!(pointers.len() > 300);
    // Every place would take a minute; each kind of place is met.
    for (index, pointer) in pointers.iter().enumerate().step_by(4) {
        let mut changed = base.clone();
        *changed.pointer_mut(pointer).unwrap() = odd[index / 4 % odd.len()].clone();
        if changed
            .get("openapi")
            .is_some_and(|version| version == "3.1.0")
        {
            let _ = compare(&base, &changed).unwrap();
            let _ = compare(&changed, &base).unwrap();
        }
    }
}

fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(members.iter().map(|(key, value)| {
                let token = key.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{token}"), value)
            })),
            Value::Array(items) => open.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, value)| (format!("{pointer}/{index}"), value)),
            ),
            _ => {}
        }
        found.push(pointer);
    }
    found.sort();
    found
}

#[test]
fn what_is_no_openapi_3_is_refused() {
    for value in [
        json!(null),
        json!({}),
        json!({"swagger": "2.0"}),
        json!({"openapi": "4.0.0"}),
    ] {
        assert!(compare(&value, &base()).is_err());
        assert!(
            compare(&base(), &value)
                .unwrap_err()
                .to_string()
                .starts_with("the new document")
        );
    }
}
