//! The places of mistakes, compared with those that a decoder finds which keeps track of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use serde_path_to_error::Segment;

use super::path_of;
use crate::formatted::Formatted;
use crate::nullable::Nullable;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only decoding matters here")]
struct Order {
    number: u64,
    #[serde(default, deserialize_with = "crate::integers")]
    weights: Option<Vec<i64>>,
    #[serde(deserialize_with = "crate::null_as_empty")]
    lines: Vec<Line>,
    #[serde(default)]
    by_shelf: BTreeMap<String, Vec<f64>>,
    #[serde(default)]
    note: Nullable<String>,
    paid: bool,
    state: State,
    place: (f64, f64),
    #[serde(default)]
    parent: Option<Box<Order>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only decoding matters here")]
struct Line {
    id: Formatted<std::net::IpAddr>,
    #[serde(default)]
    tags: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
enum State {
    Open,
    Closed,
}

fn order(parent: &Value) -> Value {
    json!({
        "number": 7,
        "weights": [1, 2],
        "lines": [{ "id": "::1", "tags": [["a", "b"], []] }, { "id": "" }],
        "by_shelf": { "a b": [1.5], "c": [], "\"\\": [2] },
        "note": null,
        "paid": true,
        "state": "Closed",
        "place": [1, 2.5],
        "parent": parent,
    })
}

/// Each text that differs from `value` in one place.
fn mistaken(value: &Value) -> Vec<Value> {
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0.5),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "a": 1 }),
    ];
    let mut all = others.to_vec();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                for wrong in mistaken(item) {
                    let mut items = items.clone();
                    items[index] = wrong;
                    all.push(Value::Array(items));
                }
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                for wrong in mistaken(item) {
                    let mut entries = entries.clone();
                    entries.insert(key.clone(), wrong);
                    all.push(Value::Object(entries));
                }
                let mut entries = entries.clone();
                entries.remove(key);
                all.push(Value::Object(entries));
            }
        }
        _ => {}
    }
    all
}

fn expected(text: &str) -> Option<String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let error = serde_path_to_error::deserialize::<_, Order>(&mut deserializer).err()?;
    let mut path = "$".to_owned();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => path.push_str(&format!("[{index}]")),
            Segment::Map { key } => super::push_key(&mut path, key),
            // The text that should have been a variant.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    Some(path)
}

#[test]
fn a_place_is_where_a_decoder_finds_it() {
    let good = order(&order(&json!(null)));
    let (mut compared, mut differing) = (0, Vec::new());
    for wrong in mistaken(&good) {
        for text in [
            wrong.to_string(),
            serde_json::to_string_pretty(&wrong).unwrap(),
        ] {
            let Some(expected) = expected(&text) else {
                continue;
            };
            let error = serde_json::from_str::<Order>(&text).unwrap_err();
            let found = path_of(&error, text.as_bytes());
            compared += 1;
            // A list in a list, where a number should be: see `in_list`.
            let is_inner = error
                .to_string()
                .starts_with("invalid type: sequence, expected i64")
                && found == format!("{expected}[0]");
            if found != expected && !is_inner {
                differing.push(format!("{expected} is {found} ({error}) in {text}"));
            }
        }
    }
    assert!(compared > 500, "{compared}");
    assert!(
        differing.is_empty(),
        "{} of {compared}:\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn a_body_that_breaks_off_does_so_where_a_decoder_finds_it() {
    let good = order(&order(&json!(null)));
    let mut differing = Vec::new();
    for text in [
        good.to_string(),
        serde_json::to_string_pretty(&good).unwrap(),
    ] {
        for end in (1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let text = &text[..end];
            let expected = expected(text).unwrap();
            let error = serde_json::from_str::<Order>(text).unwrap_err();
            let found = path_of(&error, text.as_bytes());
            if found != expected {
                differing.push(format!("{expected} is {found} ({error}) in {text}"));
            }
        }
    }
    assert!(
        differing.is_empty(),
        "{}:\n{}",
        differing.len(),
        differing.join("\n")
    );
}
