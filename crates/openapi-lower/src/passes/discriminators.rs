//! The property that tells the branches of a union apart.

mod extended;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::Schema;

pub(crate) const PASS: Pass = Pass {
    name: "discriminators",
    summary: "Writes out the mapping of a discriminator, by references to components.",
    source: "OpenAPI 3.1.1 §4.8.25: a mapping has names or references, and a component is mapped by its name",
    run: Run::Steps(&[
        Run::Ahead(learn),
        Run::Parts(extended::find),
        Run::Parts(run),
        Run::Behind(extended::note),
    ]),
};

/// The names of the components, which a mapping may have.
#[derive(Default)]
struct Names(BTreeSet<String>);

fn learn(context: &mut Context<'_>) {
    let schemas = context.schemas().into_iter();
    let names = schemas
        .flat_map(|schemas| schemas.keys().cloned())
        .collect();
    context.with(|_, Names(known)| *known = names);
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Names(components)| rewrite(context, components));
}

fn rewrite(context: &mut Context<'_>, components: &BTreeSet<String>) {
    context.each_schema(|context, schema, at| {
        let place = join(at, "discriminator");
        // Swagger 2.0 §5.2.23 has the name alone.
        if let Some(Value::String(name)) = schema.get("discriminator") {
            let written = json!({"propertyName": name});
            context.note(
                &place,
                "discriminators",
                Effect::Exact,
                "the name of the property is written as an object",
            );
            schema.insert("discriminator".to_owned(), written);
        }
        let targets = targets(schema);
        let Some(Value::Object(discriminator)) = schema.get_mut("discriminator") else {
            return;
        };
        let given = match discriminator.remove("mapping") {
            Some(Value::Object(mapping)) => mapping,
            _ => Map::new(),
        };
        let mut mapping = Map::new();
        for (tag, target) in given {
            match reference(&target, components) {
                Some(reference) => {
                    mapping.insert(tag, json!(reference));
                }
                None => context.note(
                    &join(&join(&place, "mapping"), &tag),
                    "discriminators",
                    Effect::Widened,
                    "names no schema of this document",
                ),
            }
        }
        // The name stays beside what the mapping has for it.
        for name in targets {
            let reference = refs::to_component(&name);
            mapping.entry(name).or_insert(json!(reference));
        }
        // The tags of a branch are written in this order, whatever the features of serde_json.
        mapping.sort_keys();
        if !mapping.is_empty() {
            discriminator.insert("mapping".to_owned(), Value::Object(mapping));
        }
    });
}

/// The components that the branches refer to.
fn targets(schema: &Schema) -> Vec<String> {
    let branches = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema.get(*keyword)?.as_array())
        .flatten();
    branches.filter_map(refs::sole_target).collect()
}

/// The reference that a mapping's value means: `Cat`, `#/components/schemas/Cat`, or an object with one of them.
fn reference(target: &Value, components: &BTreeSet<String>) -> Option<String> {
    match target {
        Value::String(text) => {
            let name = refs::component_name(text).filter(|_| text.starts_with('#'));
            let name = name.unwrap_or_else(|| text.clone());
            components
                .contains(&name)
                .then(|| refs::to_component(&name))
        }
        Value::Object(members) => ["$ref", "schema", "name"]
            .iter()
            .find_map(|key| reference(members.get(*key)?, components)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::passes::testing::schema_after;

    fn mapping(discriminator: Value) -> Value {
        let branches = json!([{"$ref": "#/components/schemas/T"}, {"type": "object"}]);
        let schema = json!({"oneOf": branches, "discriminator": discriminator});
        schema_after(super::PASS, schema).0["discriminator"].take()
    }

    #[test]
    fn every_way_to_name_a_component_is_a_reference() {
        let written = json!({"propertyName": "p", "mapping": {
            "T": "#/components/schemas/T", "t": "#/components/schemas/T"
        }});
        for target in [
            json!("T"),
            json!("#/components/schemas/T"),
            json!({"$ref": "#/components/schemas/T"}),
        ] {
            let given = json!({"propertyName": "p", "mapping": {"t": target, "u": "Unknown"}});
            assert_eq!(mapping(given), written);
        }
    }

    #[test]
    fn a_component_without_an_entry_is_mapped_by_its_name() {
        let written = json!({"propertyName": "p", "mapping": {"T": "#/components/schemas/T"}});
        assert_eq!(mapping(json!({"propertyName": "p"})), written);
        assert_eq!(mapping(json!("p")), written);
    }
}
