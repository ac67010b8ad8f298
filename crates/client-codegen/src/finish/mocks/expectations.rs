//! What a mock expects of a call: the methods of the wrapper of `When`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItemFn, ReturnType, parse_quote};

use super::argument::{Argument, is_bytes};
use super::sent::{Body, Sent, Value};
use super::skeleton::Wrapper;
use crate::finish::builder_code::{field_type, initializer, method};
use crate::finish::docs;
use crate::finish::operations::{OperationCode, doc_text};
use crate::finish::run::unexpected_output;
use crate::problem::Problem;

/// The method of a wrapper that gives what is in it, which no parameter may be called.
const INNER: &str = "into_inner";

/// Rewrites the wrapper of what is expected of an operation.
pub(super) fn rewrite(wrapper: &mut Wrapper, operation: &mut OperationCode) -> Result<(), Problem> {
    let path = operation.operation.path.clone();
    let mut sent = Sent::read(&method(operation, "send")?.block, &path);
    let owner = operation.rust_name();
    let call = format!(
        "{} {}",
        operation.operation.method.to_ascii_uppercase(),
        operation.operation.path
    );
    for function in wrapper.methods() {
        let name = function.sig.ident.to_string();
        match (name.as_str(), is_setter(function)) {
            ("new", false) => start(function, &call, &sent, operation),
            (INNER, false) => docs::set(
                &mut function.attrs,
                "The expectations of the mock server, for what is not here: other headers, credentials, conditions of your own.",
            ),
            _ => {
                let value = sent.values.remove(&name).ok_or_else(|| {
                    unexpected_output(&format!("nothing of `{owner}` sends `{name}`"))
                })?;
                expect(function, &value, &sent.path, operation)?;
            }
        }
    }
    docs::set(
        &mut wrapper.definition.attrs,
        &format!(
            "What a mock of [`Client::{owner}`](crate::Client::{owner}) expects. What is not set may be anything."
        ),
    );
    match sent.values.keys().next() {
        None => Ok(()),
        Some(name) => Err(unexpected_output(&format!(
            "mock expectations of `{owner}` without `{name}`"
        ))),
    }
}

/// Not `new` nor `into_inner`, which a parameter could be called like.
fn is_setter(function: &ImplItemFn) -> bool {
    function.sig.receiver().is_some() && function.sig.inputs.len() == 2
}

/// `new`, which only the mock server calls.
fn start(function: &mut ImplItemFn, call: &str, sent: &Sent, operation: &OperationCode) {
    let path = &sent.path;
    let verb = quote::format_ident!("{}", operation.operation.method.to_ascii_uppercase());
    docs::set(&mut function.attrs, &format!("Expects `{call}`."));
    function.block = parse_quote!({
        Self(::client_runtime::mock::call(inner, ::client_runtime::httpmock::Method::#verb, #path))
    });
}

/// Writes the method that expects a value.
fn expect(
    function: &mut ImplItemFn,
    value: &Value,
    path: &str,
    operation: &mut OperationCode,
) -> Result<(), Problem> {
    let name = function.sig.ident.clone();
    let is_required = {
        let send = method(operation, "send")?;
        initializer(&mut send.block, &name).is_some()
    };
    let ty = field_type(operation, &name)?.clone();
    let argument = if is_required {
        Argument::of(&ty)
    } else {
        Argument::optional(&ty)
    };
    let given = if is_required {
        quote!(::std::option::Option::Some(value))
    } else {
        quote!(value.into())
    };
    let reference = &argument.reference;
    let expected = match value {
        Value::Path(name, None) => {
            let text = quote!(Ok(::client_runtime::encode_path(&value.to_string())));
            quote!(path(self.0, #path, #name, #text))
        }
        Value::Path(name, Some(parameter)) => {
            quote!(path(self.0, #path, #name, #parameter.to_path(#reference)))
        }
        Value::Query(parameter) => quote!(query(self.0, #parameter, #given)),
        Value::Header(parameter) => quote!(header(self.0, #parameter, #given)),
        Value::PlainHeader(name) => quote!(plain_header(self.0, #name, #given)),
        Value::Cookie(parameter) => quote!(cookie(self.0, #parameter, #given)),
        Value::Body(body) => {
            let written = written(body, is_bytes(&ty), reference);
            set_body(function, &argument, is_required, &written);
            return Ok(());
        }
    };
    describe(function, operation, is_required)?;
    set_signature(function, &argument);
    function.block = parse_quote!({ Self(::client_runtime::mock::#expected) });
    if function.sig.ident == INNER {
        function.sig.ident = quote::format_ident!("{INNER}_parameter");
    }
    Ok(())
}

fn set_signature(function: &mut ImplItemFn, argument: &Argument) {
    let (ty, lifetime) = (&argument.ty, &argument.lifetime);
    let name = &function.sig.ident;
    let signature: syn::Signature = parse_quote!(fn #name #lifetime(self, value: #ty) -> Self);
    function.sig.generics = signature.generics;
    function.sig.inputs = signature.inputs;
    if matches!(function.sig.output, ReturnType::Default) {
        function.sig.output = signature.output;
    }
}

/// The closure that writes a body into a request.
fn written(body: &Body, is_bytes: bool, reference: &syn::Expr) -> TokenStream {
    let Body { body, method } = body;
    let value = if is_bytes {
        quote!(value.to_vec())
    } else {
        quote!(#reference)
    };
    quote!(|request| #body.#method(request, #value))
}

fn set_body(
    function: &mut ImplItemFn,
    argument: &Argument,
    is_required: bool,
    written: &TokenStream,
) {
    set_signature(function, argument);
    function.block = if is_required {
        parse_quote!({ Self(::client_runtime::mock::body(self.0, #written)) })
    } else {
        parse_quote!({
            Self(match value.into() {
                ::std::option::Option::Some(value) => ::client_runtime::mock::body(self.0, #written),
                ::std::option::Option::None => ::client_runtime::mock::no_body(self.0),
            })
        })
    };
    let absent = if is_required {
        ""
    } else {
        " `None`: there is no body."
    };
    docs::set(
        &mut function.attrs,
        &format!("Expects this request body and its media type.{absent}"),
    );
}

/// The first line of the setter's docs says which parameter it is.
fn describe(
    function: &mut ImplItemFn,
    operation: &mut OperationCode,
    is_required: bool,
) -> Result<(), Problem> {
    let setter = method(operation, &function.sig.ident.to_string())?;
    let text = doc_text(&setter.attrs);
    let first = text.lines().next().unwrap_or_default().trim();
    let parameter = first.strip_prefix("Sets ").unwrap_or(first);
    let parameter = parameter.trim_end_matches('.');
    let absent = if is_required {
        ""
    } else {
        " `None`: it is not there."
    };
    docs::set(
        &mut function.attrs,
        &format!("Expects a value of {parameter}.{absent}"),
    );
    Ok(())
}
