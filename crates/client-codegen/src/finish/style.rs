//! What clippy or a reader would object to in an operation's code.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, FieldValue, Item, ItemImpl, Local, Member, parse_quote};

/// Gives every `unwrap` in the types its reason: typify writes them where it has checked a document's default or pattern
/// itself.
pub(super) fn explain_unwraps(item: &mut Item) {
    Explain.visit_item_mut(item);
}

struct Explain;

impl VisitMut for Explain {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "unwrap" && call.args.is_empty() {
            call.method = parse_quote!(expect);
            call.args
                .push(parse_quote!("checked when this code was generated"));
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// Makes the code of an operation tidy without changing what it does.
pub(super) fn tidy(implementation: &mut ItemImpl) {
    Tidy.visit_item_impl_mut(implementation);
}

struct Tidy;

impl VisitMut for Tidy {
    /// `Self { client: client }` to `Self { client }`.
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if let (Member::Named(name), Expr::Path(value)) = (&field.member, &field.expr)
            && value.path.is_ident(name)
        {
            field.colon_token = None;
        }
        visit_mut::visit_field_value_mut(self, field);
    }

    /// `#[allow(unused_mut)] let mut request`: `performed` knows whether it has to be mutable.
    fn visit_local_mut(&mut self, local: &mut Local) {
        local.attrs.retain(|attribute| {
            !(attribute.path().is_ident("allow")
                && attribute
                    .to_token_stream()
                    .to_string()
                    .contains("unused_mut"))
        });
        visit_mut::visit_local_mut(self, local);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;

    use super::tidy;

    #[test]
    fn fields_and_allows() {
        let mut code: syn::ItemImpl = parse_quote! {
            impl X {
                fn new(client: C) -> Self {
                    #[allow(unused_mut)]
                    let mut request = client.build();
                    Self { client: client, other: client }
                }
            }
        };
        tidy(&mut code);
        let tidied: syn::ItemImpl = parse_quote! {
            impl X {
                fn new(client: C) -> Self {
                    let mut request = client.build();
                    Self { client, other: client }
                }
            }
        };
        assert_eq!(
            code.to_token_stream().to_string(),
            tidied.to_token_stream().to_string()
        );
    }
}
