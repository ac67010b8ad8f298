//! Lets fields keep texts that are not of the format that the document promises, such as dates without a zone.
//!
//! What a branch of a union is stays as it is, because branches may be told apart by the format of a text; the fields of
//! its objects are told apart by their names.

use std::collections::{BTreeMap, BTreeSet};

use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, Ident, Item, ItemImpl, Type, parse_quote};

use super::builder_code::method;
use super::operations::OperationCode;
use super::parts::{Parts, only_field, self_ident, standard};
use crate::problem::Problem;

/// The types that typify has for formats of texts.
const FORMATS: &[&str] = &[
    "DateTime",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "Uuid",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
];

/// Rewrites the fields of all objects and all newtypes but the `closed` ones.
pub(super) fn keep_texts(parts: &mut Parts, closed: &BTreeSet<String>) {
    let newtypes: BTreeMap<String, Type> = parts
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), only_field(&item.fields)?.clone())),
            _ => None,
        })
        .filter(|(name, inner)| has_format(inner) && !closed.contains(name))
        .collect();
    for item in &mut parts.types {
        match item {
            Item::Struct(item) => match &mut item.fields {
                Fields::Named(fields) => {
                    let types = fields.named.iter_mut().map(|field| &mut field.ty);
                    types.for_each(|ty| KeepText.visit_type_mut(ty));
                }
                Fields::Unnamed(_) if newtypes.contains_key(&item.ident.to_string()) => {
                    KeepText.visit_item_struct_mut(item);
                }
                _ => {}
            },
            Item::Impl(item) if is_about(item, &newtypes) => KeepText.visit_item_impl_mut(item),
            _ => {}
        }
    }
    // The conversion that typify wrote is one of the text now.
    let direct = newtypes.into_iter().filter(|(_, inner)| is_format(inner));
    parts.types.extend(direct.map(|(name, inner)| {
        let name = format_ident!("{name}");
        parse_quote! {
            impl ::std::convert::From<#inner> for #name {
                fn from(value: #inner) -> Self {
                    Self(value.into())
                }
            }
        }
    }));
}

/// The same for what an operation answers without a type of its own.
pub(super) fn keep_texts_of_answer(operation: &mut OperationCode) -> Result<(), Problem> {
    KeepText.visit_return_type_mut(&mut method(operation, "send")?.sig.output);
    Ok(())
}

/// `impl X` and `impl From<X> for DateTime<Utc>`, not `impl From<DateTime<Utc>> for Union`.
fn is_about(item: &ItemImpl, newtypes: &BTreeMap<String, Type>) -> bool {
    let is_one = |name: &Ident| newtypes.contains_key(&name.to_string());
    if self_ident(item).is_some_and(is_one) {
        return true;
    }
    let source = item.trait_.as_ref().map(|(path, _)| path.segments.last());
    let arguments = source.flatten().map(|last| &last.arguments);
    match arguments {
        Some(syn::PathArguments::AngleBracketed(arguments)) => {
            arguments.args.iter().any(|argument| {
                matches!(argument, syn::GenericArgument::Type(Type::Path(path))
                    if path.path.get_ident().is_some_and(is_one))
            })
        }
        _ => false,
    }
}

fn is_format(ty: &Type) -> bool {
    standard(ty, FORMATS)
}

/// Whether there is one in a list or a map, too.
fn has_format(ty: &Type) -> bool {
    let mut kept = ty.clone();
    KeepText.visit_type_mut(&mut kept);
    kept != *ty
}

struct KeepText;

impl VisitMut for KeepText {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if is_format(ty) {
            *ty = parse_quote!(::client_runtime::Formatted<#ty>);
        } else {
            visit_mut::visit_type_mut(self, ty);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::super::parts::Parts;

    #[test]
    fn fields_and_newtypes_keep_texts_and_branches_do_not() {
        let mut parts = Parts {
            types: vec![
                parse_quote! {
                    struct Pet {
                        born: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                        days: ::std::vec::Vec<::chrono::naive::NaiveDate>,
                        own: Uuid,
                        name: ::std::string::String,
                    }
                },
                parse_quote!(
                    struct At(pub ::chrono::naive::NaiveDate);
                ),
                parse_quote!(impl ::std::convert::From<At> for ::chrono::naive::NaiveDate { fn from(value: At) -> Self { value.0 } }),
                parse_quote!(
                    struct Branch(pub ::uuid::Uuid);
                ),
                parse_quote!(impl ::std::convert::From<Branch> for ::uuid::Uuid { fn from(value: Branch) -> Self { value.0 } }),
                parse_quote!(
                    enum Id {
                        Branch(Branch),
                        Uuid(::uuid::Uuid),
                    }
                ),
                parse_quote!(impl ::std::convert::From<::uuid::Uuid> for Id { fn from(value: ::uuid::Uuid) -> Self { Self::Uuid(value) } }),
            ],
            ..Parts::default()
        };
        let strict = parts.types[3..].to_vec();
        super::keep_texts(&mut parts, &["Branch".to_owned()].into());
        let expected: Vec<Item> = vec![
            parse_quote! {
                struct Pet {
                    born: ::std::option::Option<::client_runtime::Formatted<::chrono::DateTime<::chrono::offset::Utc>>>,
                    days: ::std::vec::Vec<::client_runtime::Formatted<::chrono::naive::NaiveDate>>,
                    own: Uuid,
                    name: ::std::string::String,
                }
            },
            parse_quote!(
                struct At(pub ::client_runtime::Formatted<::chrono::naive::NaiveDate>);
            ),
            parse_quote!(impl ::std::convert::From<At> for ::client_runtime::Formatted<::chrono::naive::NaiveDate> { fn from(value: At) -> Self { value.0 } }),
        ];
        let added: Item = parse_quote! {
            impl ::std::convert::From<::chrono::naive::NaiveDate> for At { fn from(value: ::chrono::naive::NaiveDate) -> Self { Self(value.into()) } }
        };
        let text = |items: &[Item]| -> Vec<String> {
            items
                .iter()
                .map(|item| item.to_token_stream().to_string())
                .collect()
        };
        let all: Vec<Item> = expected.into_iter().chain(strict).chain([added]).collect();
        assert_eq!(text(&parts.types), text(&all));
    }
}
