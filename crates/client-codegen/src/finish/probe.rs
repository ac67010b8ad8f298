//! Reads the Rust types of the schemas that were asked for from the probe, and removes it.

use std::collections::BTreeMap;

use serde_json::Value;
use syn::{Fields, Item, Type};

use super::parts::{Parts, self_ident};
use super::run::unexpected_output;
use crate::generate::{PROBE_COMPONENT, Probe, reference};
use crate::problem::Problem;

/// Rust types of schemas of the lowered document, as paths relative to module `types`.
#[derive(Debug, Default)]
pub(super) struct ProbedTypes(BTreeMap<String, Type>);

impl ProbedTypes {
    /// The type of a schema that the probe had.
    pub(super) fn of(&self, schema: &Value) -> Option<&Type> {
        self.0.get(&schema.to_string())
    }

    /// The type of a component that the probe referred to.
    pub(super) fn of_component(&self, name: &str) -> Option<&Type> {
        self.of(&reference(name))
    }
}

/// Takes the probe out of `parts`.
pub(super) fn take(parts: &mut Parts, probe: &Probe) -> Result<ProbedTypes, Problem> {
    if probe.schemas.is_empty() {
        return Ok(ProbedTypes::default());
    }
    let fields = parts.types.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == PROBE_COMPONENT => Some(&item.fields),
        _ => None,
    });
    let Some(Fields::Named(fields)) = fields else {
        return Err(unexpected_output("the probe is no struct"));
    };
    let types = probe
        .schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| {
            let name = Probe::field(index);
            let field = fields
                .named
                .iter()
                .find(|field| field.ident.as_ref().is_some_and(|ident| *ident == name));
            field
                .map(|field| (schema.to_string(), field.ty.clone()))
                .ok_or_else(|| unexpected_output(&format!("the probe has no field `{name}`")))
        })
        .collect::<Result<_, Problem>>()?;
    parts.types.retain(|item| !is_about_probe(item));
    Ok(ProbedTypes(types))
}

fn is_about_probe(item: &Item) -> bool {
    match item {
        Item::Struct(item) => item.ident == PROBE_COMPONENT,
        Item::Impl(item) => self_ident(item).is_some_and(|name| name == PROBE_COMPONENT),
        _ => false,
    }
}
