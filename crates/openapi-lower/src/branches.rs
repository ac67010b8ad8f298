//! What is known of the branches of a union.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::refs;
use crate::stand_in;

/// References and nested unions are followed this far; a schema further away is not known.
const MAX_HOPS: usize = 16;

/// The objects that a schema accepts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Objects {
    /// Properties that all of them have.
    pub(crate) required: BTreeSet<String>,
    /// Properties that are described, with the values on the wire of those that list them.
    pub(crate) properties: BTreeMap<String, Option<Vec<Value>>>,
    /// Whether properties that are not described are kept too.
    pub(crate) open: bool,
}

/// The objects that a schema accepts, `None` if it accepts anything else too or is not known.
pub(crate) fn objects(schema: &Value, components: &Map<String, Value>) -> Option<Objects> {
    of(schema, components, 0)
}

fn of(schema: &Value, components: &Map<String, Value>, hops: usize) -> Option<Objects> {
    if hops > MAX_HOPS {
        return None;
    }
    if let Some(name) = refs::target_of(schema) {
        return of(components.get(&name)?, components, hops + 1);
    }
    let members = schema.as_object()?;
    let part = |part: &Value| of(part, components, hops + 1);
    let mut found = None;
    if let Some(parts) = members.get("allOf").and_then(Value::as_array) {
        for part in parts.iter().filter_map(part) {
            found = Some(match found {
                None => part,
                Some(known) => both(known, part),
            });
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = members.get(keyword).and_then(Value::as_array) {
            let branches: Vec<Objects> = branches.iter().map(part).collect::<Option<_>>()?;
            let any = branches.into_iter().reduce(either)?;
            found = Some(match found {
                None => any,
                Some(known) => both(known, any),
            });
        }
    }
    let is_object = members.get("type").is_some_and(|name| name == "object")
        || (!members.contains_key("type") && members.contains_key("properties"));
    if !is_object {
        return found;
    }
    let own = own(members, components);
    Some(match found {
        None => own,
        Some(known) => both(known, own),
    })
}

fn own(members: &Map<String, Value>, components: &Map<String, Value>) -> Objects {
    let texts = |keyword: &str| {
        let names = members.get(keyword).and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str)
    };
    let properties = members.get("properties").and_then(Value::as_object);
    Objects {
        required: texts("required").map(str::to_owned).collect(),
        properties: properties
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), listed(schema, components, 0)))
            .collect(),
        open: match members.get("additionalProperties") {
            None => properties.is_none_or(Map::is_empty),
            Some(additional) => *additional != Value::Bool(false),
        },
    }
}

/// The values of an enum, as they are on the wire.
fn listed(schema: &Value, components: &Map<String, Value>, hops: usize) -> Option<Vec<Value>> {
    if let Some(name) = refs::sole_target(schema) {
        if hops > MAX_HOPS {
            return None;
        }
        return listed(components.get(&name)?, components, hops + 1);
    }
    stand_in::values(schema.as_object()?)
}

/// What accepts both accepts.
fn both(mut left: Objects, right: Objects) -> Objects {
    left.required.extend(right.required);
    left.open |= right.open;
    for (name, values) in right.properties {
        let known = left.properties.remove(&name).flatten();
        let values = match (known, values) {
            (Some(left), Some(right)) => Some(
                left.into_iter()
                    .filter(|value| right.iter().any(|other| stand_in::is_same(value, other)))
                    .collect(),
            ),
            (left, right) => left.or(right),
        };
        left.properties.insert(name, values);
    }
    left
}

/// What one of two accepts.
fn either(left: Objects, right: Objects) -> Objects {
    let required = &left.required & &right.required;
    let mut properties = left.properties;
    let mut others = right.properties;
    for (name, values) in &mut properties {
        *values = match (values.take(), others.remove(name).flatten()) {
            (Some(mut left), Some(right)) => {
                left.extend(right);
                Some(left)
            }
            _ => None,
        };
    }
    properties.extend(others.into_keys().map(|name| (name, None)));
    Objects {
        required,
        properties,
        open: left.open || right.open,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tag(text: &str) -> Value {
        json!({"type": "object", "required": ["kind"], "properties": {
            "kind": {"type": "string", "enum": [text]}, text: {"type": "integer"}
        }})
    }

    #[test]
    fn a_union_of_objects_has_what_all_of_them_have() {
        let components = json!({
            "Cat": tag("cat"), "Dog": tag("dog"),
            "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            "Text": {"type": "string"}
        });
        let components = components.as_object().unwrap();
        let found = |schema: Value| objects(&schema, components);
        let pet = found(json!({"$ref": "#/components/schemas/Pet"})).unwrap();
        assert_eq!(pet.required, BTreeSet::from(["kind".to_owned()]));
        assert_eq!(
            pet.properties["kind"],
            Some(vec![json!("cat"), json!("dog")])
        );
        assert_eq!(pet.properties["cat"], None);
        assert!(!pet.open);
        assert_eq!(found(json!({"$ref": "#/components/schemas/Text"})), None);
        assert_eq!(found(json!({})), None);
        assert!(found(json!({"type": "object"})).unwrap().open);
    }

    #[test]
    fn parts_count_together() {
        let components = Map::new();
        let level = json!({"type": "string", "enum": ["Value1", "Value2"],
            "x-openapi-lower": {"values": {"Value1": 1, "Value2": 2}}});
        let schema = json!({"allOf": [
            {"type": "object", "properties": {"level": level, "a": {}}},
            {"properties": {"level": {"enum": [2.0]}}, "required": ["level"], "type": "object", "additionalProperties": {}},
        ]});
        let found = objects(&schema, &components).unwrap();
        assert_eq!(found.properties["level"], Some(vec![json!(2)]));
        assert_eq!(found.required, BTreeSet::from(["level".to_owned()]));
        assert!(found.open);
    }
}
