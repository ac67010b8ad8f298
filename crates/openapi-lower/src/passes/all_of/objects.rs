//! Properties, and what else objects and lists have.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::flat::Flat;
use super::merge::{ByProperty, Contradiction, Merger, Part};
use crate::names::pascal;
use crate::pointer::join;
use crate::schema::Schema;

/// Adds `properties`, `required`, `additionalProperties` and `items` of all parts.
pub(super) fn merge(
    merger: &mut Merger<'_, '_>,
    name: &str,
    flats: &[Flat],
    at: &str,
    merged: &mut Schema,
) -> Result<(), Contradiction> {
    let required: BTreeSet<String> = flats
        .iter()
        .filter_map(|flat| flat.schema.get("required")?.as_array())
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let mut properties = Schema::new();
    for (property, parts) in by_property(flats) {
        let place = join(&join(at, "properties"), &property);
        let origin = parts.last().map(|part| part.at.clone()).unwrap_or_default();
        let child = format!("{name}{}", pascal(&property));
        merger.context.origins.copied(&origin, &place);
        let schema = match merger.inner(&child, &parts, &place) {
            Ok(schema) => schema,
            Err(Contradiction) if required.contains(&property) && !merger.is_lenient() => {
                return Err(Contradiction);
            }
            Err(Contradiction) => {
                let last = last_with_more(&parts);
                merger.widened(
                    &place,
                    "the parts describe it differently; the last one that says more than a type counts",
                );
                last
            }
        };
        properties.insert(property, schema);
    }
    closed(merger, flats, at, merged, &properties);
    if !properties.is_empty() {
        merged.insert("properties".to_owned(), Value::Object(properties));
    }
    if !required.is_empty() {
        merged.insert("required".to_owned(), json!(required));
    }
    for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
        let parts: Vec<Part> = flats
            .iter()
            .filter_map(|flat| {
                let schema = flat.schema.get(keyword)?;
                let place = join(&flat.at, keyword);
                schema.is_object().then(|| Part::new(schema.clone(), place))
            })
            .collect();
        let Some(last) = parts.last() else { continue };
        let (place, origin) = (join(at, keyword), last.at.clone());
        merger.context.origins.copied(&origin, &place);
        let schema = match merger.inner(&format!("{name}{suffix}"), &parts, &place) {
            Ok(schema) => schema,
            Err(Contradiction) => {
                merger.widened(
                    &place,
                    "the parts describe it differently; the last one counts",
                );
                last.schema.clone()
            }
        };
        merged.insert(keyword.to_owned(), schema);
    }
    Ok(())
}

fn by_property(flats: &[Flat]) -> ByProperty {
    let mut found = ByProperty::new();
    for flat in flats {
        let properties = flat.schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            let place = join(&join(&flat.at, "properties"), name);
            let part = Part::new(schema.clone(), place);
            found.entry(name.clone()).or_default().push(part);
        }
    }
    found
}

fn last_with_more(parts: &[Part]) -> Value {
    let says_more = |part: &&Part| {
        let members = part.schema.as_object();
        members.is_some_and(|members| {
            let about = [
                "$ref",
                "allOf",
                "oneOf",
                "anyOf",
                "enum",
                "properties",
                "items",
            ];
            about.iter().any(|keyword| members.contains_key(*keyword))
        })
    };
    let found = parts.iter().rev().find(says_more).or(parts.last());
    found.map(|part| part.schema.clone()).unwrap_or_default()
}

/// An object that is closed in one part knows nothing of the properties of the others, so it would never fit. What is
/// meant is that there are no properties but those of all parts.
fn closed(
    merger: &mut Merger<'_, '_>,
    flats: &[Flat],
    at: &str,
    merged: &mut Schema,
    properties: &Schema,
) {
    let objects: Vec<&Flat> = flats
        .iter()
        .filter(|flat| flat.type_name() == Some("object"))
        .collect();
    let is_closed = |flat: &&&Flat| flat.schema.get("additionalProperties") == Some(&json!(false));
    let closed: Vec<&&Flat> = objects.iter().filter(is_closed).collect();
    if closed.is_empty() {
        return;
    }
    let own = |flat: &Flat| {
        let own = flat.schema.get("properties").and_then(Value::as_object);
        own.map_or(0, serde_json::Map::len)
    };
    let has_map = objects.iter().any(|flat| {
        flat.schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
    });
    let knows_all = closed.iter().all(|flat| own(flat) == properties.len());
    let says_properties = |flat: &&&Flat| own(flat) > 0;
    let all_closed = closed.len() == objects.iter().filter(says_properties).count().max(1);
    if (knows_all || all_closed) && !has_map {
        merged.insert("additionalProperties".to_owned(), json!(false));
    }
    if !knows_all {
        merger.widened(
            &join(at, "additionalProperties"),
            "a closed part of `allOf` would refuse the properties of the other parts",
        );
    }
}
