//! Lets operations whose answer is bytes or events ask for the media types that the document has for it (RFC 9110 §12.5.1).
//! progenitor does that for JSON alone, and there are servers that send events only to those who ask for them.

use std::collections::BTreeSet;

use openapi_lower::StatusPattern;
use serde_json::Value;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, ExprMethodCall, ExprPath, parse_quote};

use super::builder_code::method;
use super::operations::OperationCode;
use crate::problem::Problem;

/// What a document says when it does not know better.
const ANY_BYTES: &str = "application/octet-stream";

/// Adds the header to the request that `send` builds, if it has none.
pub(super) fn ask(operation: &mut OperationCode, document: &Value) -> Result<(), Problem> {
    let media_types = media_types(&operation.stated(document)["responses"]);
    let block = &mut method(operation, "send")?.block;
    if let Some(media_types) = media_types
        && !asks(block)
    {
        Asking(media_types).visit_block_mut(block);
    }
    Ok(())
}

/// Those of all successes, as a field value; `None` if any will do or one cannot be asked for.
fn media_types(responses: &Value) -> Option<String> {
    let is_success = |status: &str| match status.parse() {
        Ok(status) => StatusPattern::is_success(status),
        Err(_) => false,
    };
    let successes = responses.as_object()?.iter();
    let media_types: BTreeSet<&str> = successes
        .filter(|(status, _)| is_success(status))
        .filter_map(|(_, response)| response["content"].as_object())
        .flat_map(|content| content.keys().map(String::as_str))
        .collect();
    let can_be_asked_for = |media_type: &&str| {
        let visible = media_type
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ');
        visible && media_type.contains('/') && *media_type != "*/*" && *media_type != ANY_BYTES
    };
    let all: Vec<&str> = media_types.into_iter().collect();
    let can_be = !all.is_empty() && all.iter().all(can_be_asked_for);
    // Errors have other media types, and a server that takes this strictly would not send them.
    can_be.then(|| format!("{}, */*;q=0.1", all.join(", ")))
}

/// Whether the code has such a header already.
fn asks(block: &Block) -> bool {
    struct Asks(bool);
    impl<'ast> Visit<'ast> for Asks {
        fn visit_expr_path(&mut self, path: &'ast ExprPath) {
            let last = path.path.segments.last();
            self.0 |= last.is_some_and(|last| last.ident == "ACCEPT");
            visit::visit_expr_path(self, path);
        }
    }
    let mut asks = Asks(false);
    asks.visit_block(block);
    asks.0
}

/// `client.client.get(url)` to `client.client.get(url).header(ACCEPT, …)`.
struct Asking(String);

impl VisitMut for Asking {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "build" {
            let (request, media_types) = (&call.receiver, &self.0);
            *call.receiver = parse_quote! {
                #request.header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static(#media_types),
                )
            };
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use serde_json::json;
    use syn::visit_mut::VisitMut;
    use syn::{Block, parse_quote};

    use super::{Asking, asks, media_types};

    #[test]
    fn what_every_success_may_be_is_asked_for() {
        let of = |content: serde_json::Value| {
            media_types(&json!({
                "200": { "content": content },
                "204": { "description": "" },
                "400": { "content": { "application/json": {} } },
            }))
        };
        let both = json!({ "image/png": {}, "image/*": {} });
        assert_eq!(of(both).as_deref(), Some("image/*, image/png, */*;q=0.1"));
        for any in [
            json!({ "image/png": {}, "*/*": {} }),
            json!({ "application/octet-stream": {} }),
            json!({ "binary": {} }),
            json!({ "a/b\n": {} }),
            json!({}),
        ] {
            assert_eq!(of(any.clone()), None, "{any}");
        }
    }

    #[test]
    fn the_header_is_one_of_the_request() {
        let mut block: Block = parse_quote!({
            let mut request = client.client.get(url).headers(header_map).build()?;
        });
        assert!(!asks(&block));
        Asking("a/b".to_owned()).visit_block_mut(&mut block);
        assert!(asks(&block));
        let expected: Block = parse_quote!({
            let mut request = client
                .client
                .get(url)
                .headers(header_map)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("a/b"),
                )
                .build()?;
        });
        assert_eq!(
            block.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }
}
