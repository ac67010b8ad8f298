//! The traits that an item derives.

use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, parse_quote};

/// The traits in `#[derive(…)]`.
pub(crate) fn derived(attributes: &[Attribute]) -> impl Iterator<Item = Path> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| attribute.parse_args_with(list).ok())
        .flatten()
}

/// Whether a trait is among them.
pub(super) fn derives(attributes: &[Attribute], name: &str) -> bool {
    derived(attributes).any(|path| is_named(&path, &[name]))
}

fn list(input: ParseStream<'_>) -> syn::Result<Punctuated<Path, Token![,]>> {
    Punctuated::parse_terminated(input)
}

fn is_named(path: &Path, names: &[&str]) -> bool {
    let last = path.segments.last();
    last.is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Takes traits out of `#[derive(…)]`, and the attribute where none is left.
pub(super) fn remove_derives(attributes: &mut Vec<Attribute>, names: &[&str]) {
    attributes.retain_mut(|attribute| {
        if !attribute.path().is_ident("derive") {
            return true;
        }
        let Ok(paths) = attribute.parse_args_with(list) else {
            return true;
        };
        let kept: Vec<&Path> = paths.iter().filter(|path| !is_named(path, names)).collect();
        let is_empty = kept.is_empty();
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
        !is_empty
    });
}
