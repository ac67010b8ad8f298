//! Which parts of a multipart body are files.
//!
//! A part that is bytes has a name of a file and a media type beside them, so it is no text in Rust. Its schema gets a
//! format of our own, because `binary` elsewhere, in JSON, is a text.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::marks::FILE_PART_FORMAT;
use crate::media::{Media, classify, essence};
use crate::pointer::{index, join};
use crate::refs;
use crate::schema::{Schema, is_annotation};

/// What a media type says that a part is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Carries {
    Bytes,
    /// JSON or a text.
    Value,
}

/// A schema of the body itself, or of one of its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// With what the document says of parts by their names.
    Body(BTreeMap<String, Carries>),
    Part {
        carries: Option<Carries>,
        /// Whether it is all that is said of the part, and not one of several branches.
        is_whole: bool,
    },
}

impl Level {
    pub(super) fn body(encoding: &Map<String, Value>) -> Self {
        let stated = encoding.iter();
        Self::Body(
            stated
                .filter_map(|(name, encoding)| Some((name.clone(), carries(encoding)?)))
                .collect(),
        )
    }

    /// The same for a branch that is not alone.
    fn of_branch(&self) -> Self {
        match self {
            Self::Part { carries, .. } => Self::Part {
                carries: *carries,
                is_whole: false,
            },
            body @ Self::Body(_) => body.clone(),
        }
    }
}

/// A schema in the role of a body or a part.
pub(super) struct Seen {
    /// As it has to be in this role, but for the names of components.
    pub(super) schema: Value,
    /// Components that have a role in it: place below the schema, component, role.
    pub(super) refs: Vec<(String, (String, Level))>,
    /// What is lost, by place below the schema.
    pub(super) losses: Vec<(String, &'static str)>,
}

pub(super) fn look_at(schema: &Value, level: &Level, components: &Map<String, Value>) -> Seen {
    let mut look = Look {
        components,
        refs: Vec::new(),
        losses: Vec::new(),
    };
    let mut schema = schema.clone();
    look.at(&mut schema, level, "");
    Seen {
        schema,
        refs: look.refs,
        losses: look.losses,
    }
}

/// The schema of a body that may have any parts.
pub(super) fn of_any_parts(schema: &Value) -> Option<Value> {
    says_nothing(schema).then(|| json!({"type": "object", "additionalProperties": {"type": "string", "format": FILE_PART_FORMAT}}))
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

struct Look<'c> {
    components: &'c Map<String, Value>,
    refs: Vec<(String, (String, Level))>,
    losses: Vec<(String, &'static str)>,
}

impl Look<'_> {
    fn at(&mut self, schema: &mut Value, level: &Level, at: &str) {
        if let Some(name) = refs::target_of(schema) {
            self.refs.push((at.to_owned(), (name, level.clone())));
            return;
        }
        let Value::Object(members) = schema else {
            return;
        };
        let is_alone = refs::sole_part(members).is_some();
        let of_branch = if is_alone {
            level.clone()
        } else {
            level.of_branch()
        };
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let place = join(at, keyword);
            let branches = members.get_mut(keyword).and_then(Value::as_array_mut);
            for (position, branch) in branches.into_iter().flatten().enumerate() {
                self.at(branch, &of_branch, &index(&place, position));
            }
        }
        match level {
            Level::Body(encoding) => self.parts(members, encoding, at),
            Level::Part { carries, is_whole } => self.part(members, *carries, *is_whole, at),
        }
    }

    fn parts(&mut self, members: &mut Schema, encoding: &BTreeMap<String, Carries>, at: &str) {
        let whole = |carries| Level::Part {
            carries,
            is_whole: true,
        };
        let place = join(at, "properties");
        let properties = members.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let level = whole(encoding.get(name).copied());
            self.at(property, &level, &join(&place, name));
        }
        if let Some(others) = members.get_mut("additionalProperties") {
            self.at(others, &whole(None), &join(at, "additionalProperties"));
        }
    }

    fn part(&mut self, members: &mut Schema, carries: Option<Carries>, is_whole: bool, at: &str) {
        if let Some(items) = members.get_mut("items") {
            let level = Level::Part {
                carries,
                is_whole: true,
            };
            self.at(items, &level, &join(at, "items"));
        }
        if let Some(values) = members.get("additionalProperties")
            && is_binary(refs::resolved(values, self.components))
        {
            // A part that is an object is JSON.
            let message = "the bytes in a map that is one part are sent as texts";
            self.losses
                .push((join(at, "additionalProperties"), message));
        }
        let is_silent = is_whole && says_nothing_of_itself(members);
        match carries {
            None if is_silent => {
                // §4.8.15: a part without a type is bytes. Whoever has a text or JSON for it can send that as well.
                make_binary(members);
                let message = "a part that may be anything is sent as a file";
                self.losses.push((at.to_owned(), message));
            }
            Some(Carries::Bytes) if is_silent || is_any_text(members) => make_binary(members),
            _ => {}
        }
        self.make_file(members, at);
    }

    fn make_file(&mut self, schema: &mut Schema, at: &str) {
        // Whatever media type is stated for it: `binary` says that the bytes are sent as they are.
        if !is_binary_of(schema) {
            return;
        }
        schema.insert("format".to_owned(), json!(FILE_PART_FORMAT));
        let before = schema.len();
        schema.retain(|keyword, _| {
            matches!(keyword.as_str(), "type" | "format" | "nullable")
                || (is_annotation(keyword) && keyword != "default")
        });
        if schema.len() < before {
            self.losses
                .push((at.to_owned(), "the bytes of a file are not checked"));
        }
    }
}

fn is_binary(schema: &Value) -> bool {
    schema.as_object().is_some_and(is_binary_of)
}

fn is_binary_of(schema: &Schema) -> bool {
    let is =
        |keyword: &str, value: &str| schema.get(keyword).and_then(Value::as_str) == Some(value);
    is("type", "string") && is("format", "binary")
}

fn make_binary(schema: &mut Schema) {
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("format".to_owned(), json!("binary"));
}

fn says_nothing_of_itself(schema: &Schema) -> bool {
    let mut keywords = schema.keys();
    keywords.all(|keyword| keyword == "nullable" || is_annotation(keyword))
}

fn is_any_text(schema: &Schema) -> bool {
    schema.get("type").is_some_and(|name| name == "string")
        && schema.keys().all(|keyword| {
            is_annotation(keyword) || matches!(keyword.as_str(), "nullable" | "type")
        })
}

/// What the media types that are stated for a part say (§4.8.15).
fn carries(encoding: &Value) -> Option<Carries> {
    let stated = encoding.get("contentType").and_then(Value::as_str)?;
    let types: Vec<String> = stated.split(',').map(essence).collect();
    if types.iter().all(|one| is_of_bytes(one)) {
        Some(Carries::Bytes)
    } else if types
        .iter()
        .all(|one| !one.contains('*') && (classify(one) == Media::Json || one.starts_with("text/")))
    {
        Some(Carries::Value)
    } else {
        None
    }
}

fn is_of_bytes(media_type: &str) -> bool {
    ["image/", "audio/", "video/"]
        .iter()
        .any(|start| media_type.starts_with(start))
        || [
            "application/octet-stream",
            "application/pdf",
            "application/zip",
        ]
        .contains(&media_type)
}

#[cfg(test)]
mod tests;
