//! Writes `Display` for unions of plain values, which progenitor needs for what stands in a path or a header.
//!
//! typify has a rule for that, but asks it of a type before the types are known that the branches refer to.

use std::collections::BTreeSet;

use syn::{Item, ItemEnum, ItemStruct, Type, parse_quote};

use super::parts::{Parts, is_untagged, last_ident, only_field, self_ident, trait_ident};

/// Types of progenitor's output that are not ours and have a `Display`.
const PLAIN: &[&str] = &[
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "NonZeroU8",
    "NonZeroU16",
    "NonZeroU32",
    "NonZeroU64",
    "String",
    "Uuid",
    "NaiveDate",
    "DateTime",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
];

pub(super) fn add(parts: &mut Parts) {
    let mut known: BTreeSet<String> = parts.types.iter().filter_map(displayed).collect();
    // A branch may be a union itself, so until no type is added.
    loop {
        let found: Vec<(String, Item)> = parts
            .types
            .iter()
            .filter_map(|item| match item {
                Item::Enum(item) if !known.contains(&item.ident.to_string()) => {
                    Some((item.ident.to_string(), for_enum(item, &known)?))
                }
                Item::Struct(item) if !known.contains(&item.ident.to_string()) => {
                    Some((item.ident.to_string(), for_newtype(item, &known)?))
                }
                _ => None,
            })
            .collect();
        if found.is_empty() {
            return;
        }
        for (name, item) in found {
            known.insert(name);
            parts.types.push(item);
        }
    }
}

/// The type that the item implements `Display` for.
fn displayed(item: &Item) -> Option<String> {
    let Item::Impl(item) = item else { return None };
    let is_display = trait_ident(item)? == "Display";
    is_display.then(|| self_ident(item).map(ToString::to_string))?
}

fn for_enum(item: &ItemEnum, known: &BTreeSet<String>) -> Option<Item> {
    let all = item
        .variants
        .iter()
        .all(|variant| only_field(&variant.fields).is_some_and(|ty| has_display(ty, known)));
    if !all || item.variants.is_empty() || !is_untagged(item) {
        return None;
    }
    let (name, variants) = (
        &item.ident,
        item.variants.iter().map(|variant| &variant.ident),
    );
    Some(parse_quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(Self::#variants(x) => ::std::fmt::Display::fmt(x, f),)*
                }
            }
        }
    })
}

/// `struct UserId(pub Id)`, where `Id` is a union.
fn for_newtype(item: &ItemStruct, known: &BTreeSet<String>) -> Option<Item> {
    if !has_display(only_field(&item.fields)?, known) {
        return None;
    }
    let name = &item.ident;
    Some(parse_quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
    })
}

fn has_display(ty: &Type, known: &BTreeSet<String>) -> bool {
    let (Type::Path(path), Some(name)) = (ty, last_ident(ty)) else {
        return false;
    };
    let name = name.to_string();
    // A component may be called `String`: types of ours are named without a path.
    let is_ours = path.path.leading_colon.is_none() && name.starts_with(char::is_uppercase);
    if is_ours {
        known.contains(&name)
    } else {
        PLAIN.contains(&name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use syn::{Item, parse_quote};

    use super::{add, displayed};
    use crate::finish::parts::Parts;

    #[test]
    fn unions_of_what_has_a_display_have_one() {
        let mut parts = Parts {
            types: vec![
                parse_quote!(
                    #[serde(untagged)]
                    pub enum Outer {
                        Inner(Inner),
                        Uuid(::uuid::Uuid),
                    }
                ),
                parse_quote!(
                    #[serde(untagged)]
                    pub enum Inner {
                        Me(InnerMe),
                        Integer(i64),
                    }
                ),
                parse_quote!(
                    pub enum InnerMe {
                        Me,
                    }
                ),
                parse_quote!(impl ::std::fmt::Display for InnerMe {}),
                parse_quote!(
                    pub struct Same(pub Outer);
                ),
                parse_quote!(
                    #[serde(untagged)]
                    pub enum List {
                        Array(::std::vec::Vec<i64>),
                        Integer(i64),
                    }
                ),
                parse_quote!(
                    #[serde(untagged)]
                    pub enum Named {
                        StringType(String),
                        Integer(i64),
                    }
                ),
                parse_quote!(
                    #[serde(untagged)]
                    pub enum OrNull {
                        Null,
                        Integer(i64),
                    }
                ),
                parse_quote!(
                    pub enum Tagged {
                        Integer(i64),
                    }
                ),
                parse_quote!(
                    pub struct String {
                        a: i64,
                    }
                ),
            ],
            ..Parts::default()
        };
        add(&mut parts);
        let found: Vec<std::string::String> = parts.types.iter().filter_map(displayed).collect();
        assert_eq!(found, ["InnerMe", "Inner", "Outer", "Same"]);
        let inner: Item = parse_quote! {
            impl ::std::fmt::Display for Inner {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    match self {
                        Self::Me(x) => ::std::fmt::Display::fmt(x, f),
                        Self::Integer(x) => ::std::fmt::Display::fmt(x, f),
                    }
                }
            }
        };
        assert!(parts.types.contains(&inner));
    }
}
