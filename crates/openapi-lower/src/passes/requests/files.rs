//! Which parts of a multipart body are files.
//!
//! A part that is bytes has a name of a file and a media type beside them, so it is no text in Rust. Its schema gets a
//! format of our own, because `binary` elsewhere, in JSON, is a text.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Multipart;
use crate::context::Context;
use crate::marks::FILE_PART_FORMAT;
use crate::media::essence;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

/// A schema of the body itself, or of one of its parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Body,
    Part,
}

/// Components that are still to be looked at.
type Queue = Vec<(String, Level, Map<String, Value>)>;

pub(super) fn mark(context: &mut Context<'_>, document: &mut Value, multiparts: &[Multipart]) {
    let mut queue = Queue::new();
    for multipart in multiparts {
        if let Some(schema) = document
            .pointer_mut(&multipart.pointer)
            .and_then(|media| media.get_mut("schema"))
        {
            let at = join(&multipart.pointer, "schema");
            if says_nothing(schema) {
                *schema = json!({"type": "object", "additionalProperties": {"type": "string", "format": FILE_PART_FORMAT}});
            }
            look(
                context,
                schema,
                Level::Body,
                &multipart.encoding,
                &at,
                &mut queue,
            );
        }
    }
    let mut seen = BTreeSet::new();
    while let Some((name, level, encoding)) = queue.pop() {
        // Two bodies may describe the parts of one component; who comes first decides.
        if !seen.insert((name.clone(), level)) {
            continue;
        }
        let at = join("/components/schemas", &name);
        if let Some(schema) = document.pointer_mut(&at) {
            look(context, schema, level, &encoding, &at, &mut queue);
        }
    }
}

/// Whether the body may have any parts.
fn says_nothing(schema: &Value) -> bool {
    schema.as_object().is_some_and(|schema| {
        schema.iter().all(|(keyword, value)| {
            is_annotation(keyword)
                || (keyword == "type" && value == "object")
                || (keyword == "properties" && value == &json!({}))
                || (keyword == "additionalProperties" && (value == &json!({}) || value == true))
        })
    })
}

fn look(
    context: &mut Context<'_>,
    schema: &mut Value,
    level: Level,
    encoding: &Map<String, Value>,
    at: &str,
    queue: &mut Queue,
) {
    if let Some(name) = refs::target_of(schema) {
        queue.push((name, level, encoding.clone()));
        return;
    }
    let Value::Object(members) = schema else {
        return;
    };
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let place = join(at, keyword);
        let branches = members.get_mut(keyword).and_then(Value::as_array_mut);
        for (position, branch) in branches.into_iter().flatten().enumerate() {
            let place = crate::pointer::index(&place, position);
            look(context, branch, level, encoding, &place, queue);
        }
    }
    match level {
        Level::Body => {
            let place = join(at, "properties");
            let properties = members.get_mut("properties").and_then(Value::as_object_mut);
            for (name, property) in properties.into_iter().flatten() {
                if is_sent_as_bytes(encoding.get(name)) {
                    make_binary(property);
                }
                let place = join(&place, name);
                look(context, property, Level::Part, encoding, &place, queue);
            }
            if let Some(others) = members.get_mut("additionalProperties") {
                let place = join(at, "additionalProperties");
                look(context, others, Level::Part, encoding, &place, queue);
            }
        }
        Level::Part => {
            if let Some(items) = members.get_mut("items") {
                look(context, items, level, encoding, &join(at, "items"), queue);
            }
            if says_nothing_of_itself(members) {
                // §4.8.15: a part without a type is bytes. Whoever has a text or JSON for it can send that as well.
                members.insert("type".to_owned(), json!("string"));
                members.insert("format".to_owned(), json!("binary"));
                let message = "a part that may be anything is sent as a file";
                context.note(at, "requests", Effect::Exact, message);
            }
            make_file(context, members, at);
        }
    }
}

fn says_nothing_of_itself(schema: &Schema) -> bool {
    let mut keywords = schema.keys();
    keywords.all(|keyword| keyword == "nullable" || is_annotation(keyword))
}

/// Whether the part's media type is one of bytes (§4.8.15).
fn is_sent_as_bytes(encoding: Option<&Value>) -> bool {
    let stated = encoding.and_then(|encoding| encoding.get("contentType"));
    let stated = stated.and_then(Value::as_str).unwrap_or_default();
    !stated.is_empty()
        && stated.split(',').map(essence).all(|media_type| {
            ["image/", "audio/", "video/"]
                .iter()
                .any(|start| media_type.starts_with(start))
                || [
                    "application/octet-stream",
                    "application/pdf",
                    "application/zip",
                ]
                .contains(&media_type.as_str())
        })
}

/// A part of bytes that 3.1 describes by its media type alone.
fn make_binary(schema: &mut Value) {
    let Value::Object(members) = schema else {
        return;
    };
    let is_open = members.iter().all(|(keyword, value)| {
        is_annotation(keyword) || keyword == "nullable" || (keyword == "type" && value == "string")
    });
    if is_open {
        members.insert("type".to_owned(), json!("string"));
        members.insert("format".to_owned(), json!("binary"));
    } else if let Some(items) = members.get_mut("items") {
        make_binary(items);
    }
}

fn make_file(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let is =
        |keyword: &str, value: &str| schema.get(keyword).and_then(Value::as_str) == Some(value);
    if !is("type", "string") || !is("format", "binary") {
        return;
    }
    schema.insert("format".to_owned(), json!(FILE_PART_FORMAT));
    let before = schema.len();
    schema.retain(|keyword, _| {
        matches!(keyword.as_str(), "type" | "format" | "nullable")
            || (is_annotation(keyword) && keyword != "default")
    });
    if schema.len() < before {
        context.note(
            at,
            "requests",
            Effect::Widened,
            "the bytes of a file are not checked",
        );
    }
}
