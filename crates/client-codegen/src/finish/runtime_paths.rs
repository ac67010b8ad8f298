//! Points an operation's code at `client_runtime` instead of `progenitor_client`.
//!
//! progenitor imports its runtime's names; here they become full paths, so that an operation may be
//! called `Error` or `ByteStream`. Variants of progenitor's `Error` become constructors of ours.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, ItemImpl, Macro, Path, parse_quote};

use super::operations::OperationCode;
use super::run::Problem;

/// Names that progenitor's operation code imports and uses by one segment.
const RUNTIME_NAMES: [&str; 5] = [
    "ByteStream",
    "Error",
    "OperationInfo",
    "ResponseValue",
    "encode_path",
];

/// Rewrites the paths in an operation's struct, implementation and method.
pub(super) fn rewrite(operation: &mut OperationCode) -> Result<(), Problem> {
    let mut rewriter = Rewriter {
        own_name: operation.type_name().clone(),
        unknown: None,
    };
    rewriter.visit_item_struct_mut(&mut operation.definition);
    rewriter.visit_item_impl_mut(&mut operation.implementation);
    match rewriter.unknown {
        None => Ok(()),
        Some(variant) => Err(Problem::unexpected_output(&format!("`Error::{variant}`"))),
    }
}

/// Rewrites the paths in `impl ClientInfo for Client`.
pub(super) fn rewrite_client_info(item: &mut ItemImpl) {
    if let Some((path, _)) = &mut item.trait_
        && path.leading_colon.is_none()
    {
        let segments = std::mem::take(&mut path.segments);
        *path = parse_quote!(::client_runtime);
        path.segments.extend(segments);
    }
}

struct Rewriter {
    own_name: Ident,
    unknown: Option<String>,
}

impl Rewriter {
    fn rewrite(&mut self, path: &mut Path) {
        let Some(first) = path
            .segments
            .first()
            .map(|segment| segment.ident.to_string())
        else {
            return;
        };
        if path.leading_colon.is_some() {
            return;
        }
        if first == "progenitor_client" {
            path.segments[0].ident = parse_quote!(client_runtime);
            path.leading_colon = Some(parse_quote!(::));
        } else if first == "super" && path.segments.len() > 1 {
            // `super::Client`: the file imports `Client`.
            path.segments = path.segments.iter().skip(1).cloned().collect();
        } else if RUNTIME_NAMES.contains(&first.as_str()) && !self.means_itself(path) {
            if first == "Error" {
                self.rename_variant(path);
            }
            let segments = std::mem::take(&mut path.segments);
            *path = parse_quote!(::client_runtime);
            path.segments.extend(segments);
        }
    }

    /// `impl<'a> Error<'a>`: an operation of that name, not the runtime's type.
    fn means_itself(&self, path: &Path) -> bool {
        path.segments.len() == 1
            && path.segments[0].ident == self.own_name
            && matches!(&path.segments[0].arguments, syn::PathArguments::AngleBracketed(arguments)
                if matches!(arguments.args.first(), Some(syn::GenericArgument::Lifetime(_))))
    }

    fn rename_variant(&mut self, path: &mut Path) {
        let Some(second) = path.segments.get_mut(1) else {
            return;
        };
        if second.ident == "InvalidRequest" {
            second.ident = parse_quote!(invalid_request);
        } else if second.ident.to_string().starts_with(char::is_uppercase) {
            self.unknown = Some(second.ident.to_string());
        }
    }
}

impl VisitMut for Rewriter {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Some(response) = unexpected_response(expression) {
            *expression =
                parse_quote!(::client_runtime::Error::from_response(#response, &info).await);
        }
        visit_mut::visit_expr_mut(self, expression);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        self.rewrite(path);
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        // `format!("…", encode_path(…))`: syn does not parse the arguments of macros.
        call.tokens = with_full_paths(std::mem::take(&mut call.tokens));
        visit_mut::visit_macro_mut(self, call);
    }
}

fn with_full_paths(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => {
                let inner = with_full_paths(group.stream());
                Group::new(group.delimiter(), inner).into_token_stream()
            }
            TokenTree::Ident(name) if name == "encode_path" => quote!(::client_runtime::#name),
            other => other.into_token_stream(),
        })
        .collect()
}

/// `response` of `Error::UnexpectedResponse(response)`.
fn unexpected_response(expression: &Expr) -> Option<Expr> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Path(function) = call.func.as_ref() else {
        return None;
    };
    let names: Vec<String> = function
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    (names == ["Error", "UnexpectedResponse"])
        .then(|| call.args.first().cloned())
        .flatten()
}
