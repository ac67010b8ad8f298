//! The last word: does `openapiv3` take it?

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::depth;
use crate::grammar::Kind;
use crate::report::{NOT_OPENAPI_3_0, TOO_DEEP};
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "check",
    summary: "Parses the result as OpenAPI 3.0, as progenitor will.",
    source: "openapiv3 2.2",
    run: Run::Whole(run),
};

const HELP: &str =
    "this is a gap in the lowering; please report it with the part of the document that is named";

fn run(context: &mut Context<'_>) {
    if depth::exceeds(&context.document, depth::MAX_DEPTH) {
        context.problem(
            TOO_DEEP,
            "",
            format!(
                "the lowered document is nested deeper than {} levels",
                depth::MAX_DEPTH
            ),
            "name the inner schemas as components and refer to them",
        );
        return;
    }
    let Err(error) = openapiv3::OpenAPI::deserialize(&context.document) else {
        return;
    };
    // The error of the whole names no place; the smallest part that fails does.
    let mut smallest: Option<(String, String)> = None;
    walk::visit(
        &context.document,
        Kind::Document,
        &mut String::new(),
        &mut |node, kind, at| {
            if let Some(message) = failure(node, kind)
                && smallest
                    .as_ref()
                    .is_none_or(|(known, _)| at.len() > known.len())
            {
                smallest = Some((at.to_owned(), message));
            }
        },
    );
    let (pointer, message) = smallest.unwrap_or_else(|| (String::new(), error.to_string()));
    context.problem(
        NOT_OPENAPI_3_0,
        &pointer,
        format!("the lowered document is not OpenAPI 3.0: {message}"),
        HELP,
    );
}

fn failure(node: &Value, kind: Kind) -> Option<String> {
    fn of<T: DeserializeOwned>(node: &Value) -> Option<String> {
        serde_json::from_value::<T>(node.clone())
            .err()
            .map(|error| error.to_string())
    }
    use openapiv3::ReferenceOr;
    match kind {
        Kind::Schema => of::<ReferenceOr<openapiv3::Schema>>(node),
        Kind::Operation => of::<openapiv3::Operation>(node),
        Kind::Parameter => of::<ReferenceOr<openapiv3::Parameter>>(node),
        Kind::Response => of::<ReferenceOr<openapiv3::Response>>(node),
        Kind::RequestBody => of::<ReferenceOr<openapiv3::RequestBody>>(node),
        Kind::Header => of::<ReferenceOr<openapiv3::Header>>(node),
        Kind::SecurityScheme => of::<ReferenceOr<openapiv3::SecurityScheme>>(node),
        Kind::PathItem => of::<openapiv3::PathItem>(node),
        Kind::Info => of::<openapiv3::Info>(node),
        Kind::Server => of::<openapiv3::Server>(node),
        Kind::Tag => of::<openapiv3::Tag>(node),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use serde_json::json;

    #[test]
    fn the_smallest_part_that_fails_is_named() {
        let options = Options::default();
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
            "components": {"schemas": {"A": {"type": "object", "properties": {"b": {"type": 5}}}}}
        });
        let mut context = Context::new(document, &options);
        context
            .origins
            .moved("/components/schemas/Before", "/components/schemas/A");
        run(&mut context);
        assert_eq!(context.problems[0].code, NOT_OPENAPI_3_0);
        assert_eq!(
            context.problems[0].pointer,
            "/components/schemas/Before/properties/b"
        );
    }
}
