//! A part of a document that stands alone.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Random;
use crate::corpus::counts::target;

/// How many components a part may bring: some operations reach half of a large document.
const COMPONENTS: usize = 60;

/// A few paths of a document with the components that they refer to. A document without paths is taken as it is.
pub(super) fn slice(document: &Value, random: &mut Random) -> Value {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return document.clone();
    };
    let names: Vec<&String> = paths.keys().collect();
    let mut kept = Map::new();
    for _ in 0..=random.below(3) {
        if let Some(name) = random.pick(&names) {
            kept.insert((*name).clone(), paths[*name].clone());
        }
    }
    let mut part = Map::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        if key != "paths" && key != "components" {
            part.insert(key.clone(), value.clone());
        }
    }
    part.remove("webhooks");
    let kept = Value::Object(kept);
    let components = reached(document, &kept);
    part.insert("paths".to_owned(), kept);
    part.insert("components".to_owned(), components);
    Value::Object(part)
}

/// The components that a value refers to, and those that they refer to, up to a bound.
fn reached(document: &Value, from: &Value) -> Value {
    let mut components = json!({});
    if let Some(schemes) = document.pointer("/components/securitySchemes") {
        components["securitySchemes"] = schemes.clone();
    }
    let mut seen = BTreeSet::new();
    let mut open = references(from);
    while let Some(reference) = open.pop() {
        let mut segments = reference.split('/');
        let (Some("#"), Some("components"), Some(kind), Some(name)) = (
            segments.next(),
            segments.next(),
            segments.next(),
            segments.next(),
        ) else {
            continue;
        };
        let place = format!("#/components/{kind}/{name}");
        if seen.len() >= COMPONENTS || !seen.insert(place.clone()) {
            continue;
        }
        if let Some(component) = target(document, &place) {
            open.extend(references(component));
            let name = name.replace("~1", "/").replace("~0", "~");
            components[kind][name] = component.clone();
        }
    }
    components
}

fn references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    found.push(reference.clone());
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_what_it_refers_to() {
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"$ref": "#/components/pathItems/A"}},
            "components": {
                "pathItems": {"A": {"get": {"schema": {"$ref": "#/components/schemas/a~1b"}}}},
                "schemas": {"a/b": {"items": {"$ref": "#/components/schemas/C/properties/x"}}, "C": {}, "D": {}}
            }
        });
        let part = slice(&document, &mut Random::new(1));
        assert_eq!(part["paths"], document["paths"]);
        assert_eq!(
            part["components"],
            json!({
                "pathItems": document["components"]["pathItems"],
                "schemas": {"a/b": document["components"]["schemas"]["a/b"], "C": {}}
            })
        );
    }
}
