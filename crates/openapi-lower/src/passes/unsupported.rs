//! What progenitor 0.15.1 cannot send. The one place where parameters and operations are given up for that; with marks
//! only what HTTP has no place for.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::parameters::placeholders;
use super::references::UNKNOWN_BODY;
use super::setter_names::reserved;
use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::names::method_name;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::{Effect, UNSUPPORTED_OPERATION};

pub(crate) const PASS: Pass = Pass {
    name: "unsupported",
    summary: "Leaves out what progenitor cannot send and nothing can stand in for, and operations that cannot be called without it.",
    source: "progenitor 0.15.1: no cookies, no `content`, no other styles, no object parameters, no OPTIONS and TRACE; RFC 9110 §5.6.2",
    run: Run::Parts(run),
};

/// References are followed this far when a parameter's type is looked for.
const MAX_HOPS: usize = 16;

mod forms;

pub(super) use forms::{Form, form};

pub(super) type Components = Map<String, Value>;

fn run(context: &mut Context<'_>) {
    context.with_schemas(every_operation);
}

fn every_operation(context: &mut Context<'_>, components: &Components) {
    context.each_path_item(|context, path, item, at| {
        for method in METHODS {
            let at = join(at, method);
            let reason = match item.get_mut(*method) {
                Some(Value::Object(operation)) => {
                    reason(context, method, path, operation, &at, components)
                }
                _ => continue,
            };
            if let Some(reason) = reason {
                item.remove(*method);
                context.note(&at, UNSUPPORTED_OPERATION, Effect::Dropped, reason);
            }
        }
    });
}

/// Why the operation cannot be generated; optional parameters that stand in the way are taken out.
fn reason(
    context: &mut Context<'_>,
    method: &str,
    path: &str,
    operation: &mut Map<String, Value>,
    at: &str,
    components: &Components,
) -> Option<String> {
    if matches!(method, "options" | "trace") && !context.options.marks {
        return Some(format!(
            "progenitor cannot send {}",
            method.to_ascii_uppercase()
        ));
    }
    if operation.contains_key("x-dropshot-websocket") {
        return Some("a WebSocket is no HTTP call".to_owned());
    }
    if path.contains(|character: char| character.is_control() || character == '`') {
        return Some("the path has characters that no URL has".to_owned());
    }
    if !is_template(path) {
        return Some("the braces of the path do not pair".to_owned());
    }
    if let Some(unknown) = operation
        .get("requestBody")
        .and_then(|body| body.get(UNKNOWN_BODY))
    {
        let unknown = unknown.as_str().unwrap_or_default();
        return Some(format!("its body is not known: {unknown}"));
    }
    let list = join(at, "parameters");
    let reserved = reserved(operation);
    let parameters = match operation.remove("parameters") {
        Some(Value::Array(parameters)) => parameters,
        _ => return None,
    };
    let mut kept: Vec<(usize, Value)> = Vec::with_capacity(parameters.len());
    let mut refused = None;
    // Which of two parameters with one name is sent is not a matter of their order.
    let mut ranked: Vec<(usize, Value)> = parameters.into_iter().enumerate().collect();
    ranked.sort_by_key(|(position, parameter)| (rank(parameter), *position));
    for (position, parameter) in ranked {
        let from = index(&list, position);
        let name = name(&parameter).to_owned();
        let trouble = if context.options.marks {
            illegal_name(&parameter)
        } else {
            trouble(&parameter, components).or_else(|| clash(&parameter, &kept, &reserved))
        };
        match trouble {
            None => {
                if !context.options.marks && joins_values(&parameter, components) {
                    context.note(
                        &from,
                        "explode",
                        Effect::Dropped,
                        format!("`{name}` is sent as one pair per value: `explode: false` is not supported"),
                    );
                }
                kept.push((position, parameter));
            }
            Some(trouble) if parameter.get("required") == Some(&Value::Bool(true)) => {
                refused.get_or_insert(format!(
                    "the required parameter `{name}` cannot be sent: {trouble}"
                ));
            }
            Some(trouble) => {
                context.note(
                    &from,
                    "unsupported_parameter",
                    Effect::Dropped,
                    format!("`{name}` cannot be sent: {trouble}"),
                );
            }
        }
    }
    kept.sort_by_key(|(position, _)| *position);
    for (new, (position, _)) in kept.iter().enumerate() {
        context
            .origins
            .moved(&index(&list, *position), &index(&list, new));
    }
    if !kept.is_empty() {
        let kept = kept.into_iter().map(|(_, parameter)| parameter).collect();
        operation.insert("parameters".to_owned(), Value::Array(kept));
    }
    refused
}

/// What cannot be left out comes first, then the query, of which vendors repeat parts in headers.
fn rank(parameter: &Value) -> (bool, bool) {
    let is_optional = parameter.get("required") != Some(&Value::Bool(true));
    let is_elsewhere = place(parameter) != "query";
    (is_optional, is_elsewhere)
}

/// Why progenitor cannot send a parameter.
fn trouble(parameter: &Value, components: &Components) -> Option<&'static str> {
    let illegal = illegal_name(parameter);
    if illegal.is_some() {
        return illegal;
    }
    let place = place(parameter);
    if place == "cookie" {
        return Some("cookies are not supported");
    }
    if parameter.get("content").is_some() {
        return Some("parameters with a media type are not supported");
    }
    let style = parameter.get("style").and_then(Value::as_str);
    let usual = if place == "query" { "form" } else { "simple" };
    if style.is_some_and(|style| style != usual) {
        return Some("the style is not supported");
    }
    let schema = parameter.get("schema")?;
    match form(schema, components) {
        Form::Object => Some("objects are not supported as parameters"),
        Form::Other if place != "query" => {
            Some("only plain values are supported in paths and headers")
        }
        _ => None,
    }
}

/// Whether a query parameter asks for `a=1,2`, where progenitor sends `a=1&a=2` (OpenAPI 3.1 §4.8.12.3).
fn joins_values(parameter: &Value, components: &Components) -> bool {
    let mut schema = parameter.get("schema");
    for _ in 0..MAX_HOPS {
        match schema.and_then(refs::target_of) {
            Some(name) => schema = components.get(&name),
            None => break,
        }
    }
    let is_list = schema
        .and_then(|schema| schema.get("type"))
        .and_then(Value::as_str)
        == Some("array");
    is_list && parameter.get("explode") == Some(&Value::Bool(false))
}

/// Why a parameter cannot have its name beside the others: each becomes a method of one builder. What is in the path can
/// be renamed ([`super::setter_names`]).
fn clash(
    parameter: &Value,
    kept: &[(usize, Value)],
    reserved: &BTreeSet<String>,
) -> Option<&'static str> {
    if place(parameter) == "path" {
        return None;
    }
    let method = method_name(name(parameter));
    if reserved.contains(&method) {
        return Some("its name is that of a method of the builder");
    }
    let mut others = kept.iter().filter(|(_, one)| place(one) != "path");
    others
        .any(|(_, one)| method_name(name(one)) == method)
        .then_some("another parameter has the same Rust name")
}

/// Why no header or cookie can have the parameter's name (RFC 9110 §5.6.2).
fn illegal_name(parameter: &Value) -> Option<&'static str> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let name = name(parameter);
    let is_legal = match place(parameter) {
        "header" => !name.is_empty() && name.bytes().all(is_token),
        // A cookie's name is percent-encoded where it has to be.
        "cookie" => !name.is_empty(),
        _ => true,
    };
    (!is_legal).then_some("HTTP has no field of that name")
}

fn name(parameter: &Value) -> &str {
    parameter
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn place(parameter: &Value) -> &str {
    parameter
        .get("in")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Whether the braces pair, as progenitor reads them.
fn is_template(path: &str) -> bool {
    let mut open = false;
    for character in path.chars() {
        match character {
            '{' if open => return false,
            '{' => open = true,
            '}' if !open => return false,
            '}' => open = false,
            '/' if open => return false,
            _ => {}
        }
    }
    !open && placeholders(path).iter().all(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::document_after;
    use crate::report::Note;
    use serde_json::{Value, json};

    fn after(method: &str, parameters: Value) -> (Value, Vec<Note>) {
        let document = json!({
            "openapi": "3.0.0",
            "components": {"schemas": {"Filter": {"type": "object"}}},
            "paths": {"/a/{id}": {method: {"parameters": parameters}}}
        });
        let (mut document, notes) = document_after(super::PASS, document);
        (document["paths"]["/a/{id}"].take(), notes)
    }

    #[test]
    fn lists_in_one_value_are_noted() {
        let parameter = |explode: bool, schema: Value| json!({"name": "fields", "in": "query", "explode": explode, "schema": schema});
        let list = json!({"$ref": "#/components/schemas/Fields"});
        for (parameter, noted) in [
            (parameter(false, list.clone()), true),
            (parameter(true, list), false),
            (parameter(false, json!({"type": "string"})), false),
        ] {
            let document = json!({
                "paths": {"/a": {"get": {"parameters": [parameter], "responses": {}}}},
                "components": {"schemas": {"Fields": {"type": "array", "items": {"type": "string"}}}}
            });
            let (after, notes) = document_after(super::PASS, document);
            assert_eq!(
                notes.iter().any(|note| note.rule == "explode"),
                noted,
                "{notes:?}"
            );
            assert!(after.pointer("/paths/~1a/get/parameters/0").is_some());
        }
    }

    #[test]
    fn optional_parameters_go_and_required_ones_take_the_operation_along() {
        for parameter in [
            json!({"name": "c", "in": "cookie", "schema": {"type": "string"}}),
            json!({"name": "c", "in": "query", "content": {"application/json": {}}}),
            json!({"name": "c", "in": "query", "style": "deepObject", "schema": {"type": "string"}}),
            json!({"name": "c", "in": "query", "schema": {"$ref": "#/components/schemas/Filter"}}),
            json!({"name": "c", "in": "header", "schema": {"type": "array"}}),
            json!({"name": "new", "in": "query", "schema": {"type": "string"}}),
        ] {
            let (item, notes) = after("get", json!([parameter]));
            assert_eq!(item, json!({"get": {}}), "{parameter}");
            assert_eq!(notes[0].rule, "unsupported_parameter");
            let mut required = parameter.clone();
            required["required"] = json!(true);
            let (item, notes) = after("get", json!([required]));
            assert_eq!(item, json!({}), "{required}");
            assert_eq!(notes[0].rule, "unsupported_operation");
        }
    }

    #[test]
    fn ordinary_parameters_stay() {
        let parameters = json!([
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "q", "in": "query", "style": "form", "schema": {"type": "array", "items": {"type": "string"}}},
            {"name": "h", "in": "header", "schema": {"type": "integer"}}
        ]);
        let (item, notes) = after("get", parameters.clone());
        assert_eq!(item["get"]["parameters"], parameters);
        assert!(notes.is_empty());
    }

    #[test]
    fn some_methods_cannot_be_sent() {
        assert_eq!(after("options", json!([])).0, json!({}));
        assert_eq!(after("trace", json!([])).0, json!({}));
    }

    #[test]
    fn one_rust_name_is_one_parameter() {
        let one = json!({"name": "a-b", "in": "query", "schema": {"type": "string"}});
        let other = json!({"name": "aB", "in": "query", "schema": {"type": "string"}});
        assert_eq!(
            after("get", json!([one, other])).0["get"]["parameters"],
            json!([one])
        );
    }
    #[test]
    fn of_one_name_what_is_required_stays_then_what_is_in_the_query() {
        let parameter = |place: &str, required: bool| json!({"name": "id", "in": place, "required": required, "schema": {"type": "string"}});
        let (path, query, header) = (
            parameter("path", true),
            parameter("query", false),
            parameter("header", false),
        );
        for (all, kept) in [
            (json!([header, query]), json!([query])),
            (json!([query, header]), json!([query])),
            // The one in the path is renamed.
            (json!([header, query, path]), json!([query, path])),
        ] {
            assert_eq!(after("get", all).0["get"]["parameters"], kept);
        }
    }
}
