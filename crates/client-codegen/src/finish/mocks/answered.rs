//! The answers that an operation reads: those of its `send`, and its table of errors.

use std::collections::BTreeMap;

use openapi_lower::StatusPattern;
use serde_json::Value;
use syn::visit::{self, Visit};
use syn::{Arm, Expr, ExprCall, Lit, Pat, Type, parse_quote};

use crate::finish::builder_code::answer_types;
use crate::finish::error_enums;
use crate::finish::operations::OperationCode;
use crate::finish::probe::ProbedTypes;

/// What an answer of some status has in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// Nothing that the client reads.
    Empty,
    /// JSON of this type.
    Json(Box<Type>),
    /// Bytes of this media type, as a stream.
    Bytes(String),
}

/// All answers of an operation that are documented, in the order of their status: successes as `send` reads them, errors as
/// the table has them.
pub(super) fn answers(
    operation: &OperationCode,
    document: &Value,
    types: &ProbedTypes,
) -> BTreeMap<StatusPattern, Answer> {
    let responses = operation.stated(document)["responses"].clone();
    let mut found = BTreeMap::new();
    for (status, component) in &operation.operation.errors {
        let ty = component
            .as_ref()
            .and_then(|component| error_enums::body_type(component, types));
        let answer = ty.map_or(Answer::Empty, |ty| {
            Answer::Json(Box::new(parse_quote!(#ty)))
        });
        found.insert(*status, answer);
    }
    let send = operation
        .implementation
        .items
        .iter()
        .find_map(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
            _ => None,
        });
    let Some(send) = send else { return found };
    let mut arms = Arms {
        ty: answer_types(&send.sig).map(|(value, _)| value),
        responses: &responses,
        found: Vec::new(),
    };
    arms.visit_block(&send.block);
    found.extend(arms.found);
    found
}

struct Arms<'d> {
    ty: Option<Type>,
    responses: &'d Value,
    found: Vec<(StatusPattern, Answer)>,
}

impl<'ast> Visit<'ast> for Arms<'_> {
    fn visit_arm(&mut self, arm: &'ast Arm) {
        if let Some(status) = status(&arm.pat) {
            let mut reading = Reading(None);
            reading.visit_expr(&arm.body);
            let answer = match reading.0.as_deref() {
                Some(
                    "from_response"
                    | "from_response_if"
                    | "list_from_response"
                    | "numbers_from_response",
                ) => self.ty.clone().map(Box::new).map(Answer::Json),
                Some("empty") => Some(Answer::Empty),
                Some("stream") => Some(Answer::Bytes(media_type(self.responses, &status))),
                // An error, which is in the table, or a connection that becomes another one.
                _ => None,
            };
            self.found.extend(answer.map(|answer| (status, answer)));
        }
        visit::visit_arm(self, arm);
    }
}

/// `200u16` and `200 ..= 299`.
fn status(pattern: &Pat) -> Option<StatusPattern> {
    let number = |expression: &Expr| match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse::<u16>().ok(),
            _ => None,
        },
        _ => None,
    };
    match pattern {
        Pat::Lit(literal) => match &literal.lit {
            Lit::Int(code) => code.base10_parse().ok().map(StatusPattern::Code),
            _ => None,
        },
        Pat::Range(range) => {
            let first = number(range.start.as_deref()?)?;
            u8::try_from(first / 100).ok().map(StatusPattern::Range)
        }
        _ => None,
    }
}

/// The function of `ResponseValue` that an arm calls.
struct Reading(Option<String>);

impl<'ast> Visit<'ast> for Reading {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = &*call.func {
            let mut names = function.path.segments.iter().rev();
            let (last, before) = (names.next(), names.next());
            if let (Some(last), Some(before)) = (last, before)
                && before.ident == "ResponseValue"
            {
                self.0 = Some(last.ident.to_string());
            }
        }
        visit::visit_expr_call(self, call);
    }
}

/// The first media type that the document has for a status.
fn media_type(responses: &Value, status: &StatusPattern) -> String {
    let keys = [status.to_string(), "default".to_owned()];
    let stated = keys.iter().find_map(|key| {
        let content = responses[key]["content"].as_object()?;
        content.keys().find(|media_type| !media_type.contains('*'))
    });
    stated
        .map_or("application/octet-stream", String::as_str)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use openapi_lower::StatusPattern;
    use serde_json::json;
    use syn::parse_quote;
    use syn::visit::Visit;

    use super::{Answer, Arms};

    #[test]
    fn an_answer_is_what_its_arm_reads() {
        let responses = json!({
            "202": { "content": { "text/event-stream": {} } },
            "default": { "content": { "*/*": {} } },
        });
        let mut arms = Arms {
            ty: Some(parse_quote!(types::X)),
            responses: &responses,
            found: Vec::new(),
        };
        arms.visit_block(&parse_quote!({
            match response.status().as_u16() {
                200u16 => ::client_runtime::ResponseValue::from_response(response).await,
                201u16 => ::client_runtime::ResponseValue::from_response_if(response, &[]).await,
                202u16 => Ok(::client_runtime::ResponseValue::stream(response)),
                204u16 => Ok(::client_runtime::ResponseValue::empty(response)),
                200u16..=299u16 => Ok(::client_runtime::ResponseValue::stream(response)),
                404u16 => Err(::client_runtime::Error::from_response(response, &info).await),
                101u16 => ::client_runtime::ResponseValue::upgrade(response).await,
                _ => Err(::client_runtime::Error::from_response(response, &info).await),
            }
        }));
        let json = || Answer::Json(Box::new(parse_quote!(types::X)));
        let bytes = |media_type: &str| Answer::Bytes(media_type.to_owned());
        assert_eq!(
            arms.found,
            [
                (StatusPattern::Code(200), json()),
                (StatusPattern::Code(201), json()),
                (StatusPattern::Code(202), bytes("text/event-stream")),
                (StatusPattern::Code(204), Answer::Empty),
                (StatusPattern::Range(2), bytes("application/octet-stream")),
            ]
        );
    }
}
