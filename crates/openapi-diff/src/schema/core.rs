//! What a schema is without its wrappings, in one spelling for all versions of OpenAPI.
//!
//! `nullable: true`, `null` among the types, a branch that is only `null`, and `null` in an enum are one thing (OpenAPI
//! 3.0.3 §4.7.24, JSON Schema 2020-12 validation §6.1.1). A combination of one schema is that schema, which is how 3.0 says
//! something beside a reference.

use serde_json::{Map, Value};

use crate::document::{Document, Placed, component_name, local_pointer};

/// Wrappings that are taken off one after the other.
const MAX_WRAPPINGS: usize = 32;

/// What a schema comes to.
#[derive(Debug, Clone)]
pub(crate) enum Target<'d> {
    /// A component.
    Named(String, Placed<'d>),
    /// Written in its place, or referred to at a place that has no name.
    Inline(Placed<'d>),
}

impl<'d> Target<'d> {
    pub(crate) fn place(&self) -> &Placed<'d> {
        match self {
            Target::Named(_, place) | Target::Inline(place) => place,
        }
    }
}

/// A schema without its wrappings.
#[derive(Debug, Clone)]
pub(crate) struct Core<'d> {
    pub(crate) target: Target<'d>,
    pub(crate) nullable: bool,
    /// The schema itself and the wrappings that were taken off, outermost first. Not the target of a reference, which has
    /// its own texts.
    pub(crate) said: Vec<Placed<'d>>,
}

impl<'d> Core<'d> {
    /// Takes the wrappings off.
    pub(crate) fn of(document: Document<'d>, schema: Placed<'d>) -> Self {
        let mut core = Core {
            target: Target::Inline(schema.clone()),
            nullable: false,
            said: Vec::new(),
        };
        let mut place = schema;
        for _ in 0..MAX_WRAPPINGS {
            core.nullable |= allows_null(place.value);
            core.said.push(place.clone());
            if let Some(pointer) = place.get("$ref").and_then(local_pointer) {
                core.target = match document.at(&pointer) {
                    Some(target) => match component_name(&pointer, "schemas") {
                        Some(name) => Target::Named(name, target),
                        None => Target::Inline(target),
                    },
                    None => Target::Inline(place),
                };
                return core;
            }
            core.target = Target::Inline(place.clone());
            let Some(inner) = only_part(&place) else {
                break;
            };
            place = inner;
        }
        core
    }

    /// The first that is said for a keyword, from the outside in.
    pub(crate) fn said(&self, keyword: &str) -> Option<&'d Value> {
        self.said.iter().find_map(|place| place.get(keyword))
    }

    /// Where a keyword stands, else the schema itself.
    pub(crate) fn place_of(&self, keyword: &str) -> String {
        let found = self.said.iter().find_map(|place| place.child(keyword));
        let own = found.map(|place| place.pointer);
        own.unwrap_or_else(|| self.pointer().to_owned())
    }

    /// Where the schema stands.
    pub(crate) fn pointer(&self) -> &str {
        self.said.first().map_or("", |place| &place.pointer)
    }
}

/// Keywords that say something about the whole beside a combination of one.
fn is_outer(keyword: &str) -> bool {
    matches!(
        keyword,
        "nullable" | "allOf" | "oneOf" | "anyOf" | "$schema" | "discriminator"
    ) || is_annotation(keyword)
}

/// Keywords that leave the set of values as it is (JSON Schema 2020-12 validation §9, OpenAPI 3.0.3 §4.7.24).
pub(crate) fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "$comment"
            | "default"
            | "deprecated"
            | "description"
            | "example"
            | "examples"
            | "externalDocs"
            | "readOnly"
            | "summary"
            | "title"
            | "writeOnly"
            | "xml"
    ) || keyword.starts_with("x-")
}

/// The one schema that a combination is, if nothing else is said beside it but about the whole. A type beside it that
/// the schema has anyway says nothing.
fn only_part<'d>(place: &Placed<'d>) -> Option<Placed<'d>> {
    let members = place.object()?;
    let combined: Vec<&str> = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter(|keyword| members.contains_key(*keyword))
        .collect();
    let [keyword] = combined.as_slice() else {
        return None;
    };
    let others = members.keys().filter(|keyword| !is_outer(keyword));
    if others.into_iter().any(|keyword| keyword != "type") {
        return None;
    }
    let mut parts = place.items(keyword).into_iter().filter(|part| {
        // Each part of `allOf` has to allow it, so there it is no alternative.
        *keyword == "allOf" || !is_null(part.value)
    });
    let part = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    let repeats = match (types_but_null(place.value), types_but_null(part.value)) {
        (None, _) => true,
        (Some(outer), Some(inner)) => outer == inner,
        (Some(outer), None) => part.get("$ref").is_some() && outer == ["object"],
    };
    repeats.then_some(part)
}

/// The types that a schema states.
pub(crate) fn stated_types(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

fn types_but_null(schema: &Value) -> Option<Vec<&str>> {
    let mut types = stated_types(schema)?;
    types.retain(|name| *name != "null");
    Some(types)
}

/// Whether a schema itself says that its value may be `null`.
fn allows_null(schema: &Value) -> bool {
    let by_type = stated_types(schema).is_some_and(|types| types.contains(&"null"));
    let by_flag = schema.get("nullable") == Some(&Value::Bool(true));
    let values = schema.get("enum").and_then(Value::as_array);
    let by_value =
        schema.get("type").is_none() && values.is_some_and(|values| values.contains(&Value::Null));
    let branches = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema.get(*keyword)?.as_array());
    let by_branch = branches.flatten().any(is_null);
    by_type || by_flag || by_value || by_branch
}

/// Whether a schema is `null` and nothing else.
pub(crate) fn is_null(schema: &Value) -> bool {
    let by_type = stated_types(schema)
        .is_some_and(|types| !types.is_empty() && types.iter().all(|name| *name == "null"));
    let values = schema.get("enum").and_then(Value::as_array);
    let by_value = schema.get("const") == Some(&Value::Null)
        || values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
    // Written by several tools for "or null", although it says nothing.
    let by_flag = schema.get("nullable") == Some(&Value::Bool(true))
        && schema
            .as_object()
            .is_some_and(|members: &Map<String, Value>| {
                members
                    .keys()
                    .all(|keyword| keyword == "nullable" || is_annotation(keyword))
            });
    by_type || by_value || by_flag
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn core(schema: Value) -> (bool, Option<String>) {
        let root = json!({"components": {"schemas": {"A": {"type": "object"}}}, "s": schema});
        let document = Document { root: &root };
        let core = Core::of(document, document.at("/s").unwrap());
        let name = match core.target {
            Target::Named(name, _) => Some(name),
            Target::Inline(_) => None,
        };
        (core.nullable, name)
    }

    #[test]
    fn every_way_to_say_or_null_is_one() {
        let a = json!({"$ref": "#/components/schemas/A"});
        for schema in [
            json!({"nullable": true, "allOf": [a]}),
            json!({"oneOf": [a, {"type": "null"}]}),
            json!({"anyOf": [{"enum": [null]}, a], "description": "x"}),
            json!({"oneOf": [a, {"nullable": true}]}),
            json!({"anyOf": [{"allOf": [a]}, {"const": null}]}),
        ] {
            assert_eq!(
                core(schema.clone()),
                (true, Some("A".to_owned())),
                "{schema}"
            );
        }
        assert_eq!(core(json!({"type": ["string", "null"]})), (true, None));
        assert_eq!(
            core(json!({"type": "string", "nullable": true})),
            (true, None)
        );
        assert_eq!(core(json!({"enum": ["a", null]})), (true, None));
        assert_eq!(
            core(json!({"enum": ["a", null], "type": "string"})),
            (false, None)
        );
    }

    #[test]
    fn a_reference_with_more_beside_it_is_no_wrapping() {
        let a = json!({"$ref": "#/components/schemas/A"});
        assert_eq!(
            core(json!({"allOf": [a], "type": "object"})),
            (false, Some("A".to_owned()))
        );
        assert_eq!(core(json!({"allOf": [a], "properties": {}})), (false, None));
        assert_eq!(core(json!({"allOf": [a, a]})), (false, None));
    }
}
