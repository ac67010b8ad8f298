//! What OpenAPI 3.0 does not know, and values of the wrong JSON type.

use serde_json::{Map, Value, json};

mod newer;
mod required;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::{Kind, Shape, member};
use crate::pointer::{index, push};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "keywords",
    summary: "Removes members that OpenAPI 3.0 does not know and members of the wrong JSON type, by one table.",
    source: "OpenAPI 3.0.3 §4.7; openapiv3 2.2 refuses a document for one value of the wrong type",
    run: Run::Steps(&[Run::Parts(part), Run::Behind(rest)]),
};

/// Keywords of schemas that 3.0 does not have, and what is lost with them. What is not listed here is unknown to
/// JSON Schema too and so an annotation (JSON Schema 2020-12 core §6.5).
const SCHEMA_KEYWORDS: &[(&str, Effect, &str)] = &[
    (
        "not",
        Effect::Widened,
        "what a value must not be is not checked",
    ),
    (
        "if",
        Effect::Widened,
        "conditions on values are not checked",
    ),
    (
        "then",
        Effect::Widened,
        "conditions on values are not checked",
    ),
    (
        "else",
        Effect::Widened,
        "conditions on values are not checked",
    ),
    (
        "contains",
        Effect::Widened,
        "which items an array must hold is not checked",
    ),
    (
        "minContains",
        Effect::Widened,
        "which items an array must hold is not checked",
    ),
    (
        "maxContains",
        Effect::Widened,
        "which items an array must hold is not checked",
    ),
    (
        "additionalItems",
        Effect::Widened,
        "items behind the listed ones are not checked",
    ),
    (
        "unevaluatedItems",
        Effect::Widened,
        "items behind the listed ones are not checked",
    ),
    (
        "unevaluatedProperties",
        Effect::Widened,
        "properties that are not listed are accepted",
    ),
    (
        "propertyNames",
        Effect::Widened,
        "names of properties are not checked",
    ),
    (
        "patternProperties",
        Effect::Widened,
        "names of properties are not checked",
    ),
    (
        "dependentRequired",
        Effect::Widened,
        "which properties must be there together is not checked",
    ),
    (
        "dependentSchemas",
        Effect::Widened,
        "which properties must be there together is not checked",
    ),
    (
        "dependencies",
        Effect::Widened,
        "which properties must be there together is not checked",
    ),
    (
        "$dynamicRef",
        Effect::Widened,
        "a dynamic reference is not followed",
    ),
    (
        "$recursiveRef",
        Effect::Widened,
        "a dynamic reference is not followed",
    ),
];

/// Keywords that say nothing about values; they go without a note.
const SILENT: &[&str] = &[
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
    "definitions",
    "$self",
    "jsonSchemaDialect",
];

fn part(context: &mut Context<'_>) {
    let (_, kind, place) = context.part();
    let mut at = place.to_owned();
    let mut part = std::mem::take(&mut context.document);
    inside(context, &mut part, kind, &mut at);
    context.document = part;
}

/// What holds the parts: a part that lacks what is required of it is left out.
fn rest(context: &mut Context<'_>) {
    let mut document = std::mem::take(&mut context.document);
    clean(context, &mut document, Kind::Document, &mut String::new());
    context.document = document;
}

/// Whether objects of this kind hold the parts that [`part`] cleans.
fn holds_parts(kind: Kind) -> bool {
    matches!(kind, Kind::Document | Kind::Components | Kind::Paths)
}

fn clean(context: &mut Context<'_>, node: &mut Value, kind: Kind, at: &mut String) {
    let Value::Object(members) = node else { return };
    if kind == Kind::Schema && members.contains_key("$ref") {
        return;
    }
    for (key, mut value) in std::mem::take(members) {
        let mark = push(at, &key);
        if keep(context, &mut value, kind, &key, at) {
            members.insert(key, value);
        }
        at.truncate(mark);
    }
}

/// Whether a member stays; cleans what is in it.
fn keep(
    context: &mut Context<'_>,
    value: &mut Value,
    kind: Kind,
    key: &str,
    at: &mut String,
) -> bool {
    if kind != Kind::Components && key.starts_with("x-") {
        return true;
    }
    let field = match member(kind, key) {
        Some(field) if field.in_3_0 => field,
        // What `payloads` has collected.
        Some(field) if kind == Kind::Document && key == "webhooks" => field,
        _ => {
            let known = SCHEMA_KEYWORDS
                .iter()
                .find(|(name, ..)| kind == Kind::Schema && *name == key);
            match known {
                Some((_, effect, reason)) => context.note(at, "keywords", *effect, *reason),
                None if newer::is_noted(context, value, kind, key, at) => {}
                None if SILENT.contains(&key) => {}
                None => {
                    context.note(
                        at,
                        "keywords",
                        Effect::Exact,
                        format!("`{key}` means nothing in OpenAPI 3.0"),
                    );
                }
            }
            return false;
        }
    };
    // An absent member says the same.
    if value.is_null() && field.shape != Shape::Any {
        context.note(
            at,
            "keywords",
            Effect::Exact,
            format!("`{key}: null` is read as absent"),
        );
        return false;
    }
    if fits(context, value, field.shape, at, holds_parts(kind)) {
        return true;
    }
    context.note(
        at,
        "keywords",
        Effect::Widened,
        format!("the value of `{key}` has the wrong JSON type"),
    );
    false
}

/// Whether a value has a shape, mended where it is clear what is meant.
fn fits(
    context: &mut Context<'_>,
    value: &mut Value,
    shape: Shape,
    at: &mut String,
    is_clean: bool,
) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Text => {
            if let Value::Number(_) | Value::Bool(_) = value {
                *value = Value::String(value.to_string());
            }
            value.is_string()
        }
        Shape::Flag => {
            match value.as_str() {
                Some("true") => *value = Value::Bool(true),
                Some("false") => *value = Value::Bool(false),
                _ => {}
            }
            value.is_boolean()
        }
        Shape::Number => value.is_number(),
        Shape::Count => count(value),
        Shape::Values => value.is_array(),
        Shape::Texts => match value {
            Value::Array(items) => {
                let mut seen = Vec::with_capacity(items.len());
                items.retain(|item| item.is_string());
                // `required` lists each name once (JSON Schema 2020-12 validation §6.5.3).
                items.retain(|item| {
                    if seen.contains(item) {
                        false
                    } else {
                        seen.push(item.clone());
                        true
                    }
                });
                true
            }
            _ => false,
        },
        Shape::TextMap => match value {
            Value::Object(entries) => {
                entries.retain(|_, entry| entry.is_string());
                true
            }
            _ => false,
        },
        Shape::Requirements => match value {
            Value::Array(items) => {
                items.retain(Value::is_object);
                for entry in items
                    .iter_mut()
                    .filter_map(Value::as_object_mut)
                    .flat_map(Map::values_mut)
                {
                    match entry {
                        Value::Array(scopes) => scopes.retain(Value::is_string),
                        other => *other = json!([]),
                    }
                }
                true
            }
            _ => false,
        },
        Shape::Node(kind) => node(context, value, kind, at, is_clean),
        Shape::NodeOrFlag(kind) => value.is_boolean() || node(context, value, kind, at, is_clean),
        Shape::NodeOrList(kind) => node(context, value, kind, at, is_clean),
        Shape::List(kind) => match value {
            Value::Array(items) => {
                list(context, items, kind, at, is_clean);
                true
            }
            _ => false,
        },
        Shape::Map(kind) => match value {
            Value::Object(entries) => {
                for (name, mut entry) in std::mem::take(entries) {
                    let mark = push(at, &name);
                    if node(context, &mut entry, kind, at, is_clean) {
                        entries.insert(name, entry);
                    } else {
                        newer::note_left_out(context, &entry, kind, at);
                    }
                    at.truncate(mark);
                }
                true
            }
            _ => false,
        },
    }
}

fn list(
    context: &mut Context<'_>,
    items: &mut Vec<Value>,
    kind: Kind,
    at: &mut String,
    is_clean: bool,
) {
    let mut kept = Vec::with_capacity(items.len());
    for (position, mut item) in std::mem::take(items).into_iter().enumerate() {
        let mark = push(at, &position.to_string());
        let well_formed = node(context, &mut item, kind, at, is_clean);
        if !well_formed {
            newer::note_left_out(context, &item, kind, at);
        }
        let from = at.clone();
        at.truncate(mark);
        if well_formed {
            context.origins.moved(&from, &index(at, kept.len()));
            kept.push(item);
        }
    }
    *items = kept;
}

/// Counts are non-negative, and progenitor 0.15.1 cuts them to 32 bits.
fn count(value: &mut Value) -> bool {
    if let Some(number) = value.as_f64()
        && number.fract() == 0.0
        && (0.0..=f64::from(u32::MAX)).contains(&number)
    {
        *value = json!(number as u64);
        return true;
    }
    false
}

/// Cleans an object, if it is not clean already, and says whether it has what `openapiv3` requires of its kind.
fn node(
    context: &mut Context<'_>,
    value: &mut Value,
    kind: Kind,
    at: &mut String,
    is_clean: bool,
) -> bool {
    if holds_parts(kind) || !is_clean {
        inside(context, value, kind, at);
    }
    match value {
        Value::Object(members) => required::complete(members, kind),
        _ => false,
    }
}

/// Cleans an object.
fn inside(context: &mut Context<'_>, value: &mut Value, kind: Kind, at: &mut String) {
    if kind == Kind::Parameter || kind == Kind::Header {
        let notes = context.notes.len();
        required::schema_or_content(context, value, at);
        if kind == Kind::Header {
            // No client reads what is said about header fields of responses.
            context.notes.truncate(notes);
        }
    }
    clean(context, value, kind, at);
}

#[cfg(test)]
mod tests;
