//! Texts for people.

use serde_json::{Map, Value};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::markdown::{harmless, harmless_line, normalized};
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "docs",
    summary: "Writes every description as Markdown that rustdoc and clippy accept and that never runs.",
    source: "OpenAPI 3.0.3 §4.3 (CommonMark); rustdoc compiles and runs code blocks and links what is in brackets",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_node(|context, node, kind, at| {
        let Value::Object(members) = node else { return };
        if kind == Kind::Info {
            terms(context, members, at);
            text(context, members, "version", true, at);
        }
        for keyword in ["title", "summary", "description"] {
            let is_line =
                keyword != "description" || matches!(kind, Kind::Parameter | Kind::RequestBody);
            text(context, members, keyword, is_line, at);
        }
    });
}

/// progenitor puts the address of the terms into the docs as it is, where it would be a forgotten link.
fn terms(context: &mut Context<'_>, info: &mut Map<String, Value>, at: &str) {
    let Some(Value::String(terms)) = info.remove("termsOfService") else {
        return;
    };
    let from = join(at, "termsOfService");
    context.note(
        &from,
        "docs",
        Effect::Exact,
        "moved to the end of the description",
    );
    let description = info
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let description = format!(
        "{description}\n\nTerms of service: {}",
        harmless_line(&terms)
    );
    info.insert("description".to_owned(), Value::String(description));
}

fn text(
    context: &mut Context<'_>,
    members: &mut Map<String, Value>,
    keyword: &str,
    is_line: bool,
    at: &str,
) {
    // A property of this name is a schema and no text.
    let Some(Value::String(stated)) = members.get_mut(keyword) else {
        return;
    };
    // progenitor puts parameters into a list and summaries before other text, so these have one line.
    let result = if is_line {
        harmless_line(stated)
    } else {
        harmless(stated)
    };
    if result != *stated {
        // Blanks at the end of lines are no change to speak of.
        if result != normalized(stated) {
            context.note(
                &join(at, keyword),
                "docs",
                Effect::Exact,
                "written as Markdown that rustdoc accepts and never runs",
            );
        }
        *stated = result;
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn texts_are_rewritten_where_they_stand_and_examples_are_not() {
        let (document, notes) = document_after(
            super::PASS,
            json!({
                "openapi": "3.0.3",
                "info": {"title": "A [b]", "version": "1", "description": "plain", "termsOfService": "https://example.org/terms"},
                "components": {"schemas": {"S": {
                    "description": "```rust\npanic!()\n```",
                    "properties": {"description": {"description": "an [x]"}},
                    "example": {"description": "an [x]"}
                }}},
                "paths": {"/a": {"get": {"summary": "One\nline", "parameters": [{"name": "p", "description": "a\n\n- b"}]}}}
            }),
        );
        assert_eq!(
            document["info"],
            json!({
                "title": "A \\[b]", "version": "1",
                "description": "plain\n\nTerms of service: <https://example.org/terms>"
            })
        );
        let schema = &document["components"]["schemas"]["S"];
        assert_eq!(schema["description"], "```text\npanic!()\n```");
        assert_eq!(
            schema["properties"]["description"]["description"],
            "an \\[x]"
        );
        assert_eq!(schema["example"], json!({"description": "an [x]"}));
        let operation = &document["paths"]["/a"]["get"];
        assert_eq!(operation["summary"], "One line");
        assert_eq!(operation["parameters"][0]["description"], "a - b");
        assert_eq!(notes.len(), 6);
        assert_eq!(
            brief(&notes)[0],
            (
                "/components/schemas/S/properties/description/description",
                Effect::Exact
            )
        );
    }
}
