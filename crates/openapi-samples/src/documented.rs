//! The examples of a document, by the pointer of the schema that they are of.

use std::collections::BTreeMap;

use serde_json::Value;

/// Examples of media types, by the pointer that the schema of each has or refers to.
pub(crate) fn of_media_types(document: &Value) -> BTreeMap<String, Vec<Value>> {
    let mut found = BTreeMap::new();
    walk(document, document, "", &mut found);
    found
}

fn walk(document: &Value, value: &Value, pointer: &str, found: &mut BTreeMap<String, Vec<Value>>) {
    match value {
        Value::Object(members) => {
            if let Some(schema) = members.get("schema") {
                let reference = schema.get("$ref").and_then(Value::as_str);
                let target = reference.and_then(|reference| reference.strip_prefix('#'));
                let target = target.map_or_else(|| format!("{pointer}/schema"), str::to_owned);
                found
                    .entry(target)
                    .or_default()
                    .extend(of_media_type(document, members));
            }
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                walk(document, member, &format!("{pointer}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(document, item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn of_media_type(document: &Value, members: &serde_json::Map<String, Value>) -> Vec<Value> {
    let named = members
        .get("examples")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|map| map.values());
    let named = named.filter_map(|example| {
        let reference = example.get("$ref").and_then(Value::as_str);
        let example = reference.map_or(Some(example), |reference| {
            crate::sampler::follow(document, reference)
        })?;
        example.get("value").cloned()
    });
    members
        .get("example")
        .cloned()
        .into_iter()
        .chain(named)
        .collect()
}

/// The examples that a schema itself has.
pub(crate) fn of_schema(schema: &Value) -> Vec<Value> {
    let several = match schema.get("examples") {
        Some(Value::Array(values)) => values.clone(),
        Some(Value::Object(named)) => named
            .values()
            .filter_map(|example| example.get("value").cloned())
            .collect(),
        _ => Vec::new(),
    };
    schema
        .get("example")
        .cloned()
        .into_iter()
        .chain(several)
        .collect()
}

/// The examples of a schema, then those of the schemas that it refers to.
pub(crate) fn of_referred(document: &Value, schema: &Value) -> Vec<Value> {
    let mut found = of_schema(schema);
    let mut schema = schema;
    // A reference that leads back to itself ends here, too.
    for _ in 0..8 {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let Some(target) =
            reference.and_then(|reference| crate::sampler::follow(document, reference))
        else {
            break;
        };
        found.extend(of_schema(target));
        schema = target;
    }
    found
}
