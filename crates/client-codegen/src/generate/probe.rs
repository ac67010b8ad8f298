//! Learns the Rust types of schemas from the generator itself.
//!
//! Error responses, and what a stand-in stands for, are kept from progenitor, so nothing in its output says which Rust
//! type a schema became. One extra component with a required field per schema makes it say so.

use std::collections::BTreeMap;

use openapi_lower::Lowered;
use serde_json::{Map, Value, json};

use super::secrets::SecretComponents;

/// Name of the type that is added for generation and removed by `finish`.
pub const PROBE_COMPONENT: &str = "CodegenProbe";

/// The component behind it, which comes after every other one: typify puts the `Box` of types that contain themselves
/// where it first comes upon them, and that must not be here.
const PROBE_KEY: &str = "~CodegenProbe";

/// The schemas that are asked for, in the order of the probe's fields `schema0`, `schema1`, ….
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// Each schema once; the index is the number in the field's name.
    pub schemas: Vec<Value>,
}

impl Probe {
    /// The probe that the tables beside a lowered document need.
    #[must_use]
    pub fn new(lowered: &Lowered) -> Self {
        let errors = lowered.operations.values();
        let errors = errors.flat_map(|operation| operation.errors.values().flatten());
        let marks = &lowered.marks;
        let marked = marks.enums.keys().chain(marks.unions.keys());
        let marked = marked.chain(marks.fields.keys());
        let secret = SecretComponents::of(&lowered.document);
        let secret = secret.iter().map(|(name, _)| name);
        let components = errors.chain(marked).map(|name| reference(name));
        let components = components.chain(secret.map(reference));
        let parameters = marks.parameters.values().flat_map(BTreeMap::values);
        let parameters = parameters.map(|parameter| parameter.schema.clone());
        let distinct: BTreeMap<String, Value> = components
            .chain(parameters)
            .map(|schema| (schema.to_string(), schema))
            .collect();
        Self {
            schemas: distinct.into_values().collect(),
        }
    }

    /// Name of the field that stands for the schema at `index`.
    #[must_use]
    pub fn field(index: usize) -> String {
        format!("schema{index}")
    }

    /// Adds the probe to a lowered document. Does nothing if there is nothing to probe for.
    pub(super) fn add_to(&self, document: &mut Value) {
        if self.schemas.is_empty() {
            return;
        }
        let fields: Map<String, Value> = self
            .schemas
            .iter()
            .enumerate()
            .map(|(index, schema)| (Self::field(index), schema.clone()))
            .collect();
        let required: Vec<&String> = fields.keys().collect();
        let probe = json!({ "type": "object", "required": required, "properties": fields });
        if let Some(schemas) = document
            .pointer_mut("/components/schemas")
            .and_then(Value::as_object_mut)
        {
            schemas.insert(PROBE_KEY.to_owned(), probe);
        }
    }
}

/// The schema that refers to a component of a lowered document.
pub(crate) fn reference(component: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{component}") })
}
