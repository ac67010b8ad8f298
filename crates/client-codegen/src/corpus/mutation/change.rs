//! One change in one place.

use serde_json::{Map, Value, json};

use super::{Random, odd};

/// No value that is put somewhere is larger, so that a few changes do not make a document of gigabytes.
const LARGEST: usize = 2000;

/// Changes a value in one place.
pub(super) fn change(document: &mut Value, random: &mut Random) {
    let places = places(document);
    let Some(at) = random.pick(&places).cloned() else {
        return;
    };
    let other = random
        .pick(&places)
        .and_then(|other| document.pointer(other))
        .filter(|value| size(value) <= LARGEST)
        .cloned();
    let references = targets(document);
    let Some(value) = document.pointer_mut(&at) else {
        return;
    };
    match random.below(14) {
        0 => remove_member(value, random),
        1 => rename_member(value, random, false),
        2 => rename_member(value, random, true),
        3 => *value = other.unwrap_or_default(),
        4 => *value = odd::value(random),
        5 | 6 => refer(value, &references, random),
        7 => wrap(value, random),
        8 => nest(value, random),
        9 => refer_to_above(value, &at),
        10..=12 => add_member(value, random),
        _ => duplicate_item(value, random),
    }
}

/// Every place of a document but the root, as JSON pointers.
fn places(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    open.push((format!("{at}/{}", openapi_pages::escape(key)), member));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    open.push((format!("{at}/{index}"), item));
                }
            }
            _ => {}
        }
        if !at.is_empty() {
            found.push(at);
        }
    }
    found
}

fn size(value: &Value) -> usize {
    let mut count = 0;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        count += 1;
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    count
}

/// References to every component.
fn targets(document: &Value) -> Vec<String> {
    let kinds = document.get("components").and_then(Value::as_object);
    let mut found = Vec::new();
    for (kind, components) in kinds.into_iter().flatten() {
        for name in components.as_object().into_iter().flat_map(Map::keys) {
            let name = openapi_pages::escape(name);
            found.push(format!("#/components/{kind}/{name}"));
        }
    }
    found
}

fn key(members: &Map<String, Value>, random: &mut Random) -> Option<String> {
    let keys: Vec<&String> = members.keys().collect();
    random.pick(&keys).map(|key| (*key).clone())
}

fn remove_member(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(members) => {
            if let Some(key) = key(members, random) {
                members.remove(&key);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        _ => *value = Value::Null,
    }
}

/// Gives a member an odd name or one that is the same in Rust; keeps the old one, too, if `copy`.
fn rename_member(value: &mut Value, random: &mut Random, copy: bool) {
    let Value::Object(members) = value else {
        return;
    };
    let Some(old) = key(members, random) else {
        return;
    };
    let new = match random.below(4) {
        0 => old.to_uppercase(),
        1 => format!("{old}_"),
        2 => old.replace(['_', '-'], ""),
        _ => random
            .pick(odd::NAMES)
            .copied()
            .unwrap_or_default()
            .to_owned(),
    };
    let moved = members
        .get(&old)
        .filter(|value| size(value) <= LARGEST)
        .cloned();
    if let Some(moved) = moved {
        if !copy {
            members.remove(&old);
        }
        members.insert(new, moved);
    }
}

fn refer(value: &mut Value, targets: &[String], random: &mut Random) {
    let odd = random.pick(odd::REFERENCES).copied().unwrap_or_default();
    let reference = match random.below(4) {
        0 => odd,
        _ => random.pick(targets).map_or(odd, String::as_str),
    };
    match value {
        // Something beside it, which 3.0 ignores and 3.1 does not.
        Value::Object(members) if random.below(2) == 0 => {
            members.insert("$ref".to_owned(), json!(reference));
        }
        _ => *value = json!({"$ref": reference}),
    }
}

fn wrap(value: &mut Value, random: &mut Random) {
    let inner = value.take();
    let twin = if size(&inner) <= LARGEST {
        inner.clone()
    } else {
        Value::Null
    };
    *value = match random.below(8) {
        0 => json!({"allOf": [inner]}),
        1 => json!({"allOf": [inner, twin]}),
        2 => json!({"oneOf": [inner, twin]}),
        3 => json!({"oneOf": [inner, {"type": "null"}]}),
        4 => json!({"anyOf": [inner, {}, {"type": "string"}]}),
        5 => json!({"not": inner}),
        6 => json!([inner]),
        _ => json!({"type": "array", "items": inner}),
    };
}

fn nest(value: &mut Value, random: &mut Random) {
    let levels = [1, 3, 20, 140];
    for _ in 0..random.pick(&levels).copied().unwrap_or(1) {
        let inner = value.take();
        *value = match random.below(4) {
            0 => json!({"type": "object", "properties": {"a": inner}}),
            1 => json!({"type": "array", "items": inner}),
            2 => json!({"allOf": [inner]}),
            _ => json!({"additionalProperties": inner}),
        };
    }
}

/// A value that refers to a component that it is in.
fn refer_to_above(value: &mut Value, at: &str) {
    let segments: Vec<&str> = at.split('/').take(4).collect();
    let reference = json!({"$ref": format!("#{}", segments.join("/"))});
    match value {
        Value::Array(items) => items.push(reference),
        _ => *value = reference,
    }
}

fn add_member(value: &mut Value, random: &mut Random) {
    let (name, member) = odd::member(random);
    match value {
        Value::Object(members) => {
            members.insert(name.to_owned(), member);
        }
        Value::Array(items) => items.push(member),
        other => *other = member,
    }
}

fn duplicate_item(value: &mut Value, random: &mut Random) {
    let Value::Array(items) = value else {
        return;
    };
    let item = random
        .pick(items)
        .filter(|item| size(item) <= LARGEST)
        .cloned();
    items.extend(item);
}
