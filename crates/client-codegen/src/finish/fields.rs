//! Fields that have another name on the wire, or that may be absent and may be `null`.

use std::collections::BTreeMap;

use openapi_lower::FieldMark;
use syn::{Attribute, Field, Item, Type, parse_quote};

use super::parts::{Parts, last_ident, only_type_argument, serde_arguments, standard, wire_name};
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::problem::Problem;

pub(super) fn write(
    parts: &mut Parts,
    marks: &BTreeMap<String, BTreeMap<String, FieldMark>>,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    let structs: BTreeMap<String, usize> = parts
        .types
        .iter()
        .enumerate()
        .filter_map(|(position, item)| match item {
            Item::Struct(item) => Some((item.ident.to_string(), position)),
            _ => None,
        })
        .collect();
    for (component, marks) in marks {
        let missing =
            |what: &str| unexpected_output(&format!("the component `{component}` {what}"));
        let name = probed.of_component(component).and_then(last_ident);
        let name = name.map(ToString::to_string).unwrap_or_default();
        let position = structs.get(&name).ok_or_else(|| missing("is no struct"))?;
        let Item::Struct(item) = &mut parts.types[*position] else {
            return Err(missing("is no struct"));
        };
        for (property, mark) in marks {
            let mut fields = item.fields.iter_mut();
            let field = fields
                .find(|field| wire_name(&field.attrs, field.ident.as_ref()) == *property)
                .ok_or_else(|| missing(&format!("has no field for `{property}`")))?;
            rename(field, &mark.name);
            if mark.nullable {
                let is_option = make_nullable(field);
                let always = || missing(&format!("always has `{property}`"));
                is_option.then_some(()).ok_or_else(always)?;
            }
        }
    }
    Ok(())
}

fn rename(field: &mut Field, name: &str) {
    if wire_name(&field.attrs, field.ident.as_ref()) == name {
        return;
    }
    let mut arguments = serde_arguments(&field.attrs);
    arguments.retain(|argument| !argument.path().is_ident("rename"));
    arguments.insert(0, parse_quote!(rename = #name));
    set_serde_arguments(&mut field.attrs, &arguments);
}

/// Whether it was an option.
fn make_nullable(field: &mut Field) -> bool {
    let mut arguments = serde_arguments(&field.attrs);
    arguments.retain(|argument| {
        !argument.path().is_ident("default") && !argument.path().is_ident("skip_serializing_if")
    });
    arguments.push(parse_quote!(default));
    arguments.push(parse_quote!(
        skip_serializing_if = "::client_runtime::Nullable::is_absent"
    ));
    set_serde_arguments(&mut field.attrs, &arguments);
    replace_option(&mut field.ty)
}

pub(super) fn set_serde_arguments(attributes: &mut Vec<Attribute>, arguments: &[syn::Meta]) {
    attributes.retain(|attribute| !attribute.path().is_ident("serde"));
    if arguments.is_empty() {
        return;
    }
    attributes.push(parse_quote!(#[serde(#(#arguments),*)]));
}

/// Writes `Nullable` for `Option`, or around the `()` of a value that is only `null`.
fn replace_option(ty: &mut Type) -> bool {
    if matches!(ty, Type::Tuple(unit) if unit.elems.is_empty()) {
        *ty = parse_quote!(::client_runtime::Nullable<()>);
        return true;
    }
    if !standard(ty, &["Option"]) {
        return false;
    }
    match only_type_argument(ty).cloned() {
        Some(inner) => {
            *ty = parse_quote!(::client_runtime::Nullable<#inner>);
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests;
