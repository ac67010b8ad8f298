//! Keeps secrets out of `Debug`: what is of `format: password` (OpenAPI Format Registry, "a string that hints to obscure the value").
//!
//! The fields stay texts, which a program can read and set like all others. A component that is such a text itself is a type around
//! it, and shows as little; so does one that may be such a text. Builders of operations do not show the secrets that they were given.
//! Where it is not clear which field holds the secret, none is shown. An answer that is a bare list or map of such texts is the
//! program's own: it has no type here, and `ResponseValue` shows what it holds.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::{FieldMark, Lowered};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::visit::{self, Visit};
use syn::{Field, Fields, Generics, Ident, Item, ItemImpl, Type, TypePath, parse_quote};

use super::derives::{derives, remove_derives};
use super::docs::parameter;
use super::operations::OperationCode;
use super::parts::{Parts, defined_ident, wire_name};
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use super::setters::parameters;
use crate::generate::secrets::{SecretComponents, Secrets};
use crate::problem::Problem;

/// Writes the `Debug` of each type and each builder that holds some.
pub(super) fn hide(
    parts: &mut Parts,
    operations: &mut [OperationCode],
    lowered: &Lowered,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    let components = SecretComponents::of(&lowered.document);
    hide_in_types(parts, &components, &lowered.marks.fields, probed)?;
    for operation in operations {
        hide_in_builder(operation, &components, lowered);
    }
    Ok(())
}

fn hide_in_types(
    parts: &mut Parts,
    components: &SecretComponents<'_>,
    marks: &BTreeMap<String, BTreeMap<String, FieldMark>>,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    let by_type = secrets_of_types(&parts.types, components, marks, probed)?;
    let mut written = Vec::new();
    for item in &mut parts.types {
        let name = defined_ident(item).map(ToString::to_string);
        let Some(secrets) = name.and_then(|name| by_type.get(&name)) else {
            continue;
        };
        let (attributes, ident, generics, fields) = match item {
            Item::Struct(item) => {
                let fields = Some(&item.fields);
                (&mut item.attrs, &item.ident, &item.generics, fields)
            }
            Item::Enum(item) => (&mut item.attrs, &item.ident, &item.generics, None),
            // The type that it is another name of is hidden.
            _ => continue,
        };
        if !derives(attributes, "Debug") {
            let what = format!("the type `{ident}` has secrets and derives no `Debug`");
            return Err(unexpected_output(&what));
        }
        remove_derives(attributes, &["Debug"]);
        let shown = match (secrets, fields) {
            (Secrets::Properties(secret), Some(Fields::Named(fields))) => {
                let is_secret = |field: &Field| secret.contains(&name_on_wire(field));
                with_fields(ident, &fields.named, is_secret)
            }
            _ => without_fields(ident),
        };
        written.push(Item::Impl(debug(ident, generics, &shown)));
    }
    parts.types.extend(written);
    Ok(())
}

/// What is hidden of which type, by the fields' names on the wire.
fn secrets_of_types(
    types: &[Item],
    components: &SecretComponents<'_>,
    marks: &BTreeMap<String, BTreeMap<String, FieldMark>>,
    probed: &ProbedTypes,
) -> Result<BTreeMap<String, Secrets>, Problem> {
    let items = types.iter();
    let items = items.filter_map(|item| Some((defined_ident(item)?.to_string(), item)));
    let defined: BTreeMap<String, &Item> = items.collect();
    let mut by_type: BTreeMap<String, Secrets> = BTreeMap::new();
    for (component, secrets) in components.iter() {
        let unknown =
            |what: &str| unexpected_output(&format!("the component `{component}` {what}"));
        let ty = probed.of_component(component);
        let ty = ty.ok_or_else(|| unknown("has secrets and no type"))?;
        let found = made_of(ty, &defined).into_iter();
        match secrets {
            // Without a type of its own it is hidden by what refers to it, which is secret, too.
            Secrets::Whole => by_type.extend(found.map(|(name, _)| (name, Secrets::Whole))),
            Secrets::Properties(names) => {
                // Properties that would be one field have names of their own in the document.
                let marks = marks.get(component);
                let wire = |name: &String| match marks.and_then(|marks| marks.get(name)) {
                    Some(mark) => mark.name.clone(),
                    None => name.clone(),
                };
                let names: BTreeSet<String> = names.iter().map(wire).collect();
                let hidden = found.filter_map(|(name, item)| Some((name, in_item(item, &names)?)));
                let hidden: Vec<(String, Secrets)> = hidden.collect();
                if hidden.is_empty() {
                    return Err(unknown("has secrets and no fields"));
                }
                for (name, secrets) in hidden {
                    by_type.entry(name).or_insert(secrets);
                }
            }
        }
    }
    Ok(by_type)
}

/// What of a type is hidden where these properties are, by their names on the wire. `None` is what shows nothing but what it holds.
fn in_item(item: &Item, properties: &BTreeSet<String>) -> Option<Secrets> {
    match item {
        Item::Struct(item) if matches!(item.fields, Fields::Unnamed(_)) => None,
        Item::Struct(item) => {
            let fields: BTreeSet<String> = item.fields.iter().map(name_on_wire).collect();
            Some(if properties.is_subset(&fields) {
                Secrets::Properties(properties.clone())
            } else {
                Secrets::Whole
            })
        }
        Item::Enum(_) => Some(Secrets::Whole),
        _ => None,
    }
}

fn name_on_wire(field: &Field) -> String {
    wire_name(&field.attrs, field.ident.as_ref())
}

/// The types of the client that a type is, or is around: `Session` and `SessionInner` of `Session(Option<SessionInner>)`.
fn made_of<'i>(ty: &Type, defined: &BTreeMap<String, &'i Item>) -> BTreeMap<String, &'i Item> {
    let mut found = BTreeMap::new();
    let mut open = named_in(ty);
    while let Some(name) = open.pop() {
        let Some(item) = defined.get(&name) else {
            continue;
        };
        if found.insert(name, *item).is_some() {
            continue;
        }
        match item {
            Item::Struct(item) if matches!(item.fields, Fields::Unnamed(_)) => {
                open.extend(item.fields.iter().flat_map(|field| named_in(&field.ty)));
            }
            Item::Type(item) => open.extend(named_in(&item.ty)),
            _ => {}
        }
    }
    found
}

/// The types without a path, as those of the client are named.
fn named_in(ty: &Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'t> Visit<'t> for Names {
        fn visit_type_path(&mut self, ty: &'t TypePath) {
            self.0.extend(ty.path.get_ident().map(ToString::to_string));
            visit::visit_type_path(self, ty);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_type(ty);
    names.0
}

fn hide_in_builder(
    operation: &mut OperationCode,
    components: &SecretComponents<'_>,
    lowered: &Lowered,
) {
    let stated = operation.stated(&lowered.document);
    let marks = lowered.marks.parameters.get(&operation.id);
    // What a stand-in stands for is beside the document.
    let is_secret = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let mark = marks.and_then(|marks| marks.get(name));
        components.is_secret(mark.map_or(&parameter["schema"], |mark| &mark.schema))
    };
    let listed = stated["parameters"].as_array().into_iter().flatten();
    let mut secret: Vec<&Value> = listed.filter(|parameter| is_secret(parameter)).collect();
    let content = stated["requestBody"]["content"].as_object();
    let mut bodies = content.into_iter().flat_map(|content| content.values());
    let is_body_secret = bodies.any(|body| components.is_secret(&body["schema"]));
    if secret.is_empty() && !is_body_secret {
        return;
    }
    let mut hidden = BTreeSet::new();
    let mut has_body = false;
    for name in parameters(&operation.definition) {
        let name = name.to_string();
        if name == "body" && content.is_some() {
            has_body = true;
            hidden.extend(is_body_secret.then_some(name));
        } else if let Some(parameter) = parameter(stated, &name)
            && is_secret(parameter)
        {
            hidden.insert(name);
            secret.retain(|other| !std::ptr::eq(*other, parameter));
        }
    }
    let is_clear = secret.is_empty() && (has_body || !is_body_secret);
    let definition = &mut operation.definition;
    let is_hidden = |field: &Field| {
        let is_client = matches!(field.ty, Type::Reference(_));
        let name = field.ident.as_ref().map(ToString::to_string);
        !is_client && name.is_none_or(|name| !is_clear || hidden.contains(&name))
    };
    let shown = with_fields(&definition.ident, &definition.fields, is_hidden);
    let written = debug(&definition.ident, &definition.generics, &shown);
    remove_derives(&mut definition.attrs, &["Debug"]);
    operation.debug = Some(written);
}

fn with_fields<'f>(
    ident: &Ident,
    fields: impl IntoIterator<Item = &'f Field>,
    is_secret: impl Fn(&Field) -> bool,
) -> TokenStream {
    let (text, hidden) = (ident.to_string(), redacted());
    let fields = fields.into_iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let label = ident.to_string();
        Some(if is_secret(field) {
            quote!(.field(#label, #hidden))
        } else {
            quote!(.field(#label, &self.#ident))
        })
    });
    quote!(f.debug_struct(#text)#(#fields)*.finish())
}

fn without_fields(ident: &Ident) -> TokenStream {
    let (text, hidden) = (ident.to_string(), redacted());
    quote!(f.debug_tuple(#text).field(#hidden).finish())
}

fn redacted() -> TokenStream {
    quote!(&::std::format_args!("[REDACTED]"))
}

fn debug(ident: &Ident, generics: &Generics, shown: &TokenStream) -> ItemImpl {
    let (introduced, named, bounds) = generics.split_for_impl();
    parse_quote! {
        /// Secrets are not shown.
        impl #introduced ::std::fmt::Debug for #ident #named #bounds {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #shown
            }
        }
    }
}

#[cfg(test)]
mod tests;
