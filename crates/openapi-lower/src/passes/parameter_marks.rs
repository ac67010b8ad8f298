//! Parameters that progenitor cannot send as the document says, and how they are to be sent instead.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use super::unsupported::{Components, Form, form};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::refs;
use crate::stand_in::{self, EXTENSION};

pub(crate) const PASS: Pass = Pass {
    name: "parameter_marks",
    summary: "With marks: marks parameters that progenitor cannot send as they are described.",
    source: "OpenAPI 3.1.1 §4.8.12.6; progenitor 0.15.1 sends plain values, and lists as one pair per item in the query",
    run: Run::WithMarks(&Run::Parts(run)),
};

fn run(context: &mut Context<'_>) {
    context.with_schemas(every_operation);
}

fn every_operation(context: &mut Context<'_>, components: &Components) {
    context.each_operation(|context, _, _, operation, at| {
        let list = join(at, "parameters");
        let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
            return;
        };
        for (position, parameter) in parameters.iter_mut().enumerate() {
            let Value::Object(parameter) = parameter else {
                continue;
            };
            let at = index(&list, position);
            take_content(context, parameter, &at);
            if needs_mark(parameter, components) {
                stand_in::mark(parameter, "sent", json!(true));
            }
        }
    });
}

/// The schema of a parameter with `content` takes the place of other parameters' schemas (§4.8.12.3).
fn take_content(context: &mut Context<'_>, parameter: &mut Map<String, Value>, at: &str) {
    let Some(content) = parameter.remove("content") else {
        return;
    };
    let Value::Object(content) = content else {
        return;
    };
    let place = join(at, "content");
    // `keywords` has left one.
    if let Some((media_type, mut media)) = content.into_iter().next() {
        let from = join(&join(&place, &media_type), "schema");
        context.origins.moved(&from, &join(at, "schema"));
        let schema = media.get_mut("schema").map(Value::take);
        parameter.insert("schema".to_owned(), schema.unwrap_or_else(|| json!({})));
        stand_in::mark(parameter, "mediaType", json!(media_type));
    }
}

fn needs_mark(parameter: &Map<String, Value>, components: &Components) -> bool {
    let place = parameter.get("in").and_then(Value::as_str);
    let is_query = place == Some("query");
    let usual = if is_query { "form" } else { "simple" };
    let style = parameter.get("style").and_then(Value::as_str);
    if place == Some("cookie")
        || parameter.contains_key(EXTENSION)
        || style.is_some_and(|style| style != usual)
    {
        return true;
    }
    let Some(schema) = parameter.get("schema") else {
        return false;
    };
    let form = form(schema, components);
    if is_query {
        return form == Form::Object
            || (form != Form::Plain && parameter.get("explode") == Some(&json!(false)))
            || parameter.get("allowReserved") == Some(&json!(true));
    }
    form != Form::Plain || !displays_what_is_sent(schema, components)
}

/// Whether the Rust type's `Display` writes what its `Serialize` does. Dates with a time do not, and a marked schema is
/// another type in the end.
fn displays_what_is_sent(schema: &Value, components: &Components) -> bool {
    let mut open = vec![schema];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(schema) = open.pop() {
        let is_date = schema.get("format").and_then(Value::as_str) == Some("date-time");
        let values = schema.get("enum").and_then(Value::as_array);
        let is_textual = values.is_none_or(|values| values.iter().all(Value::is_string));
        if is_date || !is_textual || stand_in::is_marked(schema) {
            return false;
        }
        if let Some(name) = refs::target_of(schema)
            && let Some(target) = components.get(&name)
            && seen.insert(name)
        {
            open.push(target);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array);
            open.extend(branches.into_iter().flatten());
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::marked_after;
    use serde_json::{Value, json};

    fn is_marked(parameter: Value) -> bool {
        let document = json!({
            "openapi": "3.0.0",
            "components": {"schemas": {
                "Filter": {"type": "object"},
                "Fields": {"type": "array", "items": {"type": "string"}},
                "When": {"type": "string", "format": "date-time"}
            }},
            "paths": {"/a/{p}": {"get": {"parameters": [parameter]}}}
        });
        let (document, _, _) = marked_after(&[super::PASS], document);
        let parameter = &document["paths"]["/a/{p}"]["get"]["parameters"][0];
        parameter.get("x-openapi-lower").is_some()
    }

    #[test]
    fn what_progenitor_writes_otherwise_is_marked() {
        let filter = json!({"$ref": "#/components/schemas/Filter"});
        let fields = json!({"$ref": "#/components/schemas/Fields"});
        let when = json!({"$ref": "#/components/schemas/When"});
        let text = json!({"type": "string"});
        for parameter in [
            json!({"in": "cookie", "schema": text}),
            json!({"in": "query", "style": "deepObject", "schema": filter}),
            json!({"in": "query", "style": "pipeDelimited", "schema": fields}),
            json!({"in": "query", "schema": filter}),
            json!({"in": "query", "explode": false, "schema": fields}),
            json!({"in": "query", "allowReserved": true, "schema": text}),
            json!({"in": "query", "content": {"application/json": {"schema": filter}}}),
            json!({"in": "path", "style": "matrix", "schema": text}),
            json!({"in": "path", "schema": fields}),
            json!({"in": "path", "schema": when}),
            json!({"in": "path", "schema": {}}),
            json!({"in": "path", "schema": {"type": "integer", "enum": [1, 2]}}),
            json!({"in": "header", "schema": fields}),
        ] {
            assert!(is_marked(parameter.clone()), "{parameter}");
        }
        for parameter in [
            json!({"in": "query", "schema": text}),
            json!({"in": "query", "style": "form", "schema": fields}),
            json!({"in": "query", "explode": false, "schema": text}),
            json!({"in": "query", "schema": when}),
            json!({"in": "path", "style": "simple", "schema": text}),
            json!({"in": "header", "explode": true, "schema": {"type": "integer"}}),
        ] {
            assert!(!is_marked(parameter.clone()), "{parameter}");
        }
    }

    #[test]
    fn the_schema_of_content_moves_up() {
        let document = json!({"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": [
            {"name": "q", "in": "query", "content": {"application/json": {"schema": {"type": "integer"}}}}
        ]}}}});
        let (document, notes, _) = marked_after(&[super::PASS], document);
        assert_eq!(
            document["paths"]["/a"]["get"]["parameters"][0],
            json!({
                "name": "q", "in": "query", "schema": {"type": "integer"},
                "x-openapi-lower": {"mediaType": "application/json", "sent": true}
            })
        );
        assert!(notes.is_empty());
    }
}
