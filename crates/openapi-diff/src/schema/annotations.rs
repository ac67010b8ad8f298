//! What schemas say to people, and what servers check.

use std::collections::BTreeSet;

use serde_json::Value;

use super::core::{Core, is_annotation};
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::Placed;
use crate::kind::Kind;
use crate::subject::list;

/// Bounds and patterns, which clients only document (JSON Schema 2020-12 validation §6).
const LIMITS: [&str; 10] = [
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "pattern",
    "uniqueItems",
    "propertyNames",
];

/// Keywords that are compared elsewhere.
const COMPARED: [&str; 19] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maximum",
    "minimum",
    "nullable",
    "oneOf",
    "prefixItems",
    "properties",
    "required",
    "type",
];

impl<'d> Comparison<'d> {
    pub(super) fn annotations(&mut self, old: &Core<'d>, new: &Core<'d>) {
        for (keyword, kind, said) in [
            ("title", Kind::DescriptionChanged, "has another title"),
            (
                "description",
                Kind::DescriptionChanged,
                "has another description",
            ),
            (
                "externalDocs",
                Kind::DescriptionChanged,
                "refers to other documentation",
            ),
            ("default", Kind::DefaultChanged, "has another default"),
            ("example", Kind::ExampleChanged, "has another example"),
            ("examples", Kind::ExampleChanged, "has other examples"),
            ("readOnly", Kind::KeywordChanged, "has another `readOnly`"),
            ("writeOnly", Kind::KeywordChanged, "has another `writeOnly`"),
        ] {
            let (one, other) = (old.said(keyword), new.said(keyword));
            let no = Some(&Value::Bool(false));
            if one != other && one.or(no) != other.or(no) {
                let pointer = match other {
                    Some(_) => new.place_of(keyword),
                    None => new.pointer().to_owned(),
                };
                self.add(Class::Docs, kind, &pointer, said);
            }
        }
        let is = |core: &Core<'d>| core.said("deprecated") == Some(&Value::Bool(true));
        self.deprecation(is(old), is(new), new.pointer(), Class::Docs);
    }

    /// Bounds, and every other keyword, so that no difference goes without a word.
    pub(super) fn keywords(&mut self, old: &Placed<'d>, new: &Placed<'d>, at: &str) {
        let (Some(one), Some(other)) = (old.object(), new.object()) else {
            return;
        };
        let mut limits: BTreeSet<&str> = BTreeSet::new();
        for keyword in LIMITS {
            if meant(keyword, one.get(keyword)) != meant(keyword, other.get(keyword)) {
                limits.insert(keyword);
            }
        }
        for (inclusive, exclusive) in [
            ("minimum", "exclusiveMinimum"),
            ("maximum", "exclusiveMaximum"),
        ] {
            if bound(old, inclusive, exclusive) != bound(new, inclusive, exclusive) {
                limits.insert(inclusive);
            }
        }
        if !limits.is_empty() {
            let said = format!("has another {}", list(limits.into_iter()));
            self.add(Class::Docs, Kind::LimitChanged, at, &said);
        }
        let names = one.keys().chain(other.keys()).map(String::as_str);
        let rest: BTreeSet<&str> = names
            .filter(|name| {
                !LIMITS.contains(name)
                    && !COMPARED.contains(name)
                    && !is_annotation(name)
                    && !name.starts_with('$')
            })
            .filter(|name| one.get(*name) != other.get(*name))
            .collect();
        if !rest.is_empty() {
            let said = format!(
                "has another {}",
                list(rest.into_iter().collect::<Vec<_>>().into_iter())
            );
            self.add(Class::Docs, Kind::KeywordChanged, at, &said);
        }
    }
}

/// A limit that every value keeps is none.
fn meant<'v>(keyword: &str, value: Option<&'v Value>) -> Option<&'v Value> {
    let value = value?;
    let is_vacuous = match keyword {
        "minItems" | "minLength" | "minProperties" => value.as_f64() == Some(0.0),
        "uniqueItems" => value == &Value::Bool(false),
        _ => false,
    };
    (!is_vacuous).then_some(value)
}

/// A bound as a text and whether it is itself out of range: `exclusiveMinimum: 1` of 3.1 is `minimum: 1, exclusiveMinimum:
/// true` of 3.0. Of two, the one that says more is a matter of their values, so both are kept.
fn bound(
    schema: &Placed<'_>,
    inclusive: &str,
    exclusive: &str,
) -> (Option<String>, Option<String>) {
    let number = |value: Option<&Value>| {
        value
            .and_then(Value::as_f64)
            .map(|number| number.to_string())
    };
    let stated = number(schema.get(inclusive));
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => (None, stated),
        Some(out @ Value::Number(_)) => {
            let out = number(Some(out));
            (stated.filter(|stated| Some(stated) != out.as_ref()), out)
        }
        _ => (stated, None),
    }
}
