//! Learns the Rust types of error bodies from the generator itself.
//!
//! Error responses are kept from progenitor, so nothing in its output says which Rust type a component
//! became. One extra component with a required field per error component makes it say so.

use std::collections::BTreeSet;

use openapi_lower::Lowered;
use serde_json::{Map, Value, json};

/// Name of the component that is added for generation and removed by `finish`.
pub const PROBE_COMPONENT: &str = "CodegenErrorProbe";

/// The components that error tables name, in the order of the probe's fields `body0`, `body1`, ….
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorProbe {
    /// Component names, sorted; the index is the number in the field's name.
    pub components: Vec<String>,
}

impl ErrorProbe {
    /// The probe that the error tables of `lowered` need.
    #[must_use]
    pub fn new(lowered: &Lowered) -> Self {
        let names: BTreeSet<&String> = lowered
            .operations
            .values()
            .flat_map(|operation| operation.errors.values().flatten())
            .collect();
        Self {
            components: names.into_iter().cloned().collect(),
        }
    }

    /// Name of the field that stands for the component at `index`.
    #[must_use]
    pub fn field(index: usize) -> String {
        format!("body{index}")
    }

    /// Adds the probe to a lowered document. Does nothing if there is nothing to probe for.
    pub(super) fn add_to(&self, document: &mut Value) {
        if self.components.is_empty() {
            return;
        }
        let fields: Map<String, Value> = self
            .components
            .iter()
            .enumerate()
            .map(|(index, name)| {
                (
                    Self::field(index),
                    json!({ "$ref": format!("#/components/schemas/{name}") }),
                )
            })
            .collect();
        let required: Vec<&String> = fields.keys().collect();
        let probe = json!({ "type": "object", "required": required, "properties": fields });
        if let Some(schemas) = document
            .pointer_mut("/components/schemas")
            .and_then(Value::as_object_mut)
        {
            schemas.insert(PROBE_COMPONENT.to_owned(), probe);
        }
    }
}
