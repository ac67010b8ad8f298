//! What a mock answers: the methods of the wrapper of `Then`, one per documented status.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use openapi_lower::StatusPattern;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ImplItem, ImplItemFn, parse_quote};

use super::answered::Answer;
use super::argument::Argument;
use super::skeleton::Wrapper;
use crate::finish::docs;
use crate::finish::error_enums::variant_name;

/// Rewrites the wrapper of what an operation is answered with.
pub(super) fn rewrite(
    wrapper: &mut Wrapper,
    owner: &str,
    answers: &BTreeMap<StatusPattern, Answer>,
) {
    wrapper.implementation.items.retain_mut(|item| {
        let ImplItem::Fn(function) = item else {
            return true;
        };
        match function.sig.ident.to_string().as_str() {
            "new" => docs::set(&mut function.attrs, "Answers nothing yet."),
            "into_inner" => docs::set(
                &mut function.attrs,
                "The answer of the mock server, for what is not here: other statuses, headers and bodies, a delay.",
            ),
            // The one status that progenitor was told of.
            _ => return false,
        }
        true
    });
    let methods = answers
        .iter()
        .map(|(status, answer)| ImplItem::Fn(method(status, answer)));
    wrapper.implementation.items.extend(methods);
    let none = if answers.is_empty() {
        " The API documents no answer that a mock server could give."
    } else {
        ""
    };
    docs::set(
        &mut wrapper.definition.attrs,
        &format!("What a mock of [`Client::{owner}`](crate::Client::{owner}) answers.{none}"),
    );
}

fn method(status: &StatusPattern, answer: &Answer) -> ImplItemFn {
    let name = method_name(status);
    let (code, code_parameter, check) = code(status);
    let (parameter, content, with) = body(answer);
    let docs = docs::lines(&format!("Answers with {}{with}", status_text(status)));
    parse_quote! {
        #(#docs)*
        pub fn #name(self, #code_parameter #parameter) -> Self {
            #check
            Self(self.0.status(#code)#content)
        }
    }
}

/// `not_found` for 404, `client_error` for 4XX: progenitor's names, which are those of the error's variants.
fn method_name(status: &StatusPattern) -> Ident {
    let name = match status {
        StatusPattern::Code(_) => variant_name(status).to_string().to_snake_case(),
        StatusPattern::Range(1) => "informational".to_owned(),
        StatusPattern::Range(2) => "success".to_owned(),
        StatusPattern::Range(3) => "redirect".to_owned(),
        StatusPattern::Range(4) => "client_error".to_owned(),
        StatusPattern::Range(5) => "server_error".to_owned(),
        StatusPattern::Range(class) => format!("status_{class}xx"),
        StatusPattern::Default => "default_response".to_owned(),
    };
    // 100 is called Continue.
    syn::parse_str(&name).unwrap_or_else(|_| format_ident!("{name}_"))
}

/// The status, the parameter for it if a test has to choose, and what is asked of that.
fn code(status: &StatusPattern) -> (TokenStream, Option<TokenStream>, Option<TokenStream>) {
    let chosen = Some(quote!(status: u16,));
    match status {
        StatusPattern::Code(code) => (quote!(#code), None, None),
        StatusPattern::Range(class) => {
            let first = u16::from(*class) * 100;
            let last = first + 99;
            let message = format!("the status has to be one from {first} to {last}");
            let check = quote!(assert!((#first..=#last).contains(&status), #message););
            (quote!(status), chosen, Some(check))
        }
        StatusPattern::Default => (quote!(status), chosen, None),
    }
}

fn status_text(status: &StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => format!("status {code}"),
        StatusPattern::Range(class) => format!("`status`, one from {class}00 to {class}99,"),
        StatusPattern::Default => "`status`, one that is not documented by itself,".to_owned(),
    }
}

/// The parameter for the body, the calls that answer with it, and how its docs end.
fn body(answer: &Answer) -> (Option<TokenStream>, TokenStream, String) {
    match answer {
        Answer::Empty => (None, TokenStream::new(), " and no body.".to_owned()),
        Answer::Json(ty) => {
            let Argument { ty, reference, .. } = Argument::of(ty);
            let content =
                quote!(.header("content-type", "application/json").json_body_obj(#reference));
            (
                Some(quote!(value: #ty)),
                content,
                " and this body.".to_owned(),
            )
        }
        Answer::Bytes(media_type) => {
            let content = quote!(.header("content-type", #media_type).body(value));
            let said = docs::code(media_type);
            let with = match media_type.as_str() {
                "text/event-stream" => {
                    format!(" and this body of {said}: `data: …` and an empty line for each event.")
                }
                _ => format!(" and this body of {said}."),
            };
            (
                Some(quote!(value: impl ::std::convert::AsRef<[u8]>)),
                content,
                with,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use openapi_lower::StatusPattern;
    use quote::ToTokens;
    use syn::{ImplItemFn, parse_quote};

    use super::{Answer, method, method_name};

    fn text(function: &ImplItemFn) -> String {
        function.to_token_stream().to_string()
    }

    #[test]
    fn methods_are_named_by_the_status() {
        for (status, name) in [
            (StatusPattern::Code(200), "ok"),
            (StatusPattern::Code(100), "continue_"),
            (StatusPattern::Code(404), "not_found"),
            (StatusPattern::Code(418), "im_a_teapot"),
            (StatusPattern::Code(499), "status499"),
            (StatusPattern::Range(2), "success"),
            (StatusPattern::Range(4), "client_error"),
            (StatusPattern::Default, "default_response"),
        ] {
            assert_eq!(method_name(&status), name);
        }
    }

    #[test]
    fn an_answer_has_its_status_and_its_body() {
        let json = Answer::Json(Box::new(parse_quote!(::std::vec::Vec<types::X>)));
        let expected: ImplItemFn = parse_quote! {
            #[doc = " Answers with status 404 and this body."]
            pub fn not_found(self, value: &::std::vec::Vec<types::X>) -> Self {
                Self(self.0.status(404u16).header("content-type", "application/json").json_body_obj(value))
            }
        };
        assert_eq!(
            text(&method(&StatusPattern::Code(404), &json)),
            text(&expected)
        );
        let expected: ImplItemFn = parse_quote! {
            #[doc = " Answers with `status`, one from 500 to 599, and no body."]
            pub fn server_error(self, status: u16,) -> Self {
                assert!((500u16..=599u16).contains(&status), "the status has to be one from 500 to 599");
                Self(self.0.status(status))
            }
        };
        assert_eq!(
            text(&method(&StatusPattern::Range(5), &Answer::Empty)),
            text(&expected)
        );
    }
}
