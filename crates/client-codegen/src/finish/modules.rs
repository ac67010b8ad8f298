//! Splits a client into files: one per operation, one per type.
//!
//! So a change upstream shows as a change of the files that it is about, and no file grows with the API
//! but the lists of modules and `client.rs`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Field, Item, ItemImpl, Path, Type, Visibility, parse_quote};

use super::docs;
use super::module_names::module_name;
use super::operations::OperationCode;
use super::parts::{Parts, defined_ident};
use super::path_starts::path_starts;

/// All files below `src/generated/`, by path.
pub(super) fn split(
    parts: Parts,
    operations: Vec<OperationCode>,
    client: syn::File,
    error: syn::File,
    table: &str,
) -> BTreeMap<String, syn::File> {
    let mut files = BTreeMap::new();
    files.insert("client.rs".to_owned(), client);
    files.insert("error.rs".to_owned(), error);
    split_operations(operations, table, &mut files);
    split_types(parts, &mut files);
    files.insert("mod.rs".to_owned(), root());
    files
}

fn root() -> syn::File {
    // Correctness and suspicious lints stay on. The second list is for workspaces that deny what is allowed by default.
    parse_quote! {
        //! The client as generated; the crate's root re-exports what is public.

        #![allow(
            clippy::complexity,
            clippy::perf,
            clippy::style,
            clippy::expect_used,
            clippy::infallible_try_from,
            dead_code,
            reason = "names, shapes and what is used of them are the vendor's; a checked default says so in its message"
        )]
        #![allow(
            clippy::nursery,
            clippy::pedantic,
            missing_copy_implementations,
            missing_docs,
            redundant_imports,
            trivial_casts,
            unused_qualifications,
            unused_results,
            reason = "what a workspace asks of the code that its people write is not asked of generated code"
        )]

        mod client;
        pub mod builder;
        pub mod error;
        #[cfg(feature = "httpmock")]
        pub mod httpmock;
        pub mod types;

        pub use client::{Client, ClientBuilder};
    }
}

fn split_operations(
    operations: Vec<OperationCode>,
    table: &str,
    files: &mut BTreeMap<String, syn::File>,
) {
    let mut index: syn::File = parse_quote!();
    index.attrs = docs::of_module(table);
    let mut modules: Vec<Item> = Vec::new();
    let mut exports: Vec<Item> = Vec::new();
    for operation in operations {
        let type_name = operation.type_name().clone();
        let module = module_name(&operation.rust_name(), &operation.rust_name());
        modules.push(parse_quote!(mod #module;));
        exports.push(parse_quote!(pub use self::#module::#type_name;));
        let (definition, implementation) = (operation.definition, operation.implementation);
        let (debug, paging, job) = (operation.debug, operation.paging, operation.job);
        let body = quote!(#definition #implementation #debug #paging #job);
        let imports = imports_of(&body);
        files.insert(
            format!("builder/{}.rs", module),
            parse_quote!(#imports #body),
        );
    }
    index.items.extend(modules);
    index.items.extend(exports);
    files.insert("builder/mod.rs".to_owned(), index);
}

/// What an operation's file must import: the crate's modules, and the runtime's traits for their methods.
fn imports_of(body: &TokenStream) -> TokenStream {
    let starts = path_starts(body.clone());
    let siblings = ["error", "types"]
        .into_iter()
        .filter(|name| starts.contains(*name))
        .map(|name| format_ident!("{name}"));
    let form = calls_method(body, "form_urlencoded").then(|| {
        quote!(
            use ::client_runtime::RequestBuilderExt as _;
        )
    });
    quote! {
        use crate::generated::{Client, #(#siblings),*};
        #form
    }
}

/// Whether `.name(` stands anywhere in `tokens`.
fn calls_method(tokens: &TokenStream, name: &str) -> bool {
    let mut after_dot = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Group(group) if calls_method(&group.stream(), name) => return true,
            TokenTree::Ident(ident) if after_dot && ident == name => return true,
            _ => {}
        }
        after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
    }
    false
}

fn split_types(parts: Parts, files: &mut BTreeMap<String, syn::File>) {
    let defined: BTreeSet<String> = parts.types.iter().filter_map(defined_name).collect();
    let mut by_type: BTreeMap<String, TypeFile> = BTreeMap::new();
    let mut shared: Vec<Item> = Vec::new();
    for item in parts.types {
        match owner(&item, &defined) {
            Some(name) => by_type.entry(name).or_default().items.push(item),
            None => shared.push(item),
        }
    }

    let mut index: syn::File = parse_quote! {
        //! The types that operations take and return.
    };
    let mut modules: Vec<Item> = Vec::new();
    let mut exports: Vec<Item> = Vec::new();
    for (name, file) in by_type {
        let module = module_name(&name.to_snake_case(), &name);
        let type_name = format_ident!("{name}");
        modules.push(parse_quote!(mod #module;));
        exports.push(parse_quote!(pub use self::#module::#type_name;));
        files.insert(format!("types/{}.rs", module), file.into_file());
    }
    index.items.extend(modules);
    index.items.extend(exports);
    index.items.extend(parts.type_defaults.map(Item::Mod));
    let is_error_used =
        files.values().any(names_conversion_error) || shared.iter().any(names_conversion_error);
    let error = parts.type_error.filter(|_| is_error_used);
    index.items.extend(error.map(Item::Mod));
    index.items.extend(shared);
    files.insert("types/mod.rs".to_owned(), index);
}

/// typify writes that type for conversions that can fail, whether or not there is one.
fn names_conversion_error(tokens: &impl ToTokens) -> bool {
    fn names(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => names(group.stream()),
            TokenTree::Ident(ident) => ident == "ConversionError",
            _ => false,
        })
    }
    names(tokens.to_token_stream())
}

#[derive(Default)]
struct TypeFile {
    items: Vec<Item>,
}

impl TypeFile {
    fn into_file(mut self) -> syn::File {
        for item in &mut self.items {
            Relocate.visit_item_mut(item);
        }
        let import: Item = parse_quote! {
            #[allow(unused_imports, reason = "types name each other, and not every type names one")]
            use super::*;
        };
        let mut items = vec![import];
        items.extend(self.items);
        let mut file: syn::File = parse_quote!();
        file.items = items;
        file
    }
}

/// Adapts an item of `types` to its new place, one module deeper.
struct Relocate;

impl VisitMut for Relocate {
    fn visit_path_mut(&mut self, path: &mut Path) {
        // `self::error::ConversionError`
        if path.segments.len() > 1 && path.segments[0].ident == "self" {
            path.segments[0].ident = format_ident!("super");
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_field_mut(&mut self, field: &mut Field) {
        // A newtype's private field is used by `types::defaults`.
        if field.ident.is_none() && matches!(field.vis, Visibility::Inherited) {
            field.vis = parse_quote!(pub(super));
        }
        visit_mut::visit_field_mut(self, field);
    }

    fn visit_variant_mut(&mut self, _: &mut syn::Variant) {
        // The fields of a variant have no visibility.
    }
}

fn defined_name(item: &Item) -> Option<String> {
    defined_ident(item).map(ToString::to_string)
}

/// The type that an item is about: its own name, the type it is implemented for, else a type that the
/// implemented trait names (`impl From<List> for Vec<Item>` is about `List`).
fn owner(item: &Item, defined: &BTreeSet<String>) -> Option<String> {
    match item {
        Item::Impl(item) => owner_of_impl(item, defined),
        item => defined_name(item),
    }
}

fn owner_of_impl(item: &ItemImpl, defined: &BTreeSet<String>) -> Option<String> {
    if let Some(name) = plain_name(&item.self_ty).filter(|name| defined.contains(name)) {
        return Some(name);
    }
    let (path, _) = item.trait_.as_ref()?;
    let named = path.segments.last()?.arguments.to_token_stream();
    plain_names(named, defined)
        .into_iter()
        .chain(plain_names(item.self_ty.to_token_stream(), defined))
        .next()
}

/// `X` of `X` and `X<…>`; a longer path names something that is not ours.
fn plain_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) if path.path.segments.len() == 1 && path.path.leading_colon.is_none() => {
            path.path
                .segments
                .first()
                .map(|segment| segment.ident.to_string())
        }
        _ => None,
    }
}

/// The defined types among the names in `tokens` that stand alone, so not `String` of `::std::string::String`.
fn plain_names(tokens: TokenStream, defined: &BTreeSet<String>) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(plain_names(group.stream(), defined)),
            TokenTree::Ident(ident) if at == 0 || !is_colon(at - 1) => {
                found.extend(Some(ident.to_string()).filter(|name| defined.contains(name)));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use syn::{Item, parse_quote};

    use super::owner;

    #[test]
    fn a_conversion_out_of_a_type_belongs_to_that_type() {
        let defined = ["List".to_owned(), "Entry".to_owned()].into();
        let out: Item = parse_quote!(impl ::std::convert::From<List> for ::std::vec::Vec<Entry> {});
        assert_eq!(owner(&out, &defined).unwrap(), "List");
        let own: Item = parse_quote!(impl ::std::convert::From<Entry> for List {});
        assert_eq!(owner(&own, &defined).unwrap(), "List");
    }
}
