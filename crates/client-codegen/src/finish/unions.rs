//! Lets unions be read by their tag or their keys, or else by the first branch that fits.

use std::collections::BTreeMap;

use openapi_lower::{BranchMark, UnionMark};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Fields, Ident, Item, ItemEnum, Variant, parse_quote};

use super::derives::{derives, remove_derives};
use super::numbers::integer_branches;
use super::parts::{Parts, enum_of, free_variant_name, is_untagged, wire_value};
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::problem::Problem;

pub(super) fn write(
    parts: &mut Parts,
    marks: &BTreeMap<String, UnionMark>,
    probed: &ProbedTypes,
) -> Result<(), Problem> {
    for (component, mark) in marks {
        let item = enum_of(parts, probed, component)?;
        if !is_untagged(item) || item.variants.len() != mark.branches.len() {
            let what = format!("the union `{component}` has other branches in Rust");
            return Err(unexpected_output(&what));
        }
        let items = rewrite(item, Some(mark))
            .ok_or_else(|| unexpected_output(&format!("a branch of `{component}` is no type")))?;
        parts.types.extend(items);
    }
    // serde would read the others by a type of its own for values that are kept, with which every branch is compiled once more,
    // and which does not know where in the body it is.
    let mut others = Vec::new();
    for item in &mut parts.types {
        if let Item::Enum(item) = item
            && is_untagged(item)
            && derives(&item.attrs, "Deserialize")
        {
            others.extend(rewrite(item, None).into_iter().flatten());
        }
    }
    parts.types.extend(others);
    Ok(())
}

/// What a union without a mark has: its branches are tried in their order.
fn rewrite(item: &mut ItemEnum, mark: Option<&UnionMark>) -> Option<[Item; 2]> {
    let keys = mark.is_some_and(|mark| !mark.is_told_by_tag_alone());
    let integers = integer_branches(item);
    let branches: Vec<TokenStream> = item
        .variants
        .iter()
        .enumerate()
        .map(|(position, variant)| {
            let is_integers = integers.contains(&variant.ident);
            let branch = mark.and_then(|mark| mark.branches.get(position));
            table_row(variant, branch, keys, is_integers)
        })
        .collect::<Option<_>>()?;
    remove_derives(&mut item.attrs, &["Deserialize"]);
    let told_by = mark.and_then(|mark| mark.tag.as_ref());
    let tag = match told_by {
        Some(tag) => quote!(::std::option::Option::Some(#tag)),
        None => quote!(::std::option::Option::None),
    };
    let unknown = told_by
        .filter(|_| mark.is_some_and(|mark| mark.knows_all_tags() && !has_both_flags(mark)))
        .map(|tag| {
            let arm = add_unknown(item, tag);
            quote! {
                fn unknown(value: ::serde_json::Value) -> ::std::option::Option<Self> {
                    ::std::option::Option::Some(Self::#arm(value))
                }
            }
        });
    let (name, text) = (&item.ident, item.ident.to_string());
    Some([
        parse_quote! {
            impl ::client_runtime::Union for #name {
                const NAME: &'static str = #text;
                const TAG: ::std::option::Option<&'static str> = #tag;
                const BRANCHES: &'static [::client_runtime::Branch<Self>] = &[#(#branches),*];
                #unknown
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    ::client_runtime::deserialize_union(deserializer)
                }
            }
        },
    ])
}

fn table_row(
    variant: &Variant,
    branch: Option<&BranchMark>,
    keys: bool,
    is_integers: bool,
) -> Option<TokenStream> {
    let (name, text) = (&variant.ident, variant.ident.to_string());
    let read = format_ident!("{}", if is_integers { "read_integers" } else { "read" });
    let make = match &variant.fields {
        Fields::Unit => quote!(|()| Self::#name),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote!(Self::#name),
        _ => return None,
    };
    let tags = branch
        .filter(|branch| !branch.tags.is_empty())
        .map(|branch| {
            let tags = branch.tags.iter().map(wire_value);
            quote!(.tags(&[#(#tags),*]))
        });
    let objects = branch.and_then(|branch| branch.objects.as_ref());
    let keys = objects.filter(|_| keys).map(|objects| {
        let required = &objects.required;
        let optional = objects.properties.difference(required);
        let method = format_ident!("{}", if objects.open { "open_keys" } else { "keys" });
        let required = required.iter();
        quote!(.#method(&[#(#required),*], &[#(#optional),*]))
    });
    Some(quote! {
        ::client_runtime::Branch::new(#text, |value| value.#read(#make)) #tags #keys
    })
}

/// A tag that is a flag has no third value.
fn has_both_flags(mark: &UnionMark) -> bool {
    let tags = || mark.branches.iter().flat_map(|branch| &branch.tags);
    [true, false]
        .iter()
        .all(|flag| tags().any(|tag| *tag == Value::Bool(*flag)))
}

/// The arm for values of the tag that came after the document.
fn add_unknown(item: &mut ItemEnum, tag: &str) -> Ident {
    let name = free_variant_name(item, ["Unknown", "UnknownTag", "UnknownTagValue"]);
    let about = format!(" A value whose `{tag}` the document does not have, as it came.");
    item.variants.push(parse_quote! {
        #[doc = #about]
        #name(::serde_json::Value)
    });
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    name
}

#[cfg(test)]
mod tests;
