//! Leaves small code to the programs that call it.
//!
//! A function without type parameters is compiled with its crate, called or not; with `#[inline]` it is compiled by the programs that
//! call it (The Rust Reference, "The inline attribute"). A client has thousands of them, of which a program calls a few.

use syn::{FnArg, ImplItem, ImplItemFn, ItemImpl, Type, parse_quote};

/// Marks what is not generic: rustc leaves what is to the callers anyway.
pub(super) fn mark(implementation: &mut ItemImpl) {
    let is_generic = implementation.generics.type_params().next().is_some();
    for item in &mut implementation.items {
        if let ImplItem::Fn(function) = item
            && !is_generic
            && is_compiled_here(function)
        {
            function.attrs.push(parse_quote!(#[inline]));
        }
    }
}

fn is_compiled_here(function: &ImplItemFn) -> bool {
    let signature = &function.sig;
    let takes_any = |argument: &FnArg| matches!(argument, FnArg::Typed(argument) if matches!(&*argument.ty, Type::ImplTrait(_)));
    signature.asyncness.is_none()
        && signature.generics.type_params().next().is_none()
        && !signature.inputs.iter().any(takes_any)
        && !function
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("inline"))
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{ItemImpl, parse_quote};

    use super::mark;

    #[test]
    fn what_is_generic_is_left() {
        let mut code: ItemImpl = parse_quote! {
            impl<'a> Call<'a> {
                fn new(client: &'a Client) -> Self { Self { client } }
                /// Its limit.
                #[must_use]
                fn limit(mut self, value: u64) -> Self { self }
                fn name(mut self, value: impl Into<String>) -> Self { self }
                fn kind<T: Kind>(self) -> Self { self }
                async fn send(self) {}
                #[inline]
                fn call(self) {}
                const LIMIT: u64 = 7;
            }
        };
        mark(&mut code);
        let marked: ItemImpl = parse_quote! {
            impl<'a> Call<'a> {
                #[inline]
                fn new(client: &'a Client) -> Self { Self { client } }
                /// Its limit.
                #[must_use]
                #[inline]
                fn limit(mut self, value: u64) -> Self { self }
                fn name(mut self, value: impl Into<String>) -> Self { self }
                fn kind<T: Kind>(self) -> Self { self }
                async fn send(self) {}
                #[inline]
                fn call(self) {}
                const LIMIT: u64 = 7;
            }
        };
        assert_eq!(
            code.to_token_stream().to_string(),
            marked.to_token_stream().to_string()
        );
    }

    #[test]
    fn what_is_of_any_type_is_left() {
        let mut code: ItemImpl = parse_quote!(
            impl<T> Get for Pair<T> {
                fn get(self) -> T {
                    self.0
                }
            }
        );
        let before = code.to_token_stream().to_string();
        mark(&mut code);
        assert_eq!(code.to_token_stream().to_string(), before);
    }
}
