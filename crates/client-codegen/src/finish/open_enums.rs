//! Lets enums of texts hold a text that the document does not list, which is what servers send after a change.

use std::collections::BTreeSet;

use syn::{Fields, Ident, Item, ItemEnum, ItemImpl, parse_quote};

use super::derives::{derives, remove_derives};
use super::parts::{Parts, free_variant_name, is_rename, self_ident, trait_ident, wire_name};

/// Opens all of them but the `closed` ones.
pub(super) fn open(parts: &mut Parts, closed: &BTreeSet<String>) {
    let mut opened = BTreeSet::new();
    let mut added = Vec::new();
    for item in &mut parts.types {
        if let Item::Enum(item) = item
            && is_of_texts(item)
            && !closed.contains(&item.ident.to_string())
        {
            added.extend(rewrite(item));
            opened.insert(item.ident.to_string());
        }
    }
    parts.types.retain(|item| match item {
        Item::Impl(item) => !is_replaced(item, &opened),
        _ => true,
    });
    parts.types.extend(added);
}

/// Several texts: one alone is a constant, and values of other types have a table of their own.
fn is_of_texts(item: &ItemEnum) -> bool {
    let is_unit = |fields: &Fields| matches!(fields, Fields::Unit);
    item.variants.len() > 1
        && item.variants.iter().all(|variant| is_unit(&variant.fields))
        && derives(&item.attrs, "Deserialize")
}

/// What typify writes for the listed values only.
fn is_replaced(item: &ItemImpl, opened: &BTreeSet<String>) -> bool {
    let is_listed = |name: &Ident| {
        ["Display", "FromStr", "TryFrom"]
            .iter()
            .any(|known| name == known)
    };
    self_ident(item).is_some_and(|own| opened.contains(&own.to_string()))
        && trait_ident(item).is_some_and(is_listed)
}

fn rewrite(item: &mut ItemEnum) -> Vec<Item> {
    let texts: Vec<String> = item
        .variants
        .iter()
        .map(|variant| wire_name(&variant.attrs, Some(&variant.ident)))
        .collect();
    let variants: Vec<Ident> = item
        .variants
        .iter()
        .map(|variant| variant.ident.clone())
        .collect();
    for variant in &mut item.variants {
        variant.attrs.retain(|attribute| !is_rename(attribute));
    }
    let unknown = free_variant_name(item, ["Unknown", "UnknownValue", "UnknownText"]);
    item.variants.push(parse_quote! {
        #[doc = " A text that the document does not list, as it came."]
        #unknown(::std::string::String)
    });
    remove_derives(&mut item.attrs, &["Copy", "Deserialize", "Serialize"]);
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    let name = &item.ident;
    vec![
        parse_quote! {
            impl #name {
                #[doc = " The text on the wire."]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #texts,)*
                        Self::#unknown(text) => text,
                    }
                }
            }
        },
        parse_quote! {
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        },
        parse_quote! {
            impl ::std::convert::From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#texts => Self::#variants,)*
                        other => Self::#unknown(other.to_owned()),
                    }
                }
            }
        },
        parse_quote! {
            impl ::std::convert::From<::std::string::String> for #name {
                fn from(text: ::std::string::String) -> Self {
                    Self::from(text.as_str())
                }
            }
        },
        parse_quote! {
            impl ::std::str::FromStr for #name {
                type Err = ::std::convert::Infallible;
                fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                    Ok(Self::from(text))
                }
            }
        },
        parse_quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    <::std::string::String as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
                }
            }
        },
    ]
}

#[cfg(test)]
mod tests;
