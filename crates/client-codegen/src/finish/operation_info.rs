//! Tells the runtime what it has to know of each operation: its path as the document has it, for what programs see of a call
//! (`tracing`), and that it takes no idempotency key, where the document (or an overlay of it) has `x-idempotency-key: false`
//! on it: an API that knows such keys may have operations that do not look at them.

use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, parse_quote};

use super::operations::OperationCode;
use crate::problem::Problem;

const EXTENSION: &str = "x-idempotency-key";

/// `OperationInfo { operation_id: … }` to `OperationInfo::new(…, path)`: a struct that can gain fields.
pub(super) fn complete(operation: &mut OperationCode, document: &Value) -> Result<(), Problem> {
    let takes_key = match operation.stated(document).get(EXTENSION) {
        None => true,
        Some(Value::Bool(takes_key)) => *takes_key,
        Some(_) => return Err(of_another_form(operation)),
    };
    let mut completer = Completer {
        path: operation.operation.path.clone(),
        takes_key,
    };
    completer.visit_item_impl_mut(&mut operation.implementation);
    Ok(())
}

/// What was meant cannot be guessed: with the wrong guess a call that is paid for is made twice.
fn of_another_form(operation: &OperationCode) -> Problem {
    Problem {
        code: "finish::idempotency_key",
        pointer: operation.pointer(EXTENSION),
        message: format!("`{EXTENSION}` is neither true nor false"),
        help: format!(
            "state `{EXTENSION}: false` on an operation that does not look at such keys, and nothing on all others"
        ),
    }
}

struct Completer {
    path: String,
    takes_key: bool,
}

impl VisitMut for Completer {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Struct(value) = &*expression
            && let Some(last) = value.path.segments.last()
            && last.ident == "OperationInfo"
            && let Some(id) = value.fields.first()
        {
            let (ty, id, path) = (&value.path, &id.expr, &self.path);
            let info: Expr = parse_quote!(#ty::new(#id, #path));
            *expression = if self.takes_key {
                info
            } else {
                parse_quote!(#info.without_idempotency_key())
            };
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;
    use syn::visit_mut::VisitMut;

    #[test]
    fn the_path_is_the_last_argument() {
        for (takes_key, expected) in [
            (
                true,
                parse_quote!({
                    let info = ::client_runtime::OperationInfo::new("x", "/x/{id}");
                }),
            ),
            (
                false,
                parse_quote!({
                    let info = ::client_runtime::OperationInfo::new("x", "/x/{id}")
                        .without_idempotency_key();
                }),
            ),
        ] {
            let mut code: syn::Block = parse_quote!({
                let info = ::client_runtime::OperationInfo { operation_id: "x" };
            });
            let path = "/x/{id}".to_owned();
            super::Completer { path, takes_key }.visit_block_mut(&mut code);
            let expected: syn::Block = expected;
            assert_eq!(
                code.to_token_stream().to_string(),
                expected.to_token_stream().to_string()
            );
        }
    }
}
