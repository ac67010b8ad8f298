//! How values are handed over: plainly, but for those that something else is often converted to, as a text that is
//! borrowed or the branch of a union, and for what has a box around it.

use std::collections::BTreeSet;

use syn::{Expr, Ident, Item, Type, parse_quote};

use super::parts::{
    Parts, defined_ident, last_ident, only_type_argument, self_ident, standard, trait_ident,
};

/// An argument of a constructor or a setter.
pub(super) struct Argument {
    pub(super) ty: Type,
    /// What is made of it.
    pub(super) value: Expr,
}

/// The types of the client that others are converted to.
pub(super) struct Conversions(BTreeSet<String>);

impl Conversions {
    pub(super) fn of(parts: &Parts) -> Self {
        let defined: BTreeSet<&Ident> = parts.types.iter().filter_map(defined_ident).collect();
        let conversions = parts.types.iter().filter_map(|item| match item {
            Item::Impl(item) if trait_ident(item).is_some_and(|name| name == "From") => {
                self_ident(item).filter(|name| defined.contains(name))
            }
            _ => None,
        });
        Self(conversions.map(ToString::to_string).collect())
    }

    /// The argument for a value of a type, which code calls `given`.
    pub(super) fn argument(&self, ty: &Type, given: &Expr) -> Argument {
        let inner = only_type_argument(ty);
        match inner {
            Some(inner) if standard(ty, &["Box"]) => {
                let Argument { ty, value } = self.argument(inner, given);
                Argument {
                    ty,
                    value: parse_quote!(::std::boxed::Box::new(#value)),
                }
            }
            Some(inner) if standard(ty, &["Nullable"]) => match only_type_argument(inner) {
                Some(unboxed) if standard(inner, &["Box"]) => Argument {
                    ty: parse_quote!(impl ::std::convert::Into<::client_runtime::Nullable<#unboxed>>),
                    value: parse_quote!(#given.into().map(::std::boxed::Box::new)),
                },
                _ => converted(ty, given),
            },
            _ if standard(ty, &["String", "Value", "Formatted"]) || is_body(ty) || self.has(ty) => {
                converted(ty, given)
            }
            _ => Argument {
                ty: ty.clone(),
                value: given.clone(),
            },
        }
    }

    fn has(&self, ty: &Type) -> bool {
        let is_ours = matches!(ty, Type::Path(path) if path.path.leading_colon.is_none());
        is_ours && last_ident(ty).is_some_and(|name| self.0.contains(&name.to_string()))
    }
}

fn converted(ty: &Type, given: &Expr) -> Argument {
    Argument {
        ty: parse_quote!(impl ::std::convert::Into<#ty>),
        value: parse_quote!(#given.into()),
    }
}

/// The body of a request that is bytes.
pub(super) fn is_body(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.len() == 2
        && path.path.segments[0].ident == "reqwest"
        && path.path.segments[1].ident == "Body")
}
