//! The Rust type of every component, for who wants to decode values of it.

use std::collections::BTreeMap;

use openapi_lower::Lowered;
use serde_json::{Value, json};
use syn::{Fields, Item, Type};

use super::probe::{PROBE_COMPONENT, Probe, reference};
use super::upstream;

/// The types of the components of a lowered document, by name, as paths in module `types`.
///
/// # Errors
/// What progenitor says of the document; a document that [`generate`](super::generate) takes has none.
pub fn component_types(lowered: &Lowered) -> Result<BTreeMap<String, Type>, String> {
    let mut document = lowered.document.clone();
    document["paths"] = json!({});
    let names: Vec<String> = match document.pointer("/components/schemas") {
        Some(Value::Object(schemas)) => schemas.keys().cloned().collect(),
        _ => return Ok(BTreeMap::new()),
    };
    let probe = Probe {
        schemas: names.iter().map(|name| reference(name)).collect(),
    };
    probe.add_to(&mut document);
    let text = upstream::tokens(&document).map_err(|failure| failure.describe())?;
    let file = syn::parse_str(&text).map_err(|error| error.to_string())?;
    let fields = fields_of_probe(file).unwrap_or_default();
    let of_field = |(index, name): (usize, String)| {
        let ty = fields.get(&Probe::field(index))?;
        Some((name, ty.clone()))
    };
    Ok(names.into_iter().enumerate().filter_map(of_field).collect())
}

fn fields_of_probe(file: syn::File) -> Option<BTreeMap<String, Type>> {
    let types = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let probe = types?.1.into_iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == PROBE_COMPONENT => Some(item.fields),
        _ => None,
    });
    let Fields::Named(fields) = probe? else {
        return None;
    };
    let fields = fields.named.into_iter();
    Some(
        fields
            .filter_map(|field| Some((field.ident?.to_string(), field.ty)))
            .collect(),
    )
}
