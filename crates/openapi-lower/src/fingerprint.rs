//! Telling schemas apart by the values that they accept.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use crate::grammar::{Kind, Shape, member};
use crate::schema::is_annotation;
use crate::stand_in;

/// What two schemas share that accept the same values in the same words: 64 bits, so that two other ones of the same
/// Rust name do not have the same one, and neither is copied to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub(crate) fn of(schema: &Value) -> Self {
        Self(of_value(schema, Some(Kind::Schema)))
    }
}

/// Of a value that the grammar takes for an object of `kind`, or that it does not know.
fn of_value(value: &Value, kind: Option<Kind>) -> u64 {
    match value {
        Value::Object(members) => {
            // The order of the members is that of a build of serde_json, so it must not count.
            let all = members
                .iter()
                .filter(|(keyword, _)| kind != Some(Kind::Schema) || tells_apart(keyword))
                .fold(0_u64, |all, (key, value)| {
                    let shape = kind.and_then(|kind| member(kind, key));
                    let value = of_member(value, shape.map(|field| field.shape));
                    all.wrapping_add(hashed(&(key, value)))
                });
            hashed(&('{', all))
        }
        Value::Array(items) => hashed(&('[', of_items(items, None))),
        Value::String(text) => hashed(&('"', text)),
        Value::Number(number) => hashed(&('0', number.to_string())),
        Value::Bool(flag) => hashed(&('?', flag)),
        Value::Null => hashed(&'-'),
    }
}

fn of_member(value: &Value, shape: Option<Shape>) -> u64 {
    match (shape, value) {
        (Some(Shape::List(kind) | Shape::NodeOrList(kind)), Value::Array(items)) => {
            hashed(&('[', of_items(items, Some(kind))))
        }
        (Some(Shape::Map(kind)), Value::Object(entries)) => {
            let all = entries.iter().fold(0_u64, |all, (name, entry)| {
                all.wrapping_add(hashed(&(name, of_value(entry, Some(kind)))))
            });
            hashed(&('{', all))
        }
        (Some(Shape::Node(kind) | Shape::NodeOrFlag(kind) | Shape::NodeOrList(kind)), value) => {
            of_value(value, Some(kind))
        }
        (_, value) => of_value(value, None),
    }
}

fn of_items(items: &[Value], kind: Option<Kind>) -> Vec<u64> {
    items.iter().map(|item| of_value(item, kind)).collect()
}

/// A default is an annotation, but it changes the type that is generated; so does what a stand-in is for.
fn tells_apart(keyword: &str) -> bool {
    matches!(keyword, "default" | stand_in::EXTENSION) || !is_annotation(keyword)
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_said_to_readers_does_not_count() {
        let schema = json!({"type": "object", "properties": {"title": {"type": "string"}, "b": {"items": {"title": "B"}}}, "oneOf": [{}]});
        let said = json!({"oneOf": [{"description": "d"}], "title": "T", "x-more": 1, "type": "object",
            "properties": {"b": {"items": {"example": 3}, "summary": "s"}, "title": {"type": "string", "title": "t"}}});
        assert_eq!(Fingerprint::of(&schema), Fingerprint::of(&said));
    }

    #[test]
    fn what_tells_which_values_there_are_counts() {
        let all = [
            json!({}),
            json!(true),
            json!({"type": "object"}),
            json!({"type": "object", "default": {}}),
            json!({"type": "object", "default": {"title": "t"}}),
            json!({"properties": {"title": {}}}),
            json!({"properties": {"a": {}, "b": {"type": "string"}}}),
            json!({"properties": {"b": {}, "a": {"type": "string"}}}),
            json!({"allOf": [{"type": "string"}, {"minLength": 1}]}),
            json!({"allOf": [{"minLength": 1}, {"type": "string"}]}),
            json!({"enum": [1]}),
            json!({"enum": [1.0]}),
            json!({"enum": ["1"]}),
            json!({"enum": [["1"]]}),
            json!({"enum": [{"title": "1"}]}),
            json!({"enum": [{"title": "2"}]}),
            json!({stand_in::EXTENSION: {"title": "2"}}),
        ];
        for (position, one) in all.iter().enumerate() {
            for other in &all[position + 1..] {
                assert_ne!(
                    Fingerprint::of(one),
                    Fingerprint::of(other),
                    "{one} {other}"
                );
            }
        }
    }
}
