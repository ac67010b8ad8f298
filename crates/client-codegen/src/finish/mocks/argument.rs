//! How a value is handed to an expectation or an answer: borrowed, but for those that are copied.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Type, parse_quote};

use crate::finish::parts::standard;

/// An argument called `value`.
pub(super) struct Argument {
    /// Its type, in which borrowed values live for `lifetime`, if that is given.
    pub(super) ty: Type,
    /// The lifetime that the function has to declare.
    pub(super) lifetime: Option<TokenStream>,
    /// `value` as a reference to something that has a size.
    pub(super) reference: Expr,
}

impl Argument {
    /// The argument for a value of a type.
    pub(super) fn of(ty: &Type) -> Self {
        Self::with(ty, None)
    }

    /// The argument for a value that need not be there.
    pub(super) fn optional(ty: &Type) -> Self {
        let Self { ty, reference, .. } = Self::with(ty, Some(quote!('a)));
        let lifetime = matches!(ty, Type::Reference(_)).then(|| quote!(<'a>));
        Self {
            ty: parse_quote!(impl ::std::convert::Into<::std::option::Option<#ty>>),
            lifetime,
            reference,
        }
    }

    fn with(ty: &Type, lifetime: Option<TokenStream>) -> Self {
        let value: Expr = parse_quote!(value);
        let (ty, reference) = if is_copied(ty) {
            (ty.clone(), parse_quote!(&value))
        } else if standard(ty, &["String"]) {
            (parse_quote!(&#lifetime str), parse_quote!(&value))
        } else if is_bytes(ty) {
            (parse_quote!(&#lifetime [u8]), parse_quote!(&value))
        } else {
            (parse_quote!(&#lifetime #ty), value)
        };
        Self {
            ty,
            lifetime: None,
            reference,
        }
    }
}

/// The types of numbers and flags.
fn is_copied(ty: &Type) -> bool {
    const PRIMITIVES: [&str; 13] = [
        "bool", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128",
    ];
    matches!(ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| PRIMITIVES.iter().any(|known| name == known)))
}

/// The body of a request that is bytes or text.
pub(super) fn is_bytes(ty: &Type) -> bool {
    crate::finish::arguments::is_body(ty)
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};
    use syn::{Type, parse_quote};

    use super::Argument;

    #[test]
    fn what_is_small_is_copied_and_the_rest_is_borrowed() {
        let cases: [(Type, Type, &str); 5] = [
            (parse_quote!(i64), parse_quote!(i64), "& value"),
            (
                parse_quote!(::std::string::String),
                parse_quote!(&str),
                "& value",
            ),
            (parse_quote!(reqwest::Body), parse_quote!(&[u8]), "& value"),
            (parse_quote!(types::X), parse_quote!(&types::X), "value"),
            (
                parse_quote!(::std::vec::Vec<f64>),
                parse_quote!(&::std::vec::Vec<f64>),
                "value",
            ),
        ];
        for (ty, expected, reference) in cases {
            let argument = Argument::of(&ty);
            assert_eq!(argument.ty, expected);
            assert_eq!(argument.reference.to_token_stream().to_string(), reference);
        }
    }

    #[test]
    fn what_may_be_absent_is_an_option_or_a_value() {
        let borrowed = Argument::optional(&parse_quote!(types::X));
        let expected: Type =
            parse_quote!(impl ::std::convert::Into<::std::option::Option<&'a types::X>>);
        assert_eq!(borrowed.ty, expected);
        assert_eq!(
            borrowed.lifetime.unwrap().to_string(),
            quote!(<'a>).to_string()
        );
        let copied = Argument::optional(&parse_quote!(bool));
        let expected: Type = parse_quote!(impl ::std::convert::Into<::std::option::Option<bool>>);
        assert_eq!(copied.ty, expected);
        assert!(copied.lifetime.is_none());
    }
}
