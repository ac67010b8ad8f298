//! Keywords of values that are no objects and no lists.

use serde_json::{Map, Value, json};

use super::flat::Flat;
use super::merge::{Contradiction, Merger};
use crate::schema::{Schema, is_of_type};
use crate::stand_in;

/// What `objects` and `unions` merge.
const STRUCTURAL: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "items",
    "discriminator",
    "type",
    "enum",
    stand_in::EXTENSION,
];

/// What listed values make needless.
const OF_VALUES: &[&str] = &[
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// Keywords of which the greater value says more.
const AT_LEAST: &[&str] = &["minimum", "minLength", "minItems", "minProperties"];
/// Keywords of which the smaller value says more.
const AT_MOST: &[&str] = &["maximum", "maxLength", "maxItems", "maxProperties"];

/// Flags that belong to a bound: of bounds that differ, the flag of the one that counts.
const FLAGS: &[(&str, &str)] = &[
    ("exclusiveMinimum", "minimum"),
    ("exclusiveMaximum", "maximum"),
];

/// Everything but the structure of all parts.
pub(super) fn merged(merger: &mut Merger<'_, '_>, flats: &[Flat]) -> Result<Schema, Contradiction> {
    let mut merged = Schema::new();
    let name = common_type(flats)?;
    if let Some(name) = name {
        merged.insert("type".to_owned(), json!(name));
    }
    let is_enum = values(flats, name, &mut merged)?;
    for flat in flats {
        for (keyword, value) in &flat.schema {
            let is_decided = is_enum && OF_VALUES.contains(&keyword.as_str());
            let is_flag = FLAGS.iter().any(|(flag, _)| flag == keyword);
            if is_decided || is_flag || STRUCTURAL.contains(&keyword.as_str()) {
                continue;
            }
            match merged.get(keyword) {
                None => {
                    merged.insert(keyword.clone(), value.clone());
                }
                Some(known) if known == value => {}
                Some(known) => {
                    let kept = stricter(keyword, known, value);
                    if kept.is_none() {
                        merger.widened(
                            &flat.at,
                            format!("parts of `allOf` have another `{keyword}` each; the last one counts"),
                        );
                    }
                    merged.insert(keyword.clone(), kept.unwrap_or_else(|| value.clone()));
                }
            }
        }
    }
    for (flag, bound) in FLAGS {
        let Some(kept) = merged.get(*bound).and_then(Value::as_f64) else {
            continue;
        };
        let flags: Vec<&Value> = flats
            .iter()
            .filter(|flat| flat.schema.get(*bound).and_then(Value::as_f64) == Some(kept))
            .filter_map(|flat| flat.schema.get(*flag))
            .collect();
        if !flags.is_empty() {
            let is_exclusive = flags.iter().any(|flag| **flag == Value::Bool(true));
            merged.insert((*flag).to_owned(), json!(is_exclusive));
        }
    }
    Ok(merged)
}

/// The type that is all of those that the parts state. The type of an enum says what stands for its values.
fn common_type(flats: &[Flat]) -> Result<Option<&str>, Contradiction> {
    let mut common = None;
    let plain = flats
        .iter()
        .filter(|flat| !flat.schema.contains_key("enum"));
    for name in plain.filter_map(Flat::type_name) {
        common = match (common, name) {
            (None, name) => Some(name),
            (Some(known), name) if known == name => Some(known),
            (Some("integer"), "number") | (Some("number"), "integer") => Some("integer"),
            _ => return Err(Contradiction),
        };
    }
    Ok(common)
}

/// The values that every enum lists and that are of the type, in the order and under the names of the last enum.
fn values(
    flats: &[Flat],
    type_name: Option<&str>,
    merged: &mut Schema,
) -> Result<bool, Contradiction> {
    let lists: Vec<(&Flat, Vec<Value>)> = flats
        .iter()
        .filter_map(|flat| Some((flat, stand_in::values(&flat.schema)?)))
        .collect();
    let Some((last, on_wire)) = lists.last() else {
        return Ok(false);
    };
    let in_all = |value: &Value| {
        lists
            .iter()
            .all(|(_, values)| values.iter().any(|known| stand_in::is_same(known, value)))
    };
    let is_of = |value: &Value| type_name.is_none_or(|name| is_of_type(value, name));
    let listed = last.schema.get("enum").and_then(Value::as_array);
    let kept: Vec<Value> = listed
        .into_iter()
        .flatten()
        .zip(on_wire)
        .filter(|(_, on_wire)| in_all(on_wire) && is_of(on_wire))
        .map(|(listed, _)| listed.clone())
        .collect();
    if kept.is_empty() {
        return Err(Contradiction);
    }
    merged.insert("enum".to_owned(), Value::Array(kept));
    for keyword in ["type", stand_in::EXTENSION] {
        if let Some(value) = last.schema.get(keyword) {
            merged.insert(keyword.to_owned(), value.clone());
        }
    }
    Ok(true)
}

/// The value of a keyword that says more, if one of them does.
fn stricter(keyword: &str, known: &Value, other: &Value) -> Option<Value> {
    let numbers = known.as_f64().zip(other.as_f64());
    let take_other = match (numbers, keyword) {
        (Some((known, other)), keyword) if AT_LEAST.contains(&keyword) => other > known,
        (Some((known, other)), keyword) if AT_MOST.contains(&keyword) => other < known,
        _ if known.is_boolean() && other.is_boolean() => other == &Value::Bool(true),
        _ => return None,
    };
    Some(if take_other { other } else { known }.clone())
}

/// Whether a schema says nothing that the type does not say.
pub(super) fn is_silent(flats: &[Flat], type_name: &str) -> bool {
    let none = Map::new();
    flats.iter().all(|flat| {
        flat.schema.iter().all(|(keyword, value)| {
            (keyword == "type" && value == type_name)
                || (keyword == "properties" && value.as_object().unwrap_or(&none).is_empty())
        })
    })
}
