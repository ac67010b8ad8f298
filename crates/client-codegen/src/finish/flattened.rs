//! Names the fields of flattened unions by what they hold, and rewrites what uses them.
//!
//! Of an `anyOf` of objects typify makes a struct with the fields `subtype_0`, `subtype_1` and so on.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident};
use syn::visit_mut::{self, VisitMut};
use syn::{ExprStruct, Field, Ident, Item, ItemStruct};

use super::parts::{Parts, self_ident};
use super::payload_names::{PayloadName, distinct};

/// Old to new names of fields.
type Renames = BTreeMap<String, String>;

pub(super) fn rename(parts: &mut Parts) {
    let renames: BTreeMap<String, Renames> = parts
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), renames(item))),
            _ => None,
        })
        .filter(|(_, renames)| !renames.is_empty())
        .collect();
    if renames.is_empty() {
        return;
    }
    for item in parts.type_items_mut() {
        match about(item).and_then(|name| renames.get(&name)) {
            Some(renames) => Fields(renames).visit_item_mut(item),
            None => Literals(&renames).visit_item_mut(item),
        }
    }
}

/// The type that is defined or implemented.
fn about(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Impl(item) => self_ident(item).map(ToString::to_string),
        _ => None,
    }
}

fn renames(item: &ItemStruct) -> Renames {
    let (flattened, others): (Vec<&Field>, Vec<&Field>) =
        item.fields.iter().partition(|field| is_branch(field));
    let union = item.ident.to_string();
    let names: Vec<PayloadName> = flattened
        .iter()
        .map(|field| PayloadName::of(&field.ty, &union).in_snake_case())
        .collect();
    let others: BTreeSet<String> = others.iter().map(|field| name_of(field)).collect();
    flattened
        .iter()
        .zip(distinct(&names, &others))
        .map(|(field, mut name)| {
            if syn::parse_str::<Ident>(&name).is_err() {
                name.push('_');
            }
            (name_of(field), name)
        })
        .collect()
}

fn name_of(field: &Field) -> String {
    field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn is_branch(field: &Field) -> bool {
    let numbered = name_of(field)
        .strip_prefix("subtype_")
        .is_some_and(|number| number.parse::<u32>().is_ok());
    numbered
        && field.attrs.iter().any(|attribute| {
            attribute.path().is_ident("serde")
                && attribute
                    .meta
                    .to_token_stream()
                    .to_string()
                    .contains("flatten")
        })
}

/// Renames within the items about a type.
struct Fields<'r>(&'r Renames);

impl VisitMut for Fields<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if let Some(new) = self.0.get(&ident.to_string()) {
            *ident = format_ident!("{new}");
        }
    }
}

/// Renames where a value of a type is written down elsewhere, as in a default.
struct Literals<'r>(&'r BTreeMap<String, Renames>);

impl VisitMut for Literals<'_> {
    fn visit_expr_struct_mut(&mut self, literal: &mut ExprStruct) {
        let name = literal
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        if let Some(renames) = name.and_then(|name| self.0.get(&name)) {
            for field in &mut literal.fields {
                Fields(renames).visit_member_mut(&mut field.member);
            }
        }
        visit_mut::visit_expr_struct_mut(self, literal);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::rename;
    use crate::finish::parts::Parts;

    fn texts(items: &[Item]) -> Vec<String> {
        items
            .iter()
            .map(|item| item.to_token_stream().to_string())
            .collect()
    }

    #[test]
    fn fields_are_renamed_wherever_they_are_named() {
        let mut parts = Parts {
            types: vec![
                parse_quote! {
                    pub struct Pet {
                        #[serde(flatten, skip_serializing_if = "::std::option::Option::is_none")]
                        pub subtype_0: ::std::option::Option<PetCat>,
                        #[serde(flatten)]
                        pub subtype_1: ::std::option::Option<Type>,
                        #[serde(flatten)]
                        pub subtype_2: ::std::option::Option<Dog>,
                        pub dog: i64,
                    }
                },
                parse_quote! {
                    impl Default for Home {
                        fn default() -> Self { Home { pet: Pet { subtype_0: None, subtype_1: None }, subtype_0: 1 } }
                    }
                },
            ],
            ..Parts::default()
        };
        rename(&mut parts);
        let types: Vec<Item> = vec![
            parse_quote! {
                pub struct Pet {
                    #[serde(flatten, skip_serializing_if = "::std::option::Option::is_none")]
                    pub cat: ::std::option::Option<PetCat>,
                    #[serde(flatten)]
                    pub type_: ::std::option::Option<Type>,
                    #[serde(flatten)]
                    pub dog_type: ::std::option::Option<Dog>,
                    pub dog: i64,
                }
            },
            parse_quote! {
                impl Default for Home {
                    fn default() -> Self { Home { pet: Pet { cat: None, type_: None }, subtype_0: 1 } }
                }
            },
        ];
        assert_eq!(texts(&parts.types), texts(&types));
    }
}
