//! The traits that an item derives.

use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, parse_quote};

/// Takes traits out of `#[derive(…)]`.
pub(super) fn remove_derives(attributes: &mut [Attribute], names: &[&str]) {
    for attribute in attributes {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let Ok(paths) = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        else {
            continue;
        };
        let kept = paths.iter().filter(|path| {
            let last = path.segments.last().map(|last| last.ident.to_string());
            !last.is_some_and(|last| names.contains(&last.as_str()))
        });
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
}
