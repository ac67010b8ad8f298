//! Names the variants of untagged enums by what they hold, and rewrites what uses them.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident};
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, Ident, Item, ItemEnum, ItemImpl, Path, Variant};

use super::parts::{Parts, is_rename, is_untagged, only_field, self_ident};
use super::payload_names::{PayloadName, distinct};

/// A variant with fields that has no name of its own is named by so many letters of them.
const MAX_FIELDS_LENGTH: usize = 40;

/// Old to new names of variants, by enum.
type Renames = BTreeMap<String, BTreeMap<String, Ident>>;

pub(super) fn rename(parts: &mut Parts) {
    let mut renames = Renames::new();
    for item in &mut parts.types {
        if let Item::Enum(item) = item
            && is_untagged(item)
        {
            renames.insert(item.ident.to_string(), rename_variants(item));
        }
    }
    let mut uses = Uses {
        renames: &renames,
        own: None,
    };
    for item in parts.type_items_mut() {
        uses.visit_item_mut(item);
    }
}

fn rename_variants(item: &mut ItemEnum) -> BTreeMap<String, Ident> {
    let union = item.ident.to_string();
    let names: Vec<PayloadName> = item
        .variants
        .iter()
        .map(|variant| payload_name(variant, &union))
        .collect();
    let mut renames = BTreeMap::new();
    for (variant, name) in item
        .variants
        .iter_mut()
        .zip(distinct(&names, &BTreeSet::new()))
    {
        let name = format_ident!("{name}");
        renames.insert(variant.ident.to_string(), name.clone());
        variant.ident = name;
        // Untagged variants have no name on the wire.
        variant.attrs.retain(|attribute| !is_rename(attribute));
    }
    renames
}

fn payload_name(variant: &Variant, union: &str) -> PayloadName {
    match &variant.fields {
        Fields::Unit => PayloadName::null(),
        Fields::Unnamed(_) => match only_field(&variant.fields) {
            Some(ty) => PayloadName::of(ty, union),
            None => PayloadName::tuple(),
        },
        // typify merges the branches of a union that a part of `allOf` refers to into variants with fields.
        Fields::Named(fields) => {
            let mut names: Vec<(bool, String)> = fields
                .named
                .iter()
                .map(|field| {
                    let ty = field.ty.to_token_stream().to_string();
                    let name = field.ident.as_ref().map(ToString::to_string);
                    (ty.contains("Option"), name.unwrap_or_default())
                })
                .collect();
            names.sort();
            let all_optional = names.iter().all(|(optional, _)| *optional);
            let mut joined = String::new();
            for (optional, name) in names {
                if (all_optional || !optional) && joined.len() < MAX_FIELDS_LENGTH {
                    joined.push_str(&heck::ToPascalCase::to_pascal_case(name.as_str()));
                }
            }
            if joined.is_empty() {
                joined.push_str("Object");
            }
            PayloadName::of_fields(&joined, fields)
        }
    }
}

struct Uses<'r> {
    renames: &'r Renames,
    /// The type whose implementation is looked at.
    own: Option<String>,
}

impl VisitMut for Uses<'_> {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        self.own = self_ident(item).map(ToString::to_string);
        visit_mut::visit_item_impl_mut(self, item);
        self.own = None;
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut last_two = path.segments.iter_mut().rev();
        let (Some(variant), Some(owner)) = (last_two.next(), last_two.next()) else {
            return;
        };
        let owner = owner.ident.to_string();
        let owner = match owner.as_str() {
            "Self" => self.own.as_deref().unwrap_or_default(),
            name => name,
        };
        let renamed = self.renames.get(owner);
        if let Some(new) = renamed.and_then(|names| names.get(&variant.ident.to_string())) {
            variant.ident = new.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::rename;
    use crate::finish::parts::Parts;

    #[test]
    fn variants_and_all_their_uses_are_renamed() {
        let mut parts = Parts {
            types: vec![
                parse_quote! {
                    #[serde(untagged)]
                    pub enum Pet {
                        #[serde(rename = "x y")]
                        Variant0(PetCat),
                        Variant1 { size: i64, name: ::std::option::Option<i64> },
                        Variant2,
                    }
                },
                parse_quote! {
                    impl From<PetCat> for Pet {
                        fn from(value: PetCat) -> Self { Self::Variant0(value) }
                    }
                },
                parse_quote! {
                    impl Default for Home {
                        fn default() -> Self { Home { pet: Pet::Variant1 { size: 1, name: None }, own: Self::Variant0 } }
                    }
                },
            ],
            type_defaults: Some(parse_quote! {
                pub mod defaults { fn pet() -> super::Pet { super::Pet::Variant2 } }
            }),
            ..Parts::default()
        };
        rename(&mut parts);
        let expected: Vec<Item> = vec![
            parse_quote! {
                #[serde(untagged)]
                pub enum Pet {
                    Cat(PetCat),
                    Size { size: i64, name: ::std::option::Option<i64> },
                    Null,
                }
            },
            parse_quote! {
                impl From<PetCat> for Pet {
                    fn from(value: PetCat) -> Self { Self::Cat(value) }
                }
            },
            parse_quote! {
                impl Default for Home {
                    fn default() -> Self { Home { pet: Pet::Size { size: 1, name: None }, own: Self::Variant0 } }
                }
            },
            parse_quote! {
                pub mod defaults { fn pet() -> super::Pet { super::Pet::Null } }
            },
        ];
        let text = |items: &[Item]| -> Vec<String> {
            items
                .iter()
                .map(|item| item.to_token_stream().to_string())
                .collect()
        };
        parts.types.extend(parts.type_defaults.map(Item::Mod));
        assert_eq!(text(&parts.types), text(&expected));
    }

    #[test]
    fn a_field_may_be_called_like_a_word_of_rust() {
        let mut parts = Parts {
            types: vec![parse_quote! {
                #[serde(untagged)]
                pub enum Pet {
                    Variant0 { self_: i64 },
                    Variant1 { self_: bool },
                }
            }],
            ..Parts::default()
        };
        rename(&mut parts);
        let expected: Item = parse_quote! {
            #[serde(untagged)]
            pub enum Pet {
                SelfType { self_: i64 },
                SelfTypeType { self_: bool },
            }
        };
        assert_eq!(
            parts.types[0].to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }

    #[test]
    fn tagged_enums_keep_the_names_that_are_on_the_wire() {
        let before: Item = parse_quote!(
            #[serde(tag = "untagged_kind")]
            pub enum Pet {
                Variant0(PetCat),
            }
        );
        let mut parts = Parts {
            types: vec![before.clone()],
            ..Parts::default()
        };
        rename(&mut parts);
        assert_eq!(
            parts.types[0].to_token_stream().to_string(),
            before.to_token_stream().to_string()
        );
    }
}
