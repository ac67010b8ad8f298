//! One error enum per operation, from the table of error bodies that the lowering carries.

use heck::ToPascalCase;
use openapi_lower::StatusPattern;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Item, Path, parse_quote};

use super::docs;
use super::operations::OperationCode;
use super::probe::ProbedTypes;

/// Writes the enums and makes each operation return its own. The result is the content of `error.rs`.
pub(super) fn attach(operations: &mut [OperationCode], types: &ProbedTypes) -> syn::File {
    let mut enums: Vec<(Ident, Vec<Item>)> = Vec::new();
    for operation in operations {
        let error: Option<Path> = if operation.operation.errors.values().any(Option::is_some) {
            let name = format_ident!("{}Error", operation.type_name());
            enums.push((name.clone(), error_enum(operation, &name, types)));
            Some(parse_quote!(error::#name))
        } else {
            None
        };
        SetError(error).visit_item_impl_mut(&mut operation.implementation);
    }
    enums.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut file: syn::File = parse_quote! {
        //! The error bodies that the API documents, one enum per operation.
        //!
        //! [`Error::typed`](::client_runtime::Error::typed) gives a value of these types.
    };
    file.items = enums.into_iter().flat_map(|(_, items)| items).collect();
    if !file.items.is_empty() {
        file.items.insert(
            0,
            parse_quote!(
                use super::types;
            ),
        );
    }
    file
}

/// Puts the error type into `Error<()>`; without one it is `Error` with its default, `Untyped`.
struct SetError(Option<Path>);

impl VisitMut for SetError {
    fn visit_path_mut(&mut self, path: &mut Path) {
        let is_error = path.segments.last().is_some_and(|segment| {
            segment.ident == "Error" && segment.arguments.to_token_stream().to_string() == "< () >"
        });
        if is_error {
            *path = match &self.0 {
                Some(error) => parse_quote!(::client_runtime::Error<#error>),
                None => parse_quote!(::client_runtime::Error),
            };
        } else {
            visit_mut::visit_path_mut(self, path);
        }
    }
}

/// The type of an error body by the name of its component.
pub(super) fn body_type(component: &str, types: &ProbedTypes) -> Option<TokenStream> {
    types.of_component(component).map(|ty| quote!(types::#ty))
}

struct Variant {
    name: Ident,
    docs: String,
    status: TokenStream,
    body: Option<TokenStream>,
}

fn error_enum(operation: &OperationCode, name: &Ident, types: &ProbedTypes) -> Vec<Item> {
    // The table is sorted: codes, then ranges, then the default. A match takes the first that fits.
    let variants: Vec<Variant> = operation
        .operation
        .errors
        .iter()
        .map(|(status, component)| Variant {
            name: variant_name(status),
            docs: variant_docs(status),
            status: status_pattern(status),
            body: component
                .as_ref()
                .and_then(|component| body_type(component, types)),
        })
        .collect();
    let enum_docs = docs::lines(&format!(
        "The error bodies that [`Client::{}`](crate::Client::{0}) documents.",
        operation.rust_name()
    ));
    let definitions = variants.iter().map(
        |Variant {
             name, docs, body, ..
         }| {
            let docs = docs::lines(docs);
            match body {
                Some(body) => quote!(#(#docs)* #name(#body)),
                None => quote!(#(#docs)* #name),
            }
        },
    );
    let arms = variants.iter().map(
        |Variant {
             name, status, body, ..
         }| match body {
            Some(_) => quote!(#status => ::client_runtime::decode_json(body).map(Self::#name)),
            None => quote!(#status => ::client_runtime::Decoded::Value(Self::#name)),
        },
    );
    let has_default = operation
        .operation
        .errors
        .contains_key(&StatusPattern::Default);
    let otherwise = (!has_default).then(|| quote!(_ => ::client_runtime::Decoded::Undocumented));
    let definition: Item = parse_quote! {
        #(#enum_docs)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
        }
    };
    // Inlined is what a program compiles that makes the call, and nobody else.
    let decode = match variants.as_slice() {
        // A match on `_` alone is no match.
        [
            Variant {
                name,
                status,
                body: Some(_),
                ..
            },
        ] if status.to_string() == "_" => quote! {
            #[inline]
            fn decode(_status: u16, body: &[u8]) -> ::client_runtime::Decoded<Self> {
                ::client_runtime::decode_json(body).map(Self::#name)
            }
        },
        _ => quote! {
            #[inline]
            fn decode(status: u16, body: &[u8]) -> ::client_runtime::Decoded<Self> {
                match status {
                    #(#arms,)*
                    #otherwise
                }
            }
        },
    };
    let implementation: Item = parse_quote! {
        impl ::client_runtime::ErrorBody for #name { #decode }
    };
    vec![definition, implementation]
}

/// `NotFound` for 404, `Status419` for a code without a registered reason, `ClientError` for 4XX.
pub(super) fn variant_name(status: &StatusPattern) -> Ident {
    match status {
        StatusPattern::Code(code) => {
            let reason = http::StatusCode::from_u16(*code)
                .ok()
                .and_then(|status| status.canonical_reason());
            match reason {
                Some(reason) => format_ident!("{}", reason.replace('\'', "").to_pascal_case()),
                None => format_ident!("Status{code}"),
            }
        }
        StatusPattern::Range(4) => format_ident!("ClientError"),
        StatusPattern::Range(5) => format_ident!("ServerError"),
        StatusPattern::Range(class) => format_ident!("Status{class}xx"),
        StatusPattern::Default => format_ident!("Other"),
    }
}

fn variant_docs(status: &StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => format!("HTTP {code}."),
        StatusPattern::Range(class) => format!("Any other HTTP {class}xx."),
        StatusPattern::Default => "Any other status.".to_owned(),
    }
}

fn status_pattern(status: &StatusPattern) -> TokenStream {
    match status {
        StatusPattern::Code(code) => quote!(#code),
        StatusPattern::Range(class) => {
            let first = u16::from(*class) * 100;
            let last = first + 99;
            quote!(#first..=#last)
        }
        StatusPattern::Default => quote!(_),
    }
}

#[cfg(test)]
mod tests {
    use openapi_lower::StatusPattern;

    use super::variant_name;

    #[test]
    fn variants_are_named_by_the_registered_reason() {
        for (status, name) in [
            (StatusPattern::Code(404), "NotFound"),
            (StatusPattern::Code(418), "ImATeapot"),
            (StatusPattern::Code(499), "Status499"),
            (StatusPattern::Range(4), "ClientError"),
            (StatusPattern::Range(3), "Status3xx"),
            (StatusPattern::Default, "Other"),
        ] {
            assert_eq!(variant_name(&status), name);
        }
    }
}
