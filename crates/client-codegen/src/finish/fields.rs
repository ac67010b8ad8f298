//! Fields that have another name on the wire, or that may be absent and may be `null`.

use std::collections::BTreeMap;

use openapi_lower::FieldMark;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, Ident, Item, Type, TypePath, parse_quote};

use super::parts::{Parts, last_ident, self_ident, serde_arguments, wire_name};
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::problem::Problem;

pub(super) fn write(
    parts: &mut Parts,
    marks: &BTreeMap<String, BTreeMap<String, FieldMark>>,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    let mut nullable: BTreeMap<String, Vec<Ident>> = BTreeMap::new();
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
                let ident = field.ident.clone().filter(|_| is_option);
                let ident = ident.ok_or_else(|| missing(&format!("always has `{property}`")))?;
                nullable.entry(name.clone()).or_default().push(ident);
            }
        }
    }
    for item in &mut parts.type_builders {
        in_builder(item, &nullable);
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

/// The field that waits for its value, and its setter.
fn in_builder(item: &mut Item, nullable: &BTreeMap<String, Vec<Ident>>) {
    match item {
        Item::Struct(item) => {
            let fields = nullable.get(&item.ident.to_string());
            for field in &mut item.fields {
                let is_one = |name: &Ident| field.ident.as_ref() == Some(name);
                if fields.into_iter().flatten().any(is_one) {
                    replace_option(&mut field.ty);
                }
            }
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let fields = self_ident(item).and_then(|name| nullable.get(&name.to_string()));
            for member in &mut item.items {
                if let syn::ImplItem::Fn(setter) = member
                    && fields
                        .into_iter()
                        .flatten()
                        .any(|name| setter.sig.ident == *name)
                {
                    FirstOption::default().visit_signature_mut(&mut setter.sig);
                }
            }
        }
        _ => {}
    }
}

fn replace_option(ty: &mut Type) -> bool {
    let mut first = FirstOption::default();
    first.visit_type_mut(ty);
    first.is_found
}

/// Writes `Nullable` for the outermost `Option`, or around the `()` of a value that is only `null`.
#[derive(Default)]
struct FirstOption {
    is_found: bool,
}

impl VisitMut for FirstOption {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Tuple(unit) if unit.elems.is_empty() && !self.is_found => {
                *ty = parse_quote!(::client_runtime::Nullable<()>);
                self.is_found = true;
            }
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }

    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        if self.is_found {
            return;
        }
        // Not one of the client's types of that name.
        let is_std = path.path.leading_colon.is_some();
        match path.path.segments.last() {
            Some(last) if is_std && last.ident == "Option" => {
                let arguments = last.arguments.clone();
                path.path = parse_quote!(::client_runtime::Nullable);
                if let Some(last) = path.path.segments.last_mut() {
                    last.arguments = arguments;
                }
                self.is_found = true;
            }
            _ => visit_mut::visit_type_path_mut(self, path),
        }
    }
}

#[cfg(test)]
mod tests;
