//! Rust that names every operation of a client with the arguments that it requires: what `example-server` calls in its tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use client_codegen::pipeline::Compiled;
use quote::ToTokens;
use syn::{Fields, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type};

/// A body of bytes, which a test has to make in its own way.
const BYTES: &str = "reqwest::Body";

/// One line for each method of `Client` that starts a call: its request, its name, and the name and type of each argument.
/// What may be absent is left out, but for bodies.
pub(crate) fn calls(compiled: &Compiled, rendered: &BTreeMap<String, String>) -> String {
    let files = &compiled.finished.files;
    let mut builders = BTreeMap::new();
    for (path, file) in files {
        for item in &file.items {
            if let Item::Struct(item) = item
                && path.starts_with("builder/")
            {
                builders.insert(item.ident.to_string(), (path, &item.fields));
            }
        }
    }
    let mut text = String::from("calls! {\n");
    for (method, builder) in methods(&files["client.rs"]) {
        let (path, fields) = builders[&builder];
        let code = &rendered[path];
        let request = request(code);
        let arguments: Vec<String> = arguments(fields)
            .filter(|(name, _)| {
                name == "body" || code.contains(&format!("\"`{name}` was not set\""))
            })
            .map(|(name, ty)| format!("{name}: {ty}"))
            .collect();
        let _ = match arguments.join(", ") {
            none if none.is_empty() => writeln!(text, "    {request:?} {method} {{}},"),
            some => writeln!(text, "    {request:?} {method} {{ {some} }},"),
        };
    }
    text + "}\n"
}

/// The methods of `Client` that return a builder, and its name.
fn methods(client: &syn::File) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in &client.items {
        let Item::Impl(item) = item else { continue };
        for member in &item.items {
            let ImplItem::Fn(function) = member else {
                continue;
            };
            let takes_nothing = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)))
                && function.sig.inputs.len() == 1;
            let ReturnType::Type(_, ty) = &function.sig.output else {
                continue;
            };
            if let Type::Path(ty) = &**ty
                && takes_nothing
                && ty.path.segments[0].ident == "builder"
            {
                let builder = ty.path.segments.last().unwrap().ident.to_string();
                found.push((function.sig.ident.to_string(), builder));
            }
        }
    }
    found
}

/// `GET /nodes` of the operation whose code this is, from what its docs say.
fn request(code: &str) -> &str {
    let (_, sends) = code.split_once("/// Sends `").unwrap();
    sends.split('`').next().unwrap()
}

/// Name and type of what a builder can be given.
fn arguments(fields: &Fields) -> impl Iterator<Item = (String, String)> {
    fields.iter().filter_map(|field| {
        let name = field.ident.as_ref()?.to_string();
        let Type::Path(ty) = &field.ty else {
            return None;
        };
        let PathArguments::AngleBracketed(held) = &ty.path.segments.last()?.arguments else {
            return None;
        };
        let Some(GenericArgument::Type(held)) = held.args.first() else {
            return None;
        };
        let text = held.to_token_stream().to_string().replace(' ', "");
        let text = match text.as_str() {
            BYTES => "Bytes".to_owned(),
            other => other
                .replace("::std::string::String", "String")
                .replace("::std::vec::Vec", "Vec")
                // The clients re-export what they take.
                .replace("::client_runtime::", "")
                .replace(',', ", "),
        };
        Some((name, text))
    })
}
