//! Names the text of the standard library in full where typify does not: an API may have a type `String`.

use syn::visit_mut::{self, VisitMut};
use syn::{Item, ItemImpl, Path, parse_quote};

use super::parts::{Parts, trait_ident};

/// `impl TryFrom<String> for X` to that of `::std::string::String`. typify writes it for newtypes of what can be parsed, and no
/// other `TryFrom`, so it is never about a type of the client.
pub(super) fn write(parts: &mut Parts) {
    for item in parts.type_items_mut() {
        if let Item::Impl(item) = item
            && is_of_text(item)
        {
            Texts.visit_item_impl_mut(item);
        }
    }
}

fn is_of_text(item: &ItemImpl) -> bool {
    trait_ident(item).is_some_and(|name| name == "TryFrom")
}

struct Texts;

impl VisitMut for Texts {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.is_ident("String") {
            *path = parse_quote!(::std::string::String);
        }
        visit_mut::visit_path_mut(self, path);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use crate::finish::parts::Parts;

    #[test]
    fn a_text_is_that_of_the_standard_library() {
        let of_text: Item = parse_quote! {
            impl ::std::convert::TryFrom<String> for Number { fn try_from(value: String) -> Result<Self, E> { value.parse() } }
        };
        let of_ours: Item = parse_quote!(impl ::std::convert::From<String> for Union { fn from(value: String) -> Self { Self::String(value) } });
        let mut parts = Parts {
            types: vec![of_text, of_ours.clone()],
            ..Parts::default()
        };
        super::write(&mut parts);
        let expected: Item = parse_quote! {
            impl ::std::convert::TryFrom<::std::string::String> for Number {
                fn try_from(value: ::std::string::String) -> Result<Self, E> { value.parse() }
            }
        };
        for (found, expected) in parts.types.iter().zip([expected, of_ours]) {
            assert_eq!(
                found.to_token_stream().to_string(),
                expected.to_token_stream().to_string()
            );
        }
    }
}
