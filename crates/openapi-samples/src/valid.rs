//! Whether a schema allows a value, asked of a JSON Schema validator.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

const BASE: &str = "urn:openapi-samples";

/// Validators of one document, each made when it is asked for.
pub(crate) struct Valid {
    registry: Option<Registry<'static>>,
    targets: BTreeMap<String, usize>,
    made: RefCell<BTreeMap<String, Option<Rc<Validator>>>>,
}

impl Valid {
    /// `document` is clean.
    pub(crate) fn new(document: &Value) -> Self {
        let mut references = BTreeSet::new();
        collect(document, &mut references);
        let targets: BTreeMap<String, usize> = references
            .into_iter()
            .enumerate()
            .map(|(index, reference)| (reference, index))
            .collect();
        let definitions: Map<String, Value> = targets
            .iter()
            .map(|(reference, index)| {
                let target = crate::sampler::follow(document, reference);
                // What refers to nowhere says nothing.
                let target = target.map_or(Value::Bool(true), |target| plain(target, &targets));
                (index.to_string(), target)
            })
            .collect();
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(BASE, json!({ "$defs": definitions }))
            .and_then(|builder| builder.prepare())
            .ok();
        Self {
            registry,
            targets,
            made: RefCell::default(),
        }
    }

    /// Whether `schema`, clean, allows `value`. `key` names the schema.
    pub(crate) fn allows(&self, key: &str, schema: &Value, value: &Value) -> bool {
        let known = self.made.borrow().get(key).cloned();
        let validator = known.unwrap_or_else(|| {
            let made = self.make(schema).map(Rc::new);
            self.made.borrow_mut().insert(key.to_owned(), made.clone());
            made
        });
        validator.is_some_and(|validator| validator.is_valid(value))
    }

    fn make(&self, schema: &Value) -> Option<Validator> {
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_registry(self.registry.as_ref()?)
            .build(&plain(schema, &self.targets))
            .ok()
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                references.insert(reference.clone());
            }
            members
                .values()
                .for_each(|member| collect(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

/// A clean schema in the words of 2020-12 alone.
fn plain(schema: &Value, targets: &BTreeMap<String, usize>) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut result = Map::new();
    for (key, value) in members {
        let value = match (key.as_str(), value) {
            (
                "nullable" | "discriminator" | "default" | "example" | "examples" | "$defs"
                | "definitions",
                _,
            ) => continue,
            ("$ref", Value::String(reference)) => match targets.get(reference) {
                Some(index) => json!(format!("{BASE}#/$defs/{index}")),
                None => continue,
            },
            ("enum" | "const" | "required" | "dependentRequired", value) => value.clone(),
            ("properties" | "patternProperties" | "dependentSchemas", Value::Object(map)) => {
                Value::Object(
                    map.iter()
                        .map(|(name, value)| (name.clone(), plain(value, targets)))
                        .collect(),
                )
            }
            (_, Value::Array(items)) => items.iter().map(|item| plain(item, targets)).collect(),
            (_, value) => plain(value, targets),
        };
        // A discriminator decides where several branches fit.
        let key = if key == "oneOf"
            && members.contains_key("discriminator")
            && !members.contains_key("anyOf")
        {
            "anyOf"
        } else {
            key
        };
        result.insert(key.to_owned(), value);
    }
    size(&mut result);
    if members.contains_key("nullable") {
        return json!({ "anyOf": [{ "type": "null" }, result] });
    }
    Value::Object(result)
}

/// The formats of OpenAPI's registry that bound a number.
fn size(schema: &mut Map<String, Value>) {
    let (low, high) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    schema.entry("minimum").or_insert(low);
    schema.entry("maximum").or_insert(high);
}
