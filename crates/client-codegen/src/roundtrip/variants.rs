//! What the variants of generated enums hold.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Fields, GenericArgument, Item, PathArguments, Type};

use crate::finish::Finished;

/// The variants of every enum, each with the type that it holds.
pub(super) struct Variants(BTreeMap<String, Vec<(String, String)>>);

impl Variants {
    pub(super) fn new(finished: &Finished) -> Self {
        let items = finished.files.values().flat_map(|file| &file.items);
        let enums = items.filter_map(|item| match item {
            Item::Enum(item) => Some(item),
            _ => None,
        });
        let held = |fields: &Fields| match fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Some(bare(&fields.unnamed[0].ty))
            }
            _ => None,
        };
        Self(
            enums
                .map(|item| {
                    let variants = item.variants.iter();
                    let variants = variants.filter_map(|variant| {
                        Some((variant.ident.to_string(), held(&variant.fields)?))
                    });
                    (item.ident.to_string(), variants.collect())
                })
                .collect(),
        )
    }

    /// The variants of an enum that hold a type; none if it is no enum, or holds it nowhere.
    pub(super) fn holding(&self, union: &str, ty: &str) -> Option<Vec<String>> {
        let variants = self.0.get(union)?.iter().filter(|(_, held)| held == ty);
        let names: Vec<String> = variants.map(|(name, _)| name.clone()).collect();
        (!names.is_empty()).then_some(names)
    }
}

/// A type without the `Box` that only makes it finite.
pub(super) fn bare(ty: &Type) -> String {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Box"
        && path.path.segments.len() > 1
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        return bare(inner);
    }
    ty.to_token_stream().to_string().replace(' ', "")
}
