//! Methods that reqwest has no shorthand for: progenitor writes `.options(url)` all the same.

use proc_macro2::Ident;
use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{ExprMethodCall, ItemImpl, parse_quote};

/// `.options(url)` to `.request(::reqwest::Method::OPTIONS, url)`.
pub(super) fn rewrite(implementation: &mut ItemImpl) {
    Rewriter.visit_item_impl_mut(implementation);
}

struct Rewriter;

impl VisitMut for Rewriter {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if (call.method == "options" || call.method == "trace") && call.args.len() == 1 {
            let name: Ident = format_ident!("{}", call.method.to_string().to_uppercase());
            call.args.insert(0, parse_quote!(::reqwest::Method::#name));
            call.method = parse_quote!(request);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;

    #[test]
    fn the_method_becomes_an_argument() {
        let mut code: syn::ItemImpl =
            parse_quote!(impl X { fn send() { client.client.options(url).build() } });
        super::rewrite(&mut code);
        let expected: syn::ItemImpl = parse_quote!(impl X { fn send() { client.client.request(::reqwest::Method::OPTIONS, url).build() } });
        assert_eq!(
            code.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }
}
