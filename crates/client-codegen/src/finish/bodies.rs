//! Sends marked request bodies: with their own media type, as forms and parts, or not at all.

use openapi_lower::{BodyMark, Marks, Style};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Expr, ExprMethodCall, Ident, Stmt, parse_quote};

use super::builder_code::{after_build, field_type, method, take_calls};
use super::operations::OperationCode;
use super::run::unexpected_output;
use super::stand_ins::{is_json, styled};
use crate::problem::Problem;

/// Rewrites the code of a marked body.
pub(super) fn replace(operation: &mut OperationCode, marks: &Marks) -> Result<(), Problem> {
    let Some(mark) = marks.bodies.get(&operation.id) else {
        return Ok(());
    };
    let body: Ident = parse_quote!(body);
    if mark.optional {
        make_optional(operation, &body)?;
    }
    let send = method(operation, "send")?;
    let kind = take_body(&mut send.block)
        .ok_or_else(|| unexpected_output("`send` has a body that nothing sends"))?;
    after_build(&mut send.block, |request| {
        let write = write(mark, kind, request);
        vec![if mark.optional {
            parse_quote!(if let Some(body) = body { #write })
        } else {
            write
        }]
    })
}

/// How progenitor's code sends a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Raw,
}

/// Takes the body out of the chain of calls that builds the request.
fn take_body(block: &mut Block) -> Option<Kind> {
    let mut found = None;
    take_calls(block, |call| {
        let kind = match call.method.to_string().as_str() {
            "json" => Kind::Json,
            "form_urlencoded" => Kind::Form,
            "body" => Kind::Raw,
            "header" => return found == Some(Kind::Raw) && names_content_type(call),
            _ => return false,
        };
        found = Some(kind);
        true
    });
    found
}

fn names_content_type(call: &ExprMethodCall) -> bool {
    matches!(call.args.first(), Some(Expr::Path(path))
        if path.path.segments.last().is_some_and(|last| last.ident == "CONTENT_TYPE"))
}

fn write(mark: &BodyMark, kind: Kind, request: &Ident) -> Stmt {
    let media_type = &mark.media_type;
    let is_multipart = media_type.starts_with("multipart/");
    let (call, body) = match kind {
        _ if is_multipart => (quote!(multipart), quote!(&body)),
        Kind::Json => (quote!(json), quote!(&body)),
        Kind::Form => (quote!(form), quote!(&body)),
        Kind::Raw => (quote!(raw), quote!(body)),
    };
    let encodings: TokenStream = mark
        .encoding
        .iter()
        .filter_map(|(property, encoding)| {
            let content_type = encoding.content_type.as_deref();
            if is_multipart {
                return content_type.map(|content_type| quote!(.part(#property, #content_type)));
            }
            // A style wins over a media type (OpenAPI 3.1.1 §4.8.15.1).
            let field = match (encoding.style, encoding.explode) {
                (None, None) if content_type.is_some_and(is_json) => {
                    quote!(::client_runtime::Parameter::json(#property))
                }
                (None, None) => return None,
                (style, explode) => {
                    let style = style.unwrap_or(Style::Form);
                    styled(property, style, explode.unwrap_or(style == Style::Form))
                }
            };
            Some(quote!(.field(#field)))
        })
        .collect();
    parse_quote!(::client_runtime::RequestBody::new(#media_type) #encodings .#call(&mut #request, #body)?;)
}

/// Lets the body of a builder be absent; `setters` writes the code for that.
fn make_optional(operation: &mut OperationCode, body: &Ident) -> Result<(), Problem> {
    let ty = field_type(operation, body)?;
    *ty = parse_quote!(Option<#ty>);
    Ok(())
}
