//! Responses: at most one type for all successes.

use serde_json::{Map, Value, json};

mod successes;

pub(super) use self::successes::SUCCESSES;
use self::successes::{default_as_success, one_success_type};
use super::table::{Pass, Run};
use crate::context::Context;
use crate::media::{Media, classify, other_form, take_preferred};
use crate::operation::StatusPattern;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "responses",
    summary: "Keeps one media type per response, no content where there can be none, and one type for all successes.",
    source: "progenitor 0.15.1 asserts that all success responses have one type and panics on JSON without schema",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.with_schemas(every_operation);
}

fn every_operation(context: &mut Context<'_>, components: &Map<String, Value>) {
    context.each_operation(|context, method, _, operation, at| {
        let at = join(at, "responses");
        let stated = match operation.remove("responses") {
            Some(Value::Object(responses)) => responses,
            _ => Map::new(),
        };
        let mut responses = statuses(context, stated, &at);
        for (pattern, response) in &mut responses {
            content(
                context,
                method,
                *pattern,
                response,
                components,
                &join(&at, &pattern.to_string()),
            );
        }
        default_as_success(context, &mut responses, &at);
        one_success_type(context, &mut responses, &at);
        let entries = responses
            .into_iter()
            .map(|(pattern, response)| (pattern.to_string(), Value::Object(response)));
        operation.insert("responses".to_owned(), Value::Object(entries.collect()));
    });
}

type Responses = Vec<(StatusPattern, Map<String, Value>)>;

/// The responses under their normal keys, in order from the lowest code to `default`.
fn statuses(context: &mut Context<'_>, stated: Map<String, Value>, at: &str) -> Responses {
    let mut responses: Responses = Vec::new();
    for (key, response) in stated {
        let from = join(at, &key);
        let Value::Object(response) = response else {
            continue;
        };
        if key.starts_with("x-") {
            continue;
        }
        match key.parse::<StatusPattern>() {
            Ok(StatusPattern::Code(100..=199) | StatusPattern::Range(1)) => {
                context.note(
                    &from,
                    "responses",
                    Effect::Dropped,
                    "interim responses do not reach the caller",
                );
            }
            Ok(pattern) if responses.iter().any(|(known, _)| *known == pattern) => {
                context.note(
                    &from,
                    "responses",
                    Effect::Dropped,
                    "the same status stands before it in another spelling",
                );
            }
            Ok(pattern) => {
                context
                    .origins
                    .moved(&from, &join(at, &pattern.to_string()));
                responses.push((pattern, response));
            }
            Err(invalid) => context.note(&from, "responses", Effect::Dropped, invalid.to_string()),
        }
    }
    responses.sort_by_key(|(pattern, _)| *pattern);
    responses
}

/// Leaves at most one media type.
fn content(
    context: &mut Context<'_>,
    method: &str,
    pattern: StatusPattern,
    response: &mut Map<String, Value>,
    components: &Map<String, Value>,
    at: &str,
) {
    let Some(Value::Object(stated)) = response.remove("content") else {
        return;
    };
    if stated.is_empty() {
        return;
    }
    let at = join(at, "content");
    // RFC 9110 §9.3.2, §15.3.5, §15.3.6 and §15.4.5.
    if method == "head" || matches!(pattern, StatusPattern::Code(204 | 205 | 304)) {
        context.note(
            &at,
            "responses",
            Effect::Exact,
            "such a response never has a body",
        );
        return;
    }
    let mut choices: Vec<(Media, String, Value)> = stated
        .into_iter()
        .map(|(name, value)| {
            let media = match classify(&name) {
                Media::Any if is_text_or_nothing(&value, components) => Media::Bytes,
                Media::Any => Media::Json,
                media => media,
            };
            (media, name, value)
        })
        .collect();
    let (media, name, mut value) = take_preferred(&mut choices);
    for (_, other, stated) in &choices {
        let effect = other_form(&value, stated);
        let message = format!("the body is read as `{name}`, `{other}` is another form of it");
        context.note(&join(&at, other), "responses", effect, message);
    }
    let from = join(&at, &name);
    let target = if media == Media::Json {
        "application/json".to_owned()
    } else {
        name.clone()
    };
    context.origins.moved(&from, &join(&at, &target));
    if let Value::Object(value) = &mut value {
        value.remove("encoding");
        if media == Media::Json {
            value.entry("schema").or_insert_with(|| json!({}));
        } else {
            let schema = value.get("schema");
            if pattern.is_success() && schema.is_some_and(|schema| !is_text(schema, components)) {
                let message = format!("a body of type `{name}` is handed out as bytes");
                context.note(&from, "responses", Effect::Widened, message);
            }
            value.insert(
                "schema".to_owned(),
                json!({"type": "string", "format": "binary"}),
            );
        }
    }
    response.insert("content".to_owned(), json!({target: value}));
}

fn is_text(schema: &Value, components: &Map<String, Value>) -> bool {
    let schema = refs::resolved(schema, components);
    schema == &json!({}) || schema.get("type").is_some_and(|name| name == "string")
}

fn is_text_or_nothing(value: &Value, components: &Map<String, Value>) -> bool {
    let schema = value.get("schema");
    schema.is_none_or(|schema| is_text(schema, components))
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::passes::testing::{document_after, document_after_with};
    use crate::report::{Effect, Note};
    use serde_json::{Value, json};

    fn after_for(method: &str, responses: Value) -> (Value, Vec<Note>) {
        let document =
            json!({"openapi": "3.0.0", "paths": {"/a": {method: {"responses": responses}}}});
        let (mut document, notes) = document_after(super::PASS, document);
        (document["paths"]["/a"][method]["responses"].take(), notes)
    }

    fn after(responses: Value) -> Value {
        after_for("get", responses).0
    }

    fn json_of(name: &str) -> Value {
        json!({"description": "", "content": {"application/json": {"schema": {"type": name}}}})
    }

    fn keys(responses: &Value) -> Vec<&str> {
        responses
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn successes_have_one_type() {
        assert_eq!(
            keys(&after(
                json!({"200": json_of("string"), "201": json_of("string")})
            )),
            ["200", "201"]
        );
        assert_eq!(
            keys(&after(
                json!({"200": {"description": ""}, "201": json_of("string")})
            )),
            ["201"]
        );
        let (responses, notes) = after_for(
            "get",
            json!({"200": json_of("string"), "204": {"description": ""}}),
        );
        assert_eq!(keys(&responses), ["200"]);
        assert_eq!(notes[0].pointer, "/paths/~1a/get/responses/204");
    }

    #[test]
    fn several_bodies_are_a_union() {
        let (responses, notes) = after_for(
            "get",
            json!({"200": json_of("string"), "201": json_of("string"), "202": json_of("integer"), "404": json_of("object")}),
        );
        let union = json!([{"type": "string"}, {"type": "integer"}]);
        for status in ["200", "201", "202"] {
            let schema = &responses[status]["content"]["application/json"]["schema"];
            assert_eq!(schema["oneOf"], union, "{status}");
        }
        assert_eq!(responses["404"], json_of("object"));
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }

    #[test]
    fn with_marks_a_body_that_may_be_missing_is_null() {
        let document = json!({"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {
            "200": json_of("string"), "204": {"description": "none"}
        }}}}});
        let (document, notes) =
            document_after_with(&Options::default().with_marks(), super::PASS, document);
        let content = json!({"application/json": {"schema": {"allOf": [{"type": "string"}], "nullable": true}}});
        for status in ["200", "204"] {
            let response = &document["paths"]["/a"]["get"]["responses"][status];
            assert_eq!(response["content"], content, "{status}");
        }
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }

    #[test]
    fn another_media_type_of_the_same_value_is_no_loss() {
        let schema = json!({"schema": {"type": "object"}});
        let response = json!({"description": "", "content": {
            "application/json": schema, "text/json": schema, "text/csv": {"schema": {"type": "string"}}
        }});
        let (_, notes) = after_for("get", json!({"200": response}));
        let effects: Vec<_> = notes.iter().map(|note| note.effect).collect();
        assert_eq!(effects, [Effect::Exact, Effect::Dropped]);
    }

    #[test]
    fn default_is_a_success_only_alone() {
        assert_eq!(
            keys(&after(
                json!({"200": json_of("string"), "default": json_of("object")})
            )),
            ["200", "default"]
        );
        let responses = after(json!({"default": json_of("object"), "404": {"description": "no"}}));
        assert_eq!(keys(&responses), ["2XX", "404", "default"]);
        assert_eq!(responses["2XX"], json_of("object"));
    }

    #[test]
    fn some_responses_have_no_body() {
        assert_eq!(
            after(json!({"204": json_of("string")})),
            json!({"204": {"description": ""}})
        );
        assert_eq!(
            after_for("head", json!({"200": json_of("string")})).0,
            json!({"200": {"description": ""}})
        );
    }

    #[test]
    fn json_wins_and_has_a_schema() {
        let response =
            json!({"description": "", "content": {"text/csv": {}, "application/problem+json": {}}});
        assert_eq!(
            after(json!({"200": response}))["200"]["content"],
            json!({"application/json": {"schema": {}}})
        );
        let response =
            json!({"description": "", "content": {"*/*": {"schema": {"type": "object"}}}});
        assert_eq!(
            after(json!({"200": response}))["200"]["content"],
            json!({"application/json": {"schema": {"type": "object"}}})
        );
    }

    #[test]
    fn a_range_is_bytes_where_a_reference_leads_to_them() {
        let file = json!({"$ref": "#/components/schemas/File"});
        for schema in [
            file.clone(),
            json!({"allOf": [file], "description": "d"}),
            json!({"allOf": [{"type": "string", "format": "binary"}]}),
        ] {
            let document = json!({
                "openapi": "3.0.0",
                "components": {"schemas": {
                    "File": {"$ref": "#/components/schemas/Bin"}, "Bin": {"type": "string", "format": "binary"}
                }},
                "paths": {"/a": {"get": {"responses": {"200": {"content": {"*/*": {"schema": schema}}}}}}}
            });
            let (document, notes) = document_after(super::PASS, document);
            assert_eq!(
                document["paths"]["/a"]["get"]["responses"]["200"]["content"],
                json!({"*/*": {"schema": {"type": "string", "format": "binary"}}})
            );
            assert!(notes.is_empty(), "{notes:?}");
        }
    }

    #[test]
    fn other_types_are_bytes() {
        let response =
            json!({"description": "", "content": {"image/png": {"schema": {"type": "string"}}}});
        assert_eq!(
            after(json!({"200": response}))["200"]["content"],
            json!({"image/png": {"schema": {"type": "string", "format": "binary"}}})
        );
    }

    #[test]
    fn keys_are_normal_or_go() {
        assert_eq!(
            keys(&after(
                json!({"2xx": {}, "4xx": {}, "101": {}, "fine": {}, "x-more": {}})
            )),
            ["2XX", "4XX"]
        );
        assert_eq!(after(Value::Null), json!({}));
    }
}
