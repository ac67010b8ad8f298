//! Whether a default is a value of its schema, and whether typify can write it.

use serde_json::{Map, Value, json};

use crate::refs;
use crate::schema::{Schema, is_annotation, is_of_type};
use crate::stand_in;

/// References are followed this far; a default further away is not kept.
const MAX_HOPS: usize = 16;

/// What becomes of a default.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fit {
    /// typify takes it, as it is here.
    Written(Value),
    /// A value of the schema that typify does not take.
    Unwritten,
    /// No value of the schema.
    Wrong,
}

/// Where in a schema a value is looked at.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    hops: usize,
    in_union: bool,
}

impl Place {
    fn inside(self) -> Self {
        Self {
            hops: self.hops + 1,
            ..self
        }
    }
}

pub(super) struct Judge<'c> {
    /// Components as they were before this pass, of those that it changes.
    before: &'c Map<String, Value>,
    components: &'c Map<String, Value>,
}

impl<'c> Judge<'c> {
    pub(super) fn new(before: &'c Map<String, Value>, components: &'c Map<String, Value>) -> Self {
        Self { before, components }
    }

    /// Judges strictly: a doubtful default is worth less than a document that generates.
    pub(super) fn fit(&self, value: &Value, schema: &Schema) -> Fit {
        self.at(value, schema, Place::default())
    }

    fn at(&self, value: &Value, schema: &Schema, place: Place) -> Fit {
        if place.hops > MAX_HOPS {
            return Fit::Unwritten;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = refs::component_name(reference)
                .and_then(|name| {
                    self.before
                        .get(&name)
                        .or_else(|| self.components.get(&name))
                })
                .and_then(Value::as_object);
            return target.map_or(Fit::Wrong, |target| self.at(value, target, place.inside()));
        }
        if let Some(Value::Array(all)) = schema.get("allOf") {
            return match all.as_slice() {
                [Value::Object(one)] => self.at(value, one, place.inside()),
                _ => Fit::Unwritten,
            };
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = schema.get(keyword) {
                if let [Value::Object(one)] = branches.as_slice() {
                    return self.at(value, one, place.inside());
                }
                let nullable = schema.get("nullable") == Some(&Value::Bool(true));
                return self.in_union(value, branches, nullable, place);
            }
        }
        if schema.contains_key("enum") {
            return in_enum(value, schema);
        }
        let Some(name) = schema.get("type").and_then(Value::as_str) else {
            let says_nothing = schema
                .keys()
                .all(|keyword| keyword == "nullable" || is_annotation(keyword));
            return if says_nothing {
                Fit::Written(value.clone())
            } else {
                Fit::Unwritten
            };
        };
        let Some(value) = in_type(value, name, place.in_union) else {
            return Fit::Wrong;
        };
        match value {
            Value::String(text) => self::text(text, schema),
            Value::Number(_) => number(value, schema, name),
            Value::Array(items) => self.array(&items, schema, place),
            Value::Object(members) => self.object(&members, schema, place),
            other => Fit::Written(other),
        }
    }

    /// typify takes the first branch that it can read the value into, and writes numbers and flags only behind an option.
    fn in_union(&self, value: &Value, branches: &[Value], nullable: bool, place: Place) -> Fit {
        let place = Place {
            hops: place.hops + 1,
            in_union: true,
        };
        let fits = |value: &Value| -> Vec<Fit> {
            let schemas = branches.iter().filter_map(Value::as_object);
            schemas
                .map(|branch| self.at(value, branch, place))
                .collect()
        };
        let mut found = fits(value).into_iter().enumerate();
        let (position, written) = match found.find(|(_, fit)| *fit != Fit::Wrong) {
            Some((position, Fit::Written(written))) => (position, written),
            Some(_) => return Fit::Unwritten,
            None => return Fit::Wrong,
        };
        let taken_before = fits(&written)
            .iter()
            .take(position)
            .any(|fit| *fit != Fit::Wrong);
        let has_code = nullable || written.as_str().is_some_and(|text| !text.is_empty());
        if has_code && !taken_before {
            Fit::Written(written)
        } else {
            Fit::Unwritten
        }
    }

    fn array(&self, items: &[Value], schema: &Schema, place: Place) -> Fit {
        let least = schema.get("minItems").and_then(Value::as_u64);
        if least.is_some_and(|least| (items.len() as u64) < least) {
            return Fit::Wrong;
        }
        // A tuple.
        if least.is_some() && schema.get("minItems") == schema.get("maxItems") {
            return Fit::Unwritten;
        }
        let repeats = |item: &Value| items.iter().filter(|other| *other == item).count() > 1;
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) && items.iter().any(repeats) {
            return Fit::Wrong;
        }
        let Some(item) = schema.get("items").and_then(Value::as_object) else {
            return Fit::Written(json!(items));
        };
        let mut written = Vec::with_capacity(items.len());
        for value in items {
            match self.at(value, item, place.inside()) {
                Fit::Written(value) => written.push(value),
                other => return other,
            }
        }
        Fit::Written(Value::Array(written))
    }

    fn object(&self, members: &Map<String, Value>, schema: &Schema, place: Place) -> Fit {
        let none = Map::new();
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let required = schema.get("required").and_then(Value::as_array);
        let misses = |name: &Value| {
            name.as_str()
                .is_some_and(|name| !members.contains_key(name))
        };
        if required.into_iter().flatten().any(misses) {
            return Fit::Wrong;
        }
        if members.keys().any(|name| !properties.contains_key(name)) {
            return Fit::Unwritten;
        }
        let mut written = Map::new();
        for (name, property) in properties {
            let Some(property) = property.as_object() else {
                return Fit::Unwritten;
            };
            let Some(value) = members.get(name).or_else(|| property.get("default")) else {
                continue;
            };
            match self.at(value, property, place.inside()) {
                Fit::Written(value) => written.insert(name.clone(), value),
                // The property's own default goes as well.
                _ if !members.contains_key(name) => None,
                other => return other,
            };
        }
        Fit::Written(Value::Object(written))
    }
}

/// The value in a type, where it is of the type or written in another one. In a union another branch is for that one.
fn in_type(value: &Value, name: &str, in_union: bool) -> Option<Value> {
    if is_of_type(value, name) {
        return Some(value.clone());
    }
    if in_union {
        return None;
    }
    let read: Value = match (name, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => json!(value.to_string()),
        ("integer" | "number" | "boolean", Value::String(text)) => {
            serde_json::from_str(text.trim()).ok()?
        }
        _ => return None,
    };
    is_of_type(&read, name).then_some(read)
}

fn in_enum(value: &Value, schema: &Schema) -> Fit {
    if let Some(name) = stand_in::name_of(schema, value) {
        return Fit::Written(json!(name));
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let is_listed = listed.is_some_and(|values| values.contains(value));
    if is_listed && !schema.contains_key(stand_in::EXTENSION) {
        Fit::Written(value.clone())
    } else {
        Fit::Wrong
    }
}

fn number(value: Value, schema: &Schema, name: &str) -> Fit {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let Some(number) = value.as_f64() else {
        return Fit::Wrong;
    };
    if bound("minimum").is_some_and(|least| number < least)
        || bound("maximum").is_some_and(|most| number > most)
    {
        Fit::Wrong
    } else if name == "integer" && !is_in_range(&value, schema) {
        Fit::Unwritten
    } else {
        Fit::Written(value)
    }
}

/// Whether a whole number is one of the Rust type that typify makes of the format.
fn is_in_range(value: &Value, schema: &Schema) -> bool {
    let number = value.as_i64().map(i128::from);
    let Some(number) = number.or(value.as_u64().map(i128::from)) else {
        return false;
    };
    let range = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => i8::MIN.into()..=i8::MAX.into(),
        Some("uint8") => 0..=u8::MAX.into(),
        Some("int16") => i16::MIN.into()..=i16::MAX.into(),
        Some("uint16") => 0..=u16::MAX.into(),
        Some("int" | "int32") => i32::MIN.into()..=i32::MAX.into(),
        Some("uint" | "uint32") => 0..=u32::MAX.into(),
        Some("uint64") => 0..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    };
    range.contains(&number)
}

fn text(text: String, schema: &Schema) -> Fit {
    let length = text.chars().count() as u64;
    let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    if count("minLength").is_some_and(|least| length < least)
        || count("maxLength").is_some_and(|most| length > most)
    {
        return Fit::Wrong;
    }
    // Formats that typify gives types of their own; whether the text is one is theirs to say.
    let typed = matches!(
        schema.get("format").and_then(Value::as_str),
        Some("uuid" | "date" | "date-time" | "ip" | "ipv4" | "ipv6")
    );
    if typed || schema.contains_key("pattern") {
        Fit::Unwritten
    } else {
        Fit::Written(Value::String(text))
    }
}
