//! Reads the Rust types of error components from the probe, and removes it.

use std::collections::BTreeMap;

use syn::{Fields, Item, Type};

use super::parts::{Parts, self_ident};
use super::run::unexpected_output;
use crate::generate::{ErrorProbe, PROBE_COMPONENT};
use crate::problem::Problem;

/// Rust types of error components, by component name, as paths relative to module `types`.
pub(super) type ErrorTypes = BTreeMap<String, Type>;

/// Takes the probe out of `parts`.
pub(super) fn take(parts: &mut Parts, probe: &ErrorProbe) -> Result<ErrorTypes, Problem> {
    if probe.components.is_empty() {
        return Ok(ErrorTypes::new());
    }
    let fields = parts.types.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == PROBE_COMPONENT => Some(&item.fields),
        _ => None,
    });
    let Some(Fields::Named(fields)) = fields else {
        return Err(unexpected_output("the error probe is no struct"));
    };
    let types = probe
        .components
        .iter()
        .enumerate()
        .map(|(index, component)| {
            let name = ErrorProbe::field(index);
            let field = fields
                .named
                .iter()
                .find(|field| field.ident.as_ref().is_some_and(|ident| *ident == name));
            field
                .map(|field| (component.clone(), field.ty.clone()))
                .ok_or_else(|| unexpected_output(&format!("the error probe has no field `{name}`")))
        })
        .collect::<Result<ErrorTypes, Problem>>()?;
    parts.types.retain(|item| !is_about_probe(item));
    parts.type_builders.retain(|item| !is_about_probe(item));
    Ok(types)
}

fn is_about_probe(item: &Item) -> bool {
    match item {
        Item::Struct(item) => item.ident == PROBE_COMPONENT,
        Item::Impl(item) => {
            let about = |name: &syn::Ident| name == PROBE_COMPONENT;
            // `impl TryFrom<Probe> for super::Probe`, `impl Probe`, `impl From<super::Probe> for Probe`.
            self_ident(item).is_some_and(about)
        }
        _ => false,
    }
}
