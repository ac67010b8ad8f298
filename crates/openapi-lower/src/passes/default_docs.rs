//! Default values, which are what the server does where nothing is sent.

use serde_json::{Map, Value};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::markdown::{add_paragraph, add_sentence, code_line, code_span};
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "default_docs",
    summary: "With marks: says default values in the description, so that what is absent stays absent, and texts of a parameter's schema about the parameter.",
    source: "JSON Schema 2020-12 validation §9.2: `default` is an annotation; typify 0.8 puts it where nothing was",
    run: Run::WithMarks(&Run::Parts(run)),
};

fn run(context: &mut Context<'_>) {
    context.each(Kind::Parameter, |context, parameter, at| {
        let Value::Object(parameter) = parameter else {
            return;
        };
        texts(context, parameter, at);
        let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
        if let Some(default) = schema.and_then(|schema| take(context, schema, &join(at, "schema")))
        {
            add_sentence(parameter, &sentence(&default));
        }
    });
    context.each_schema(|context, schema, at| {
        if let Some(default) = take(context, schema, at) {
            add_paragraph(schema, &sentence(&default));
        }
    });
}

/// What the schema of a parameter says to readers is shown nowhere.
fn texts(context: &mut Context<'_>, parameter: &mut Map<String, Value>, at: &str) {
    for keyword in ["description", "deprecated"] {
        let says = |node: &Map<String, Value>| match node.get(keyword) {
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(value) => value == &Value::Bool(true),
            None => false,
        };
        let schema = parameter.get("schema").and_then(Value::as_object);
        if says(parameter) || !schema.is_some_and(says) {
            continue;
        }
        let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
        let Some(value) = schema.and_then(|schema| schema.remove(keyword)) else {
            continue;
        };
        let from = join(&join(at, "schema"), keyword);
        context.note(
            &from,
            "default_docs",
            Effect::Exact,
            "said about the parameter, which has none of its own",
        );
        context.origins.moved(&from, &join(at, keyword));
        parameter.insert(keyword.to_owned(), value);
    }
}

/// A default that says something.
fn take(context: &mut Context<'_>, schema: &mut Map<String, Value>, at: &str) -> Option<Value> {
    if schema.get("default").is_none_or(Value::is_null) {
        return None;
    }
    context.note(
        &join(at, "default"),
        "default_docs",
        Effect::Exact,
        "said in the docs: what is absent is not sent, and stays absent where it is read",
    );
    schema.remove("default")
}

fn sentence(default: &Value) -> String {
    let default = match default {
        Value::String(text) => code_line(text),
        other => code_span(&other.to_string()),
    };
    format!("Default: {default}.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::passes::testing::{brief, document_after, marked_after};
    use crate::report::Effect;

    #[test]
    fn a_default_is_a_sentence_where_a_reader_looks() {
        let document = json!({
            "openapi": "3.0.0",
            "components": {"schemas": {"S": {"properties": {
                "a": {"type": "integer", "default": 10, "description": "How many.\n"},
                "b": {"type": "string", "default": "a`b"},
                "c": {"type": "string", "default": ""},
                "d": {"type": "string", "default": null},
                "e": {"type": "string", "default": "a\n\n# b"},
                "default": {"type": "object", "default": {"x": [1]}}
            }}}},
            "paths": {"/a": {"get": {"parameters": [{"name": "p", "in": "query", "schema": {"default": true}}]}}}
        });
        assert_eq!(document_after(super::PASS, document.clone()).0, document);
        let (lowered, notes, _) = marked_after(&[super::PASS], document);
        let properties = json!({
            "a": {"type": "integer", "description": "How many.\n\nDefault: `10`."},
            "b": {"type": "string", "description": "Default: `` a`b ``."},
            "c": {"type": "string", "description": "Default: `\"\"`."},
            "d": {"type": "string", "default": null},
            "e": {"type": "string", "description": "Default: `\"a\\n\\n# b\"`."},
            "default": {"type": "object", "description": "Default: `{\"x\":[1]}`."}
        });
        assert_eq!(
            lowered["components"]["schemas"]["S"]["properties"],
            properties
        );
        let parameter =
            json!({"name": "p", "in": "query", "description": "Default: `true`.", "schema": {}});
        assert_eq!(lowered["paths"]["/a"]["get"]["parameters"][0], parameter);
        assert_eq!(notes.len(), 6);
        assert!(
            brief(&notes).contains(&("/components/schemas/S/properties/a/default", Effect::Exact))
        );
    }

    #[test]
    fn a_parameter_says_what_its_schema_says() {
        let schema = json!({"type": "string", "description": "only here", "deprecated": true, "default": "x"});
        let own = json!({"name": "q", "in": "query", "description": "own", "schema": schema});
        let parameters = json!([{"name": "p", "in": "query", "schema": schema}, own]);
        let document =
            json!({"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": parameters}}}});
        let (lowered, ..) = marked_after(&[super::PASS], document);
        let parameters = &lowered["paths"]["/a"]["get"]["parameters"];
        assert_eq!(
            parameters[0],
            json!({"name": "p", "in": "query", "description": "only here. Default: `x`.", "deprecated": true, "schema": {"type": "string"}})
        );
        assert_eq!(parameters[1]["description"], "own. Default: `x`.");
        assert_eq!(parameters[1]["deprecated"], true);
    }
}
