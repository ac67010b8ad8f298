//! Removes the `api-version` header that progenitor sends with every request.
//!
//! It is a convention of Dropshot servers, has no switch, and holds the *document's* version. A parameter
//! of that name that a document declares is appended in another form and stays.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, Ident, ImplItem, ItemImpl, Lit, Pat, Stmt, parse_quote};

/// Removes the header, and the header map where nothing else used it.
pub(super) fn remove(implementation: &mut ItemImpl) {
    for member in &mut implementation.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        let before = function.block.stmts.len();
        function
            .block
            .stmts
            .retain(|statement| !appends_document_version(statement));
        if function.block.stmts.len() == before {
            continue;
        }
        let mut uses = Appends(0);
        uses.visit_block(&function.block);
        if uses.0 == 0 {
            function
                .block
                .stmts
                .retain(|statement| !declares_header_map(statement));
            DropHeaders.visit_block_mut(&mut function.block);
        } else {
            Resize(uses.0).visit_block_mut(&mut function.block);
        }
    }
}

fn is_header_map(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident("header_map"))
}

fn appends_document_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else {
        return false;
    };
    if call.method != "append" || !is_header_map(&call.receiver) || call.args.len() != 2 {
        return false;
    }
    argument_of_from_static(&call.args[0]).is_some_and(|name| {
        matches!(name, Expr::Lit(literal) if matches!(&literal.lit, Lit::Str(text) if text.value() == "api-version"))
    }) && argument_of_from_static(&call.args[1]).is_some_and(|value| match value {
        Expr::Call(call) => call.func.to_token_stream().to_string().ends_with("api_version"),
        _ => false,
    })
}

/// `x` of `….::from_static(x)`.
fn argument_of_from_static(expression: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Path(function) = call.func.as_ref() else {
        return None;
    };
    let last: &Ident = &function.path.segments.last()?.ident;
    (last == "from_static").then(|| call.args.first()).flatten()
}

fn declares_header_map(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local) if matches!(&local.pat, Pat::Ident(name) if name.ident == "header_map"))
}

/// Counts `header_map.append(…)`.
struct Appends(usize);

impl<'ast> Visit<'ast> for Appends {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "append" && is_header_map(&call.receiver) {
            self.0 += 1;
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// `request.headers(header_map)` to `request`.
struct DropHeaders;

impl VisitMut for DropHeaders {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
            && call.args.first().is_some_and(is_header_map)
        {
            *expression = (*call.receiver).clone();
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

/// Sets the capacity of the header map to the number of headers that are left.
struct Resize(usize);

impl VisitMut for Resize {
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if matches!(&local.pat, Pat::Ident(name) if name.ident == "header_map")
            && let Some(initial) = &mut local.init
            && let Expr::Call(call) = initial.expr.as_mut()
        {
            let capacity = self.0;
            call.args = std::iter::once::<Expr>(parse_quote!(#capacity)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;

    use super::remove;

    #[test]
    fn without_other_headers_the_map_goes_too() {
        let mut before: syn::ItemImpl = parse_quote! {
            impl X {
                fn send() {
                    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                    header_map.append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
                    );
                    let request = client.get(url).headers(header_map).build();
                }
            }
        };
        remove(&mut before);
        let after: syn::ItemImpl = parse_quote! {
            impl X { fn send() { let request = client.get(url).build(); } }
        };
        assert_eq!(
            before.to_token_stream().to_string(),
            after.to_token_stream().to_string()
        );
    }

    #[test]
    fn a_declared_parameter_of_that_name_stays() {
        let mut code: syn::ItemImpl = parse_quote! {
            impl X {
                fn send() {
                    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
                    header_map.append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
                    );
                    if let Some(value) = api_version {
                        header_map.append("api-version", value.to_string().try_into()?);
                    }
                    let request = client.get(url).headers(header_map).build();
                }
            }
        };
        remove(&mut code);
        let after: syn::ItemImpl = parse_quote! {
            impl X {
                fn send() {
                    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                    if let Some(value) = api_version {
                        header_map.append("api-version", value.to_string().try_into()?);
                    }
                    let request = client.get(url).headers(header_map).build();
                }
            }
        };
        assert_eq!(
            code.to_token_stream().to_string(),
            after.to_token_stream().to_string()
        );
    }
}
