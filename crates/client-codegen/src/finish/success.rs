//! Makes errors of answers that have the status of a success and say otherwise, where the document (or an overlay of it)
//! has `x-success` on an operation: JSON pointers into the body, each with the values that mean success.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, parse_quote};

use super::builder_code::method;
use super::operations::OperationCode;
use super::parts::wire_value;
use crate::problem::Problem;

const EXTENSION: &str = "x-success";

/// Rewrites how an operation reads its answers.
pub(super) fn demand(operation: &mut OperationCode, document: &Value) -> Result<(), Problem> {
    let Some(stated) = operation.stated(document).get(EXTENSION) else {
        return Ok(());
    };
    let pointer = operation.pointer(EXTENSION);
    let problem = |message: &str| {
        Problem {
        code: "finish::success",
        pointer: pointer.clone(),
        message: message.to_owned(),
        help: "state JSON pointers into the body with lists of the values of a success, as in `{/code: [100]}`"
            .to_owned(),
    }
    };
    let table = table(stated).ok_or_else(|| problem("`x-success` has another form"))?;
    let mut demand = Demand { table, count: 0 };
    demand.visit_block_mut(&mut method(operation, "send")?.block);
    if demand.count == 0 {
        return Err(problem(
            "the operation has no JSON answer that could be asked for",
        ));
    }
    Ok(())
}

/// `&[("/code", &[WireValue::Integer(100)])]`
fn table(stated: &Value) -> Option<TokenStream> {
    let stated = stated.as_object().filter(|stated| !stated.is_empty())?;
    let entries = stated.iter().map(|(pointer, values)| {
        let is_pointer = pointer.is_empty() || pointer.starts_with('/');
        let values = values.as_array().filter(|values| !values.is_empty())?;
        let is_plain = |value: &Value| !(value.is_null() || value.is_array() || value.is_object());
        (is_pointer && values.iter().all(is_plain)).then(|| {
            let values = values.iter().map(wire_value);
            quote!((#pointer, &[#(#values),*]))
        })
    });
    let entries = entries.collect::<Option<Vec<_>>>()?;
    Some(quote!(&[#(#entries),*]))
}

/// `ResponseValue::from_response(response)` to `ResponseValue::from_response_if(response, …)`.
struct Demand {
    table: TokenStream,
    count: usize,
}

impl VisitMut for Demand {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if let Expr::Path(function) = &mut *call.func {
            let segments = &mut function.path.segments;
            let is_value = segments
                .iter()
                .any(|segment| segment.ident == "ResponseValue");
            if let Some(last) = segments.last_mut()
                && is_value
                && last.ident == "from_response"
            {
                last.ident = parse_quote!(from_response_if);
                let table = &self.table;
                call.args.push(parse_quote!(#table));
                self.count += 1;
            }
        }
        visit_mut::visit_expr_call_mut(self, call);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn pointers_have_lists_of_plain_values() {
        let text = table(&json!({"/code": [100, "ok"], "": [true]}))
            .unwrap()
            .to_string();
        assert_eq!(
            text.replace(' ', "")
                .replace("::client_runtime::WireValue::", ""),
            r#"&[("",&[Bool(true)]),("/code",&[Integer(100),Text("ok")])]"#
        );
        for other in [
            json!({}),
            json!([]),
            json!("/code"),
            json!({"code": [100]}),
            json!({"/code": 100}),
            json!({"/code": []}),
            json!({"/code": [[100]]}),
            json!({"/code": [null]}),
        ] {
            assert!(table(&other).is_none(), "{other}");
        }
    }
}
