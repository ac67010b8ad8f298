//! Parameters: each is a setter.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde_json::{Value, json};

use crate::calls::{Operation, placeholders};
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed};
use crate::kind::Kind;
use crate::schema::stated_types;
use crate::subject::code;

/// Place and name of a parameter. Those of headers are the same in any case (RFC 9110 §5.1), and those in the path are told
/// by their position.
type Key = (String, String);

/// A parameter and whether the operation itself states it.
type Parameters<'d> = BTreeMap<Key, Placed<'d>>;

/// Headers that OpenAPI says are none of its parameters (OpenAPI 3.1.1 §4.8.12.2).
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

fn parameters<'d>(document: Document<'d>, operation: &Operation<'d>) -> Parameters<'d> {
    let mut found = BTreeMap::new();
    let names = placeholders(&operation.path);
    // Those of the operation replace those of the path item.
    for stated in operation
        .item
        .items("parameters")
        .into_iter()
        .chain(operation.place.items("parameters"))
    {
        let parameter = document.resolved(stated);
        let (Some(place), Some(name)) = (parameter.text("in"), parameter.text("name")) else {
            continue;
        };
        let lower = name.to_lowercase();
        let key = match place {
            "header" if IGNORED.contains(&lower.as_str()) => continue,
            "header" => lower,
            "path" => match names.iter().position(|placeholder| *placeholder == name) {
                Some(position) => format!("{position:04}"),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        };
        found.insert((place.to_owned(), key), parameter);
    }
    found
}

impl<'d> Comparison<'d> {
    pub(crate) fn parameters(&mut self, old: &Operation<'d>, new: &Operation<'d>) {
        let mut gone = parameters(self.old, old);
        let mut come = parameters(self.new, new);
        let keys: Vec<Key> = gone
            .keys()
            .filter(|key| come.contains_key(*key))
            .cloned()
            .collect();
        for key in keys {
            if let (Some(one), Some(other)) = (gone.remove(&key), come.remove(&key)) {
                self.parameter(&one, &other);
            }
        }
        // One name at another place.
        let left: Vec<Key> = gone.keys().cloned().collect();
        for key in left {
            let is_one =
                |parameter: &Placed<'d>| parameter.text("name").map(ToSnakeCase::to_snake_case);
            let name = gone.get(&key).and_then(is_one);
            let mut others = come
                .iter()
                .filter(|(_, other)| is_one(other) == name)
                .map(|(key, _)| key.clone());
            let (Some(to), None) = (others.next(), others.next()) else {
                continue;
            };
            if let (Some(one), Some(other)) = (gone.remove(&key), come.remove(&to)) {
                let said = format!("was one of the {} before", place_name(&key.0));
                self.add(
                    Class::Compatible,
                    Kind::ParameterMoved,
                    &other.pointer,
                    &said,
                );
                self.parameter(&one, &other);
            }
        }
        for parameter in gone.values() {
            if self.is_new(&parameter.pointer, "") {
                self.add_gone(
                    Class::Breaking,
                    Kind::ParameterRemoved,
                    &parameter.pointer,
                    "is gone",
                );
            }
        }
        for parameter in come.values() {
            if !self.is_new("", &parameter.pointer) {
                continue;
            }
            if is_required(parameter) {
                self.add(
                    Class::Breaking,
                    Kind::RequiredParameterAdded,
                    &parameter.pointer,
                    "is new and required",
                );
            } else {
                self.add(
                    Class::Compatible,
                    Kind::ParameterAdded,
                    &parameter.pointer,
                    "is new",
                );
            }
        }
    }

    fn parameter(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        // Several operations may share it.
        if !self.is_new(&old.pointer, &new.pointer) {
            return;
        }
        let at = &new.pointer;
        if let (Some(one), Some(other)) = (old.text("name"), new.text("name"))
            && one != other
        {
            let class = match one.to_snake_case() == other.to_snake_case() {
                true => Class::Compatible,
                false => Class::Breaking,
            };
            self.add(
                class,
                Kind::ParameterRenamed,
                at,
                &format!("was called {} before", code(one)),
            );
        }
        match (is_required(old), is_required(new)) {
            (false, true) => self.add(
                Class::Breaking,
                Kind::ParameterRequired,
                at,
                "is required now",
            ),
            (true, false) => self.add(
                Class::Compatible,
                Kind::ParameterOptional,
                at,
                "may be left out now",
            ),
            _ => {}
        }
        // At another place there are other styles.
        let is_styled = old.text("in") == new.text("in")
            && old.get("content").is_none()
            && new.get("content").is_none();
        if is_styled && style(old) != style(new) {
            self.add(
                Class::Compatible,
                Kind::ParameterStyleChanged,
                at,
                "is written in another style",
            );
        }
        self.texts(old, new, Class::Docs);
        match (schema(old), schema(new)) {
            (Some(one), Some(other)) => {
                let (one_media, other_media) = (media_type(old), media_type(new));
                if one_media != other_media {
                    self.add(
                        Class::Compatible,
                        Kind::ParameterStyleChanged,
                        at,
                        "is written in another media type",
                    );
                }
                self.later(one, other);
            }
            (None, None) => {}
            _ => self.add(
                Class::Breaking,
                Kind::TypeChanged,
                at,
                "has a schema now, or has none any more",
            ),
        }
    }
}

fn is_required(parameter: &Placed<'_>) -> bool {
    parameter.flag("required") || parameter.text("in") == Some("path")
}

/// Style and explode with what they are by default (OpenAPI 3.1.1 §4.8.12.2).
fn style(parameter: &Placed<'_>) -> (String, Value) {
    let usual = match parameter.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = parameter.text("style").unwrap_or(usual);
    let explode = parameter.get("explode").cloned();
    // A single value is the same either way.
    let types = schema(parameter)
        .and_then(|schema| stated_types(schema.value))
        .unwrap_or_default();
    let is_single = !types.is_empty() && !types.contains(&"array") && !types.contains(&"object");
    match is_single {
        true => (style.to_owned(), Value::Null),
        false => (
            style.to_owned(),
            explode.unwrap_or_else(|| json!(style == "form")),
        ),
    }
}

fn schema<'d>(parameter: &Placed<'d>) -> Option<Placed<'d>> {
    if let Some(schema) = parameter.child("schema") {
        return Some(schema);
    }
    let content = parameter.members("content");
    content.first()?.1.child("schema")
}

fn media_type<'d>(parameter: &Placed<'d>) -> Option<&'d str> {
    Some(parameter.members("content").first()?.0)
}

fn place_name(place: &str) -> &'static str {
    match place {
        "query" => "query",
        "header" => "headers",
        "path" => "path",
        _ => "cookies",
    }
}
