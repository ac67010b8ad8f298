//! Tells the runtime the path of each operation as the document has it, for what programs see of a call (`tracing`).

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, parse_quote};

use super::operations::OperationCode;

/// `OperationInfo { operation_id: … }` to `OperationInfo::new(…, path)`: a struct that can gain fields.
pub(super) fn complete(operation: &mut OperationCode) {
    let path = operation.operation.path.clone();
    Completer(path).visit_item_impl_mut(&mut operation.implementation);
}

struct Completer(String);

impl VisitMut for Completer {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Struct(value) = &*expression
            && let Some(last) = value.path.segments.last()
            && last.ident == "OperationInfo"
            && let Some(id) = value.fields.first()
        {
            let (ty, id, path) = (&value.path, &id.expr, &self.0);
            *expression = parse_quote!(#ty::new(#id, #path));
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
        let mut code: syn::Block = parse_quote!({
            let info = ::client_runtime::OperationInfo { operation_id: "x" };
        });
        super::Completer("/x/{id}".to_owned()).visit_block_mut(&mut code);
        let expected: syn::Block = parse_quote!({
            let info = ::client_runtime::OperationInfo::new("x", "/x/{id}");
        });
        assert_eq!(
            code.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }
}
