//! Schemas with a discriminator that others extend by `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::context::Context;
use crate::pointer::{is_entry, join};
use crate::refs;
use crate::report::Effect;

/// Says where a value is read as the schema that it extends, without what it adds (OpenAPI 3.1.1 §4.8.25.4).
pub(super) fn note(context: &mut Context<'_>) {
    let extended = extended(context.schemas());
    if extended.is_empty() {
        return;
    }
    let referred: BTreeSet<String> = refs::Index::of(&context.document)
        .references
        .into_iter()
        .filter(|reference| !is_entry(&reference.pointer, &["allOf"]))
        .filter_map(|reference| refs::component_name(&reference.text))
        .collect();
    for (name, by) in extended {
        if !referred.contains(&name) {
            continue;
        }
        let by: Vec<String> = by.into_iter().map(|one| format!("`{one}`")).collect();
        let at = join(&join("/components/schemas", &name), "discriminator");
        let message = format!(
            "what {} add is not read where `{name}` is referred to",
            by.join(", ")
        );
        context.note(&at, "discriminators", Effect::Dropped, message);
    }
}

/// Components that have a discriminator and are no union, with those that extend them.
fn extended(schemas: Option<&Map<String, Value>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut extended: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_base = |name: &String| {
        let schema = schemas.and_then(|schemas| schemas.get(name));
        schema.is_some_and(|schema| {
            schema.get("discriminator").is_some()
                && schema.get("oneOf").is_none()
                && schema.get("anyOf").is_none()
        })
    };
    for (name, schema) in schemas.into_iter().flatten() {
        let parts = schema.get("allOf").and_then(Value::as_array);
        // One part alone is the component itself under another name.
        let parts = parts.filter(|parts| parts.len() > 1 || schema.get("properties").is_some());
        for base in parts.into_iter().flatten().filter_map(refs::target_of) {
            if is_base(&base) && base != *name {
                extended.entry(base).or_default().insert(name.clone());
            }
        }
    }
    extended
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::passes::testing::document_after;
    use crate::report::Effect;

    #[test]
    fn what_is_read_without_what_it_adds_is_told() {
        let part = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let base = json!({"type": "object", "discriminator": {"propertyName": "kind"}});
        let extending = |name: &str| json!({"allOf": [part(name), {"type": "object"}]});
        let (_, notes) = document_after(
            super::super::PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": {
                "Pet": base, "Cat": extending("Pet"), "Dog": extending("Pet"), "Alias": {"allOf": [part("Pet")]},
                "Owner": {"properties": {"pet": part("Pet")}},
                "Car": base, "Truck": extending("Car"), "Plain": base, "Holder": {"items": part("Plain")}
            }}}),
        );
        let dropped: Vec<_> = notes
            .iter()
            .filter(|note| note.effect == Effect::Dropped)
            .map(|note| (note.pointer.as_str(), note.message.as_str()))
            .collect();
        let message = "what `Cat`, `Dog` add is not read where `Pet` is referred to";
        assert_eq!(
            dropped,
            [("/components/schemas/Pet/discriminator", message)]
        );
    }
}
