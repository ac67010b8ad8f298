//! Puts the values on the wire in the place of the names that stood for them.

use std::collections::BTreeMap;

use openapi_lower::EnumMark;
use proc_macro2::Literal;
use quote::quote;
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, ImplItem, Item, ItemEnum, ItemImpl, LitStr, Variant, parse_quote};

use super::derives::remove_derives;
use super::docs::code;
use super::parts::{Parts, enum_of, is_rename, self_ident, wire_name, wire_value};
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::problem::Problem;

pub(super) fn write(
    parts: &mut Parts,
    marks: &BTreeMap<String, EnumMark>,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    for (component, mark) in marks {
        let item = enum_of(parts, probed, component)?;
        let name = item.ident.to_string();
        let values: Vec<(String, &Value)> = item
            .variants
            .iter()
            .map(|variant| {
                let text = text_of(variant);
                let value = mark.values.get(&text);
                value.map(|value| (text, value)).ok_or_else(|| {
                    unexpected_output(&format!(
                        "`{component}` has no value for `{}`",
                        variant.ident
                    ))
                })
            })
            .collect::<Result<_, _>>()?;
        let texts: Option<BTreeMap<String, String>> = values
            .iter()
            .map(|(text, value)| Some((text.clone(), value.as_str()?.to_owned())))
            .collect();
        match texts {
            Some(texts) => replace_texts(parts, &name, &texts),
            None => {
                let values = values.into_iter().map(|(_, value)| value).collect();
                write_table(parts, &name, values);
            }
        }
    }
    Ok(())
}

/// What typify's code has on the wire for a variant.
fn text_of(variant: &Variant) -> String {
    wire_name(&variant.attrs, Some(&variant.ident))
}

/// The code stays as typify writes it, with other texts.
fn replace_texts(parts: &mut Parts, name: &str, texts: &BTreeMap<String, String>) {
    for item in &mut parts.types {
        match item {
            Item::Enum(item) if item.ident == name => {
                for variant in &mut item.variants {
                    if let Some(text) = texts.get(&text_of(variant)) {
                        variant.attrs.retain(|attribute| !is_rename(attribute));
                        variant.attrs.push(parse_quote!(#[serde(rename = #text)]));
                    }
                }
            }
            Item::Impl(item) if self_ident(item).is_some_and(|own| own == name) => {
                Texts(texts).visit_item_impl_mut(item);
            }
            _ => {}
        }
    }
}

struct Texts<'t>(&'t BTreeMap<String, String>);

impl VisitMut for Texts<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(text) = self.0.get(&literal.value()) {
            *literal = LitStr::new(text, literal.span());
        }
        visit_mut::visit_lit_str_mut(self, literal);
    }
}

/// serde can derive texts only.
fn write_table(parts: &mut Parts, name: &str, values: Vec<&Value>) {
    let numbers = integers(&values);
    let (mut table, mut variants) = (Vec::new(), Vec::new());
    for item in &mut parts.types {
        match item {
            Item::Enum(item) if item.ident == name => {
                remove_derives(&mut item.attrs, &["Serialize", "Deserialize"]);
                table = rows(item, &values);
                if let Some(numbers) = &numbers {
                    count(item, numbers);
                }
                variants = item
                    .variants
                    .iter()
                    .map(|variant| variant.ident.clone())
                    .collect();
            }
            Item::Impl(item) if self_ident(item).is_some_and(|own| own == name) => {
                use_table(item);
            }
            _ => {}
        }
    }
    let name: syn::Ident = quote::format_ident!("{name}");
    let added: [Item; 3] = [
        parse_quote! {
            impl ::client_runtime::WireEnum for #name {
                const VALUES: &'static [(Self, ::client_runtime::WireValue)] = &[#(#table),*];
            }
        },
        parse_quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    ::client_runtime::serialize_enum(*self, serializer)
                }
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    ::client_runtime::deserialize_enum(deserializer)
                }
            }
        },
    ];
    parts.types.extend(added);
    if let Some(numbers) = numbers {
        parts.types.extend(conversions(&name, &variants, &numbers));
    }
}

/// The values, if all of them are numbers that a variant can be.
fn integers(values: &[&Value]) -> Option<Vec<Literal>> {
    let number = |value: &&Value| Some(Literal::i64_unsuffixed(value.as_i64()?));
    values.iter().map(number).collect()
}

/// Gives variants the numbers that they stand for, so that `as` does not give others.
fn count(item: &mut ItemEnum, numbers: &[Literal]) {
    item.attrs.push(parse_quote!(#[repr(i64)]));
    for (variant, number) in item.variants.iter_mut().zip(numbers) {
        variant.discriminant = Some((parse_quote!(=), parse_quote!(#number)));
    }
}

fn conversions(name: &Ident, variants: &[Ident], numbers: &[Literal]) -> [Item; 2] {
    [
        parse_quote! {
            impl ::std::convert::From<#name> for i64 {
                fn from(value: #name) -> Self {
                    match value { #(#name::#variants => #numbers),* }
                }
            }
        },
        parse_quote! {
            impl ::std::convert::TryFrom<i64> for #name {
                type Error = self::error::ConversionError;
                fn try_from(value: i64) -> ::std::result::Result<Self, self::error::ConversionError> {
                    match value {
                        #(#numbers => Ok(Self::#variants),)*
                        _ => Err("invalid value".into()),
                    }
                }
            }
        },
    ]
}

fn rows(item: &mut ItemEnum, values: &[&Value]) -> Vec<proc_macro2::TokenStream> {
    let variants = item.variants.iter_mut().zip(values);
    let rows = variants.map(|(variant, value)| {
        variant.attrs.retain(|attribute| !is_rename(attribute));
        let about = format!(" {}", code(&value.to_string()));
        variant.attrs.push(parse_quote!(#[doc = #about]));
        let (name, value) = (&variant.ident, wire_value(value));
        quote!((Self::#name, #value))
    });
    rows.collect()
}

fn use_table(item: &mut ItemImpl) {
    for member in &mut item.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        if function.sig.ident == "fmt" {
            function.block = parse_quote!({ ::client_runtime::format_enum(*self, f) });
        } else if function.sig.ident == "from_str" {
            function.block = parse_quote!({
                ::client_runtime::parse_enum(value).ok_or_else(|| "invalid value".into())
            });
        }
    }
}

#[cfg(test)]
mod tests;
