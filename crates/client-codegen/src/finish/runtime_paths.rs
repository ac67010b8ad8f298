//! Points an operation's code at `client_runtime` instead of `progenitor_client`.
//!
//! progenitor imports its runtime's names; here they become full paths, so that an operation may be
//! called `Error` or `ByteStream`. Variants of progenitor's `Error` become constructors of ours.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, ItemImpl, Macro, Path, parse_quote};

use super::operations::OperationCode;
use super::run::unexpected_output;
use crate::problem::Problem;

/// Names that progenitor's operation code imports and uses by one segment.
const RUNTIME_NAMES: [&str; 4] = ["ByteStream", "Error", "OperationInfo", "ResponseValue"];

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
        Some(variant) => Err(unexpected_output(&format!("`Error::{variant}`"))),
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
    let mut tokens = tokens.into_iter().peekable();
    let mut result = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let inner = with_full_paths(group.stream());
                Group::new(group.delimiter(), inner).to_tokens(&mut result);
            }
            // Only a call: a parameter may be named `encode_path`.
            TokenTree::Ident(name) if name == "encode_path" && is_arguments(tokens.peek()) => {
                result.extend(quote!(::client_runtime::#name));
            }
            other => other.to_tokens(&mut result),
        }
    }
    result
}

fn is_arguments(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
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

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};
    use syn::parse_quote;
    use syn::visit_mut::VisitMut;

    use super::{Rewriter, with_full_paths};

    fn rewritten(mut code: syn::ItemImpl) -> (String, Option<String>) {
        let mut rewriter = Rewriter {
            own_name: parse_quote!(GetX),
            unknown: None,
        };
        rewriter.visit_item_impl_mut(&mut code);
        (code.to_token_stream().to_string(), rewriter.unknown)
    }

    #[test]
    fn runtime_names_get_their_full_path_and_variants_become_constructors() {
        let (code, unknown) = rewritten(parse_quote! {
            impl GetX {
                async fn send(self) -> Result<ResponseValue<types::Y>, Error<()>> {
                    let id = id.map_err(Error::InvalidRequest)?;
                    match status {
                        200 => ResponseValue::from_response(response).await,
                        _ => Err(Error::UnexpectedResponse(response)),
                    }
                }
            }
        });
        let expected: syn::ItemImpl = parse_quote! {
            impl GetX {
                async fn send(self) -> Result<::client_runtime::ResponseValue<types::Y>, ::client_runtime::Error<()>> {
                    let id = id.map_err(::client_runtime::Error::invalid_request)?;
                    match status {
                        200 => ::client_runtime::ResponseValue::from_response(response).await,
                        _ => Err(::client_runtime::Error::from_response(response, &info).await),
                    }
                }
            }
        };
        assert_eq!(code, expected.to_token_stream().to_string());
        assert_eq!(unknown, None);
    }

    #[test]
    fn a_variant_that_is_not_known_is_reported() {
        let (_, unknown) = rewritten(parse_quote! { impl GetX { fn f() { Error::Surprise(1) } } });
        assert_eq!(unknown.as_deref(), Some("Surprise"));
    }

    #[test]
    fn a_parameter_may_be_named_like_a_function_of_the_runtime() {
        let tokens = with_full_paths(quote!("{}/{}", base, encode_path(&encode_path.to_string())));
        let expected = quote!(
            "{}/{}",
            base,
            ::client_runtime::encode_path(&encode_path.to_string())
        );
        assert_eq!(tokens.to_string(), expected.to_string());
    }
}
