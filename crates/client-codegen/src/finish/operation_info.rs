//! Tells the runtime the path of each operation as the document has it, for what programs see of a call (`tracing`).

use syn::visit_mut::{self, VisitMut};
use syn::{ExprStruct, parse_quote};

use super::operations::OperationCode;

/// `OperationInfo { operation_id: … }` gets a field.
pub(super) fn complete(operation: &mut OperationCode) {
    let path = operation.operation.path.clone();
    Completer(path).visit_item_impl_mut(&mut operation.implementation);
}

struct Completer(String);

impl VisitMut for Completer {
    fn visit_expr_struct_mut(&mut self, value: &mut ExprStruct) {
        let last = value.path.segments.last();
        if last.is_some_and(|last| last.ident == "OperationInfo") {
            let path = &self.0;
            value.fields.push(parse_quote!(path: #path));
        }
        visit_mut::visit_expr_struct_mut(self, value);
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;
    use syn::visit_mut::VisitMut;

    #[test]
    fn the_path_is_the_last_field() {
        let mut code: syn::Block = parse_quote!({
            let info = ::client_runtime::OperationInfo { operation_id: "x" };
        });
        super::Completer("/x/{id}".to_owned()).visit_block_mut(&mut code);
        let expected: syn::Block = parse_quote!({
            let info = ::client_runtime::OperationInfo {
                operation_id: "x",
                path: "/x/{id}",
            };
        });
        let text = |code: &syn::Block| prettyplease::unparse(&parse_quote!(fn f() #code));
        assert_eq!(text(&code), text(&expected));
    }
}
