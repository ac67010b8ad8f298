//! The traits that an item derives.

use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, parse_quote};

/// Whether a trait is in `#[derive(…)]`.
pub(super) fn derives(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| attribute.parse_args_with(list).ok())
        .flatten()
        .any(|path| is_named(&path, &[name]))
}

fn list(input: ParseStream<'_>) -> syn::Result<Punctuated<Path, Token![,]>> {
    Punctuated::parse_terminated(input)
}

fn is_named(path: &Path, names: &[&str]) -> bool {
    let last = path.segments.last();
    last.is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Takes traits out of `#[derive(…)]`.
pub(super) fn remove_derives(attributes: &mut [Attribute], names: &[&str]) {
    for attribute in attributes {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let Ok(paths) = attribute.parse_args_with(list) else {
            continue;
        };
        let kept = paths.iter().filter(|path| !is_named(path, names));
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
}
