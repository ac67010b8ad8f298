//! What is known of the branches of a union.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::refs;
use crate::spread::each_target;
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

/// The objects that schemas accept, each component of a document gone through once.
pub(crate) struct Branches<'c> {
    pub(crate) components: &'c Map<String, Value>,
    known: BTreeMap<String, Known>,
    /// Whether properties are described, and not only required.
    has_properties: bool,
}

struct Known {
    /// How many references it leads through.
    hops: usize,
    objects: Option<Objects>,
}

impl<'c> Branches<'c> {
    pub(crate) fn new(components: &'c Map<String, Value>) -> Self {
        Self {
            components,
            known: BTreeMap::new(),
            has_properties: true,
        }
    }

    /// For a caller that asks which properties are required, and not what they are.
    pub(crate) fn without_properties(components: &'c Map<String, Value>) -> Self {
        Self {
            has_properties: false,
            ..Self::new(components)
        }
    }

    /// The objects that a schema accepts, `None` if it accepts anything else too or is not known.
    pub(crate) fn objects(&mut self, schema: &Value) -> Option<Objects> {
        each_target(schema, &mut |target| self.learn(target));
        self.of(schema)
    }

    /// Goes through a component, what it refers to first. One that leads back to itself is not known.
    fn learn(&mut self, name: String) {
        let mut begun = BTreeSet::new();
        let mut open = vec![(name, false)];
        while let Some((name, is_ready)) = open.pop() {
            let Some(schema) = self.components.get(&name) else {
                continue;
            };
            if is_ready {
                let mut hops = 0;
                each_target(schema, &mut |target| {
                    let known = self.known.get(&target);
                    hops = hops.max(known.map_or(MAX_HOPS, |known| known.hops) + 1);
                });
                let objects = (hops <= MAX_HOPS).then(|| self.of(schema)).flatten();
                self.known.insert(name, Known { hops, objects });
            } else if !self.known.contains_key(&name) && begun.insert(name.clone()) {
                open.push((name, true));
                each_target(schema, &mut |target| open.push((target, false)));
            }
        }
    }

    fn of(&self, schema: &Value) -> Option<Objects> {
        if let Some(name) = refs::target_of(schema) {
            return self.known.get(&name)?.objects.clone();
        }
        let members = schema.as_object()?;
        let mut found = None;
        if let Some(parts) = members.get("allOf").and_then(Value::as_array) {
            for part in parts.iter().filter_map(|part| self.of(part)) {
                found = Some(match found {
                    None => part,
                    Some(known) => both(known, part),
                });
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(branches) = members.get(keyword).and_then(Value::as_array) {
                let branches = branches.iter().map(|branch| self.of(branch));
                let branches: Vec<Objects> = branches.collect::<Option<_>>()?;
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
        let own = self.own(members);
        Some(match found {
            None => own,
            Some(known) => both(known, own),
        })
    }
}

impl Branches<'_> {
    fn own(&self, members: &Map<String, Value>) -> Objects {
        let texts = |keyword: &str| {
            let names = members.get(keyword).and_then(Value::as_array);
            names.into_iter().flatten().filter_map(Value::as_str)
        };
        let properties = members.get("properties").and_then(Value::as_object);
        let described = properties
            .into_iter()
            .flatten()
            .filter(|_| self.has_properties);
        Objects {
            required: texts("required").map(str::to_owned).collect(),
            properties: described
                .map(|(name, schema)| (name.clone(), listed(schema, self.components, 0)))
                .collect(),
            open: match members.get("additionalProperties") {
                None => properties.is_none_or(Map::is_empty),
                Some(additional) => *additional != Value::Bool(false),
            },
        }
    }
}

/// The values of an enum, as they are on the wire, with `null` where it is accepted.
fn listed(schema: &Value, components: &Map<String, Value>, hops: usize) -> Option<Vec<Value>> {
    let mut values = match refs::sole_target(schema) {
        Some(_) if hops > MAX_HOPS => return None,
        Some(name) => listed(components.get(&name)?, components, hops + 1)?,
        None => stand_in::values(schema.as_object()?)?,
    };
    if schema.get("nullable") == Some(&Value::Bool(true)) && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Some(values)
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
                add(&mut left, right);
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

/// Adds the values that are not there yet.
pub(crate) fn add(values: &mut Vec<Value>, others: Vec<Value>) {
    for other in others {
        if !values.iter().any(|value| stand_in::is_same(value, &other)) {
            values.push(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn objects(schema: &Value, components: &Map<String, Value>) -> Option<Objects> {
        Branches::new(components).objects(schema)
    }

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

    #[test]
    fn unions_of_unions_are_gone_through_once() {
        let part = |level: usize, branch: usize| json!({"$ref": refs::to_component(&format!("U{level}x{branch}"))});
        let mut components = Map::new();
        for level in 0..8 {
            for branch in 0..8 {
                let parts: Vec<Value> = (0..8).map(|branch| part(level + 1, branch)).collect();
                components.insert(format!("U{level}x{branch}"), json!({"oneOf": parts}));
                components.insert(format!("U8x{branch}"), tag(&format!("t{branch}")));
            }
        }
        let found = objects(&part(0, 0), &components).unwrap();
        assert_eq!(found.properties["kind"].as_ref().map(Vec::len), Some(8));
    }

    #[test]
    fn chains_and_circles_of_references_end() {
        let part = |name: usize| json!({"$ref": refs::to_component(&format!("C{name}"))});
        let mut components: Map<String, Value> = (0..5000)
            .map(|name| (format!("C{name}"), part(name + 1)))
            .collect();
        components.insert("C5000".to_owned(), tag("t"));
        components.insert(
            "Self".to_owned(),
            json!({"oneOf": [tag("t"), {"$ref": refs::to_component("Self")}]}),
        );
        let mut branches = Branches::new(&components);
        assert_eq!(branches.objects(&part(0)), None);
        assert!(branches.objects(&part(4990)).is_some());
        assert_eq!(branches.objects(&components["Self"]), None);
    }

    #[test]
    fn what_may_be_null_has_null_among_its_values() {
        let text = json!({"type": "string", "enum": ["a"]});
        let components = json!({"Text": text});
        let wrapper = json!({"allOf": [{"$ref": refs::to_component("Text")}], "nullable": true});
        let mut or_null = text.clone();
        or_null["nullable"] = json!(true);
        let schema =
            json!({"type": "object", "properties": {"a": or_null, "b": wrapper, "c": text}});
        let found = objects(&schema, components.as_object().unwrap()).unwrap();
        for name in ["a", "b"] {
            assert_eq!(found.properties[name], Some(vec![json!("a"), Value::Null]));
        }
        assert_eq!(found.properties["c"], Some(vec![json!("a")]));
    }
}
