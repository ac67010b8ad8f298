//! What a sample lost on its way through a decoder and an encoder.

use std::collections::BTreeSet;
use std::fmt;

use chrono::DateTime;
use serde_json::{Map, Value};

use crate::sampler::follow;

/// Something that is not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where in the sample.
    pub pointer: String,
    /// In which way.
    pub cause: Cause,
    /// What the sample has there.
    pub sample: Option<Value>,
    /// What came back.
    pub result: Option<Value>,
}

/// Ways in which a result differs from its sample, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The same time or UUID is written in another way.
    Rewritten,
    /// A property that was null is absent.
    LostNull,
    /// A property that was absent is null.
    AddedNull,
    /// A property that was an empty list or map is absent.
    LostEmpty,
    /// A property that was absent has a value.
    Added,
    /// A property that had a value is absent.
    Lost,
    /// Another value.
    Changed,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LostNull => "lost null of an optional property",
            Self::LostEmpty => "lost empty list or map",
            Self::Lost => "lost property",
            Self::AddedNull => "added null",
            Self::Added => "added default",
            Self::Rewritten => "time or UUID written another way",
            Self::Changed => "changed value",
        })
    }
}

pub(crate) fn differences(
    document: &Value,
    pointer: &str,
    sample: &Value,
    result: &Value,
) -> Vec<Difference> {
    let mut walk = Walk {
        document,
        found: Vec::new(),
    };
    let schemas: Vec<&Value> = document.pointer(pointer).into_iter().collect();
    walk.value("", Some(sample), Some(result), &schemas);
    walk.found
}

struct Walk<'a> {
    document: &'a Value,
    found: Vec<Difference>,
}

impl<'a> Walk<'a> {
    fn say(&mut self, pointer: &str, cause: Cause, sample: Option<&Value>, result: Option<&Value>) {
        self.found.push(Difference {
            pointer: pointer.to_owned(),
            cause,
            sample: sample.cloned(),
            result: result.cloned(),
        });
    }

    fn value(
        &mut self,
        pointer: &str,
        sample: Option<&Value>,
        result: Option<&Value>,
        schemas: &[&'a Value],
    ) {
        let (Some(one), Some(other)) = (sample, result) else {
            return;
        };
        let schemas = self.expand(schemas);
        match (one, other) {
            (Value::Object(one), Value::Object(other)) => {
                self.object(pointer, one, other, &schemas)
            }
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                for (index, (one, other)) in one.iter().zip(other).enumerate() {
                    let items: Vec<&Value> = schemas
                        .iter()
                        .filter_map(|schema| item_of(schema, index))
                        .collect();
                    self.value(
                        &format!("{pointer}/{index}"),
                        Some(one),
                        Some(other),
                        &items,
                    );
                }
            }
            (Value::Number(_), Value::Number(_)) if same_number(one, other) => {}
            (Value::String(one_text), Value::String(other_text)) if one_text != other_text => {
                let cause = if means_the_same(one_text, other_text) {
                    Cause::Rewritten
                } else {
                    Cause::Changed
                };
                self.say(pointer, cause, sample, result);
            }
            (one, other) if one == other => {}
            _ => self.say(pointer, Cause::Changed, sample, result),
        }
    }

    fn object(
        &mut self,
        pointer: &str,
        one: &Map<String, Value>,
        other: &Map<String, Value>,
        schemas: &[&'a Value],
    ) {
        for (name, value) in one {
            let (listed, properties) = properties_of(schemas, name);
            let below = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            match other.get(name) {
                Some(result) => self.value(&below, Some(value), Some(result), &properties),
                // Nothing says that this property means something.
                None if !listed => {}
                None => {
                    let empty = value.as_array().is_some_and(Vec::is_empty)
                        || value.as_object().is_some_and(Map::is_empty);
                    let cause = match value {
                        Value::Null => Cause::LostNull,
                        _ if empty => Cause::LostEmpty,
                        _ => Cause::Lost,
                    };
                    self.say(&below, cause, Some(value), None);
                }
            }
        }
        for (name, value) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
            let cause = if value.is_null() {
                Cause::AddedNull
            } else {
                Cause::Added
            };
            self.say(&format!("{pointer}/{name}"), cause, None, Some(value));
        }
    }

    /// All schemas that may speak of a value, references and branches followed.
    fn expand(&self, schemas: &[&'a Value]) -> Vec<&'a Value> {
        let mut open: Vec<&Value> = schemas.to_vec();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut all = Vec::new();
        while let Some(schema) = open.pop() {
            all.push(schema);
            if let Some(reference) = schema
                .get("$ref")
                .and_then(Value::as_str)
                .filter(|reference| seen.insert(reference))
            {
                open.extend(follow(self.document, reference));
            }
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
}

fn item_of(schema: &Value, index: usize) -> Option<&Value> {
    schema
        .get("prefixItems")
        .and_then(|items| items.get(index))
        .or_else(|| schema.get("items"))
}

/// Whether a property means something, and the schemas that say what.
fn properties_of<'a>(schemas: &[&'a Value], name: &str) -> (bool, Vec<&'a Value>) {
    let listed: Vec<&Value> = schemas
        .iter()
        .filter_map(|schema| schema.get("properties")?.get(name))
        .collect();
    if !listed.is_empty() {
        return (true, listed);
    }
    let open = |schema: &&'a Value| {
        let additional = schema
            .get("additionalProperties")
            .filter(|schema| schema.is_object());
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        additional
            .into_iter()
            .chain(patterns.into_iter().flat_map(|patterns| patterns.values()))
            .collect::<Vec<_>>()
    };
    let open: Vec<&Value> = schemas.iter().flat_map(open).collect();
    let lists_none = !schemas
        .iter()
        .any(|schema| schema.get("properties").is_some());
    (lists_none || !open.is_empty(), open)
}

fn same_number(one: &Value, other: &Value) -> bool {
    one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
}

fn means_the_same(one: &str, other: &str) -> bool {
    let times = (
        DateTime::parse_from_rfc3339(one),
        DateTime::parse_from_rfc3339(other),
    );
    let same_time = matches!(times, (Ok(one), Ok(other)) if one == other);
    let uuid = one.len() == 36 && one.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    same_time || uuid && one.eq_ignore_ascii_case(other)
}
