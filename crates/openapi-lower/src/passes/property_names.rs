//! Properties that would be one field of a struct.
//!
//! Of `fooBar` and `foo_bar` the one that is written like the field keeps its name, whatever the order in the document;
//! each other one gets a name that its own tells, so that a property that is added renames at most those with which it
//! clashes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::marks::FieldMark;
use crate::names::{field_name, numbered, spelled};
use crate::pointer::{join, schema_component};
use crate::report::Effect;
use crate::schema::{Schema, is_combined};

pub(crate) const PASS: Pass = Pass {
    name: "property_names",
    summary: "With marks: gives properties that would be one Rust field names of their own; without, keeps one of them.",
    source: "typify 0.8 makes a field of each property, in snake case without symbols, and one called `extra` of the map of all others",
    run: Run::Steps(&[Run::Parts(run), Run::Behind(leave_out_defaults)]),
};

/// The field of what `additionalProperties` describes.
const MAP_FIELD: &str = "extra";

/// The properties that have another name now, or none.
#[derive(Default)]
struct Changed(BTreeSet<String>);

fn run(context: &mut Context<'_>) {
    let (_, _, at) = context.part();
    let at = at.to_owned();
    let Some(name) = schema_component(&at) else {
        return;
    };
    let mut part = std::mem::take(&mut context.document);
    if let Value::Object(schema) = &mut part
        && is_struct(schema)
    {
        let properties = properties(schema);
        let clashing = clashing(&properties, schema);
        if context.options.marks {
            rename(context, &name, schema, &at, &properties, &clashing);
        } else {
            leave_out(context, schema, &at, &clashing);
        }
        context.with(|_, Changed(changed)| changed.extend(clashing));
    }
    context.document = part;
}

fn is_struct(schema: &Schema) -> bool {
    let is_object = schema
        .get("type")
        .map_or(schema.contains_key("properties"), |name| name == "object");
    is_object && !is_combined(schema) && !schema.contains_key("enum")
}

/// All that become fields: what is required is one without being described.
fn properties(schema: &Schema) -> BTreeSet<String> {
    let described = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    let described = described.into_iter().flat_map(Map::keys).cloned();
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    described.chain(required.map(str::to_owned)).collect()
}

fn has_map(schema: &Schema) -> bool {
    schema
        .get("additionalProperties")
        .is_some_and(Value::is_object)
}

/// Those that do not keep the name of their field.
fn clashing(properties: &BTreeSet<String>, schema: &Schema) -> Vec<String> {
    let mut by_field: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in properties {
        by_field.entry(field_name(name)).or_default().push(name);
    }
    let mut found = Vec::new();
    for (field, mut names) in by_field {
        names.sort_by_key(|name| (**name != field, spelled(name) != **name, *name));
        let is_taken = field == MAP_FIELD && has_map(schema);
        let names = names.into_iter().skip(usize::from(!is_taken));
        found.extend(names.cloned());
    }
    found
}

fn rename(
    context: &mut Context<'_>,
    component: &str,
    schema: &mut Schema,
    at: &str,
    properties: &BTreeSet<String>,
    clashing: &[String],
) {
    let mut taken: BTreeSet<String> = properties.iter().map(|name| field_name(name)).collect();
    taken.insert(MAP_FIELD.to_owned());
    for name in clashing {
        let free = candidates(name).find(|candidate| taken.insert(candidate.clone()));
        let new = free.unwrap_or_else(|| name.clone());
        let place = join(&join(at, "properties"), name);
        context.note(
            &place,
            "property_names",
            Effect::Exact,
            format!("the field of `{name}` is called `{new}`, another one has that name"),
        );
        if let Some(Value::Object(described)) = schema.get_mut("properties")
            && let Some(value) = described.remove(name)
        {
            described.insert(new.clone(), value);
            let to = join(&join(at, "properties"), &new);
            context.origins.moved(&place, &to);
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            for entry in required.iter_mut().filter(|entry| *entry == name) {
                *entry = json!(new);
            }
        }
        let marks = context
            .marks
            .fields
            .entry(component.to_owned())
            .or_default();
        let known = marks.remove(name);
        let mark = FieldMark {
            name: name.clone(),
            nullable: known.is_some_and(|mark| mark.nullable),
        };
        marks.insert(new, mark);
    }
}

/// Names for a field whose own name is taken: with its case, with what its name has between its words.
fn candidates(name: &str) -> impl Iterator<Item = String> {
    let is_upper = !name.contains(char::is_lowercase);
    let case = if is_upper { "upper" } else { "pascal" };
    let by_case = name
        .starts_with(char::is_uppercase)
        .then(|| field_name(&format!("{name} {case}")));
    let spelled = match name {
        "" => "empty".to_owned(),
        name => field_name(&spelled(name)),
    };
    let last = field_name(&format!("{name} field"));
    numbered(by_case.into_iter().chain([spelled, last.clone()]), last)
}

/// Keeps one property of each field, and the property where the map has the same field.
fn leave_out(context: &mut Context<'_>, schema: &mut Schema, at: &str, clashing: &[String]) {
    let has_map = has_map(schema);
    for name in clashing {
        let place = join(&join(at, "properties"), name);
        if has_map && field_name(name) == *name && *name == MAP_FIELD {
            context.note(
                &join(at, "additionalProperties"),
                "property_names",
                Effect::Dropped,
                format!("properties that are not described are left out, because `{name}` is one that is"),
            );
            schema.remove("additionalProperties");
            continue;
        }
        context.note(
            &place,
            "property_names",
            Effect::Dropped,
            format!(
                "left out, because another property is `{}` in Rust",
                field_name(name)
            ),
        );
        if let Some(Value::Object(described)) = schema.get_mut("properties") {
            described.remove(name);
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|entry| entry != name);
        }
    }
    // What is left out is still there in values, and of a type that the others need not have.
    match schema.get_mut("additionalProperties") {
        Some(Value::Bool(false)) if !clashing.is_empty() => {
            schema.remove("additionalProperties");
        }
        Some(values @ Value::Object(_)) if !clashing.is_empty() => *values = json!({}),
        _ => {}
    }
}

/// typify writes a default with the names that properties have now. A default that may have another one goes, because
/// one that does not fit makes typify refuse the document.
fn leave_out_defaults(context: &mut Context<'_>) {
    context.with(|context, Changed(changed)| {
        if !changed.is_empty() {
            context.each_schema(|context, schema, at| default(context, schema, at, changed));
        }
    });
}

fn default(context: &mut Context<'_>, schema: &mut Schema, at: &str, changed: &BTreeSet<String>) {
    if schema
        .get("default")
        .is_some_and(|value| has_one_of(value, changed))
    {
        context.note(
            &join(at, "default"),
            "unwritten_defaults",
            Effect::Dropped,
            "typify cannot write the default in Rust: a property has no field of its name; absent stays absent",
        );
        schema.remove("default");
    }
}

fn has_one_of(value: &Value, names: &BTreeSet<String>) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| names.contains(name) || has_one_of(value, names)),
        Value::Array(items) => items.iter().any(|item| has_one_of(item, names)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
