//! What a schema says about values, read once: the parts that make a Rust type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::core::{Core, Target, is_annotation, is_null, stated_types};
use super::scalar::scalar;
use crate::document::{Document, Placed, component_name, local_pointer};

/// A property.
#[derive(Debug, Clone)]
pub(crate) struct Field<'d> {
    pub(crate) schema: Placed<'d>,
    /// The component that it comes from by `allOf`, which is compared by itself.
    pub(crate) from: Option<String>,
}

/// What an object may have beside its listed properties.
#[derive(Debug, Clone)]
pub(crate) enum Extra<'d> {
    /// `additionalProperties: false`. Clients ignore what they do not know, as for the next.
    None,
    /// Nothing is said, or `true`.
    Any,
    /// Of this schema, also of the empty one: an object with fields has one more for these.
    Typed(Placed<'d>),
}

/// Alternatives.
#[derive(Debug, Clone)]
pub(crate) struct Union<'d> {
    pub(crate) keyword: &'static str,
    /// Without `null`.
    pub(crate) branches: Vec<Placed<'d>>,
    /// The property of `discriminator`.
    pub(crate) tag: Option<&'d str>,
    pub(crate) pointer: String,
}

/// The parts of a schema.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape<'d> {
    /// Without `null`; where none is stated, what the keywords are about.
    pub(crate) types: BTreeSet<&'d str>,
    pub(crate) format: Option<&'d str>,
    /// The values of `enum` or `const`, or of a union whose branches are one value each, without `null`.
    pub(crate) values: Option<Vec<&'d Value>>,
    /// Also those of the parts of `allOf`.
    pub(crate) fields: BTreeMap<&'d str, Field<'d>>,
    pub(crate) required: BTreeSet<&'d str>,
    pub(crate) extra: Option<Extra<'d>>,
    pub(crate) items: Option<Placed<'d>>,
    pub(crate) places: Vec<Placed<'d>>,
    pub(crate) union: Option<Union<'d>>,
    /// The plain values of a union that has no others.
    pub(crate) plain: BTreeSet<&'static str>,
}

/// Parts of `allOf` that are read one inside of the other.
const MAX_DEPTH: usize = 32;

impl<'d> Shape<'d> {
    pub(crate) fn of(document: Document<'d>, schema: &Placed<'d>) -> Self {
        let mut shape = Self::default();
        shape.read(document, schema, None, &mut BTreeSet::new(), 0);
        shape.settle(document);
        shape
    }

    fn read(
        &mut self,
        document: Document<'d>,
        schema: &Placed<'d>,
        from: Option<&str>,
        met: &mut BTreeSet<String>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH || !met.insert(schema.pointer.clone()) {
            return;
        }
        if let Some(target) = schema.get("$ref").and_then(local_pointer) {
            let named = component_name(&target, "schemas");
            if let Some(target) = document.at(&target) {
                self.read(document, &target, from.or(named.as_deref()), met, depth + 1);
            }
            return;
        }
        let stated = stated_types(schema.value).unwrap_or_default();
        self.types
            .extend(stated.into_iter().filter(|name| *name != "null"));
        self.format = self.format.or(schema.text("format"));
        if let Some(values) = values(schema.value) {
            self.values = Some(values);
        }
        for (name, property) in schema.members("properties") {
            // A property that is never there.
            if property.value == &Value::Bool(false) {
                continue;
            }
            let field = Field {
                schema: property,
                from: from.map(str::to_owned),
            };
            self.fields.entry(name).or_insert(field);
        }
        let required = schema.get("required").and_then(Value::as_array);
        self.required
            .extend(required.into_iter().flatten().filter_map(Value::as_str));
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) if self.extra.is_none() => self.extra = Some(Extra::None),
            Some(Value::Object(_)) => {
                self.extra = schema.child("additionalProperties").map(Extra::Typed);
            }
            Some(_) if self.extra.is_none() => self.extra = Some(Extra::Any),
            _ => {}
        }
        if self.items.is_none() {
            self.items = schema
                .child("items")
                .filter(|items| items.value.is_object());
        }
        let places = schema.items("prefixItems");
        if !places.is_empty() {
            self.places = places;
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(union) = union(schema, keyword) {
                self.union.get_or_insert(union);
            }
        }
        for part in schema.items("allOf") {
            self.read(document, &part, from, met, depth + 1);
        }
    }

    /// What only the whole tells.
    fn settle(&mut self, document: Document<'d>) {
        // Without fields both are a map of any values.
        if self.fields.is_empty()
            && let Some(Extra::Typed(values)) = &self.extra
            && values
                .object()
                .is_some_and(|said| said.keys().all(|keyword| is_annotation(keyword)))
        {
            self.extra = Some(Extra::Any);
        }
        if let Some(union) = &self.union {
            let ones: Option<Vec<&Value>> = union.branches.iter().map(single_value).collect();
            if self.values.is_none()
                && let Some(values) = ones
            {
                self.values = Some(values);
                self.union = None;
            } else if let Some(plain) = plain_branches(document, union) {
                self.plain = plain;
                self.union = None;
            }
        }
        if self.types.len() > 1 && self.union.is_none() && self.values.is_none() {
            let format = self.format;
            self.plain
                .extend(self.types.iter().map(|name| scalar(name, format)));
        }
        if self.types.is_empty() {
            self.types.extend(self.inferred());
        }
    }

    /// The type that keywords are about where none is stated.
    fn inferred(&self) -> Option<&'static str> {
        if let Some(values) = &self.values {
            let mut types: Vec<&str> = values.iter().map(|value| type_of(value)).collect();
            types.dedup();
            return match types.as_slice() {
                ["string"] => Some("string"),
                ["integer"] => Some("integer"),
                ["number"] => Some("number"),
                ["boolean"] => Some("boolean"),
                _ => None,
            };
        }
        if !self.fields.is_empty() || self.extra.is_some() {
            return Some("object");
        }
        (self.items.is_some() || !self.places.is_empty()).then_some("array")
    }

    /// Whether it is an enum in Rust: several values, or one.
    pub(crate) fn is_enum(&self) -> bool {
        self.values.as_ref().is_some_and(|values| {
            !values.is_empty()
                && !values
                    .iter()
                    .any(|value| value.is_object() || value.is_array())
        })
    }

    /// Whether it is a struct with fields.
    pub(crate) fn is_struct(&self) -> bool {
        !self.fields.is_empty() || matches!(self.extra, Some(Extra::None))
    }

    /// What people call its type. Two that are called otherwise are two Rust types.
    pub(crate) fn name(&self) -> String {
        if self.is_enum() {
            let text = self.types.is_empty() || self.types.contains("string");
            return if text { "an enum of texts" } else { "an enum" }.to_owned();
        }
        if self.union.is_some() {
            return "a union".to_owned();
        }
        if self.plain.len() > 1 {
            let names: Vec<&str> = self.plain.iter().copied().collect();
            return names.join(" or ");
        }
        match self.types.first().copied() {
            Some("object") if self.is_struct() => "an object".to_owned(),
            Some("object") => match &self.extra {
                Some(Extra::Typed(_)) => "a map".to_owned(),
                _ => "any object".to_owned(),
            },
            Some("array") if !self.places.is_empty() => "a list of fixed places".to_owned(),
            Some(name) => scalar(name, self.format).to_owned(),
            None => "any value".to_owned(),
        }
    }

    /// Whether a schema in its place gets a type with a name of its own.
    pub(crate) fn has_name(&self) -> bool {
        self.is_enum() || self.union.is_some() || self.plain.len() > 1 || self.is_struct()
    }
}

fn values(schema: &Value) -> Option<Vec<&Value>> {
    if let Some(value) = schema.get("const") {
        return Some(vec![value]).filter(|_| !value.is_null());
    }
    let listed = schema.get("enum")?.as_array()?;
    let mut values: Vec<&Value> = Vec::new();
    for value in listed.iter().filter(|value| !value.is_null()) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Some(values)
}

/// The one value that a branch is.
fn single_value<'d>(branch: &Placed<'d>) -> Option<&'d Value> {
    if branch.get("$ref").is_some() {
        return None;
    }
    let values = values(branch.value)?;
    match values.as_slice() {
        [one] if !one.is_object() && !one.is_array() => Some(one),
        _ => None,
    }
}

fn union<'d>(schema: &Placed<'d>, keyword: &'static str) -> Option<Union<'d>> {
    let mut branches = schema.items(keyword);
    branches.retain(|branch| !is_null(branch.value));
    // Branches that only say which properties must be there are no types.
    branches.retain(|branch| !is_condition(branch.value));
    let tag = schema
        .get("discriminator")
        .and_then(|found| found.get("propertyName")?.as_str());
    (branches.len() > 1).then(|| Union {
        keyword,
        branches,
        tag,
        pointer: crate::document::join(&schema.pointer, keyword),
    })
}

fn is_condition(schema: &Value) -> bool {
    let only = |keyword: &String| {
        matches!(keyword.as_str(), "required" | "not") || super::core::is_annotation(keyword)
    };
    schema
        .as_object()
        .is_some_and(|members| members.keys().all(only) && members.contains_key("required"))
}

/// The types of branches that are plain values without bounds, each of which is told by its type.
fn plain_branches(document: Document<'_>, union: &Union<'_>) -> Option<BTreeSet<&'static str>> {
    let plain = |branch: &Placed<'_>| {
        let core = Core::of(document, branch.clone());
        let Target::Inline(place) = &core.target else {
            return None;
        };
        let simple = |keyword: &String| {
            matches!(keyword.as_str(), "type" | "format") || super::core::is_annotation(keyword)
        };
        let types = stated_types(place.value)?;
        let [name @ ("string" | "integer" | "number" | "boolean")] = types.as_slice() else {
            return None;
        };
        let is_plain = place
            .object()
            .is_some_and(|members| members.keys().all(simple));
        is_plain.then(|| scalar(name, place.text("format")))
    };
    union.branches.iter().map(plain).collect()
}

pub(crate) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
