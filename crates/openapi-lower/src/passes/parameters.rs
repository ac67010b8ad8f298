//! Parameters: each operation has its own list, and it fits the path.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::pointer::{index, join};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "parameters",
    summary: "Gives every operation its own parameters and makes them agree with the placeholders of its path.",
    source: "OpenAPI 3.0.3 §4.7.9, §4.7.12; progenitor 0.15.1 panics on placeholders and path parameters that differ",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_path_item(|context, path, item, at| {
        push_down(context, item, at);
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get_mut(*method) else {
                continue;
            };
            let list = join(&join(at, method), "parameters");
            let mut parameters = match operation.remove("parameters") {
                Some(Value::Array(parameters)) => parameters,
                _ => Vec::new(),
            };
            normalize(context, &mut parameters, path, &list);
            if !parameters.is_empty() {
                operation.insert("parameters".to_owned(), Value::Array(parameters));
            }
        }
    });
}

/// Parameters of the path item belong to each operation that does not have one of that name and place itself.
fn push_down(context: &mut Context<'_>, item: &mut Map<String, Value>, at: &str) {
    let Some(Value::Array(shared)) = item.remove("parameters") else {
        return;
    };
    let from = join(at, "parameters");
    for method in METHODS {
        let Some(Value::Object(operation)) = item.get_mut(*method) else {
            continue;
        };
        let own = operation.entry("parameters").or_insert_with(|| json!([]));
        let Value::Array(own) = own else { continue };
        let place = join(&join(at, method), "parameters");
        for (position, parameter) in shared.iter().enumerate() {
            if own.iter().all(|one| identity(one) != identity(parameter)) {
                context
                    .origins
                    .copied(&index(&from, position), &index(&place, own.len()));
                own.push(parameter.clone());
            }
        }
    }
}

fn identity(parameter: &Value) -> (Option<&str>, Option<&str>) {
    (name(parameter), place(parameter))
}

fn name(parameter: &Value) -> Option<&str> {
    parameter.get("name").and_then(Value::as_str)
}

fn place(parameter: &Value) -> Option<&str> {
    parameter.get("in").and_then(Value::as_str)
}

fn normalize(context: &mut Context<'_>, parameters: &mut Vec<Value>, path: &str, list: &str) {
    let placeholders = placeholders(path);
    rename_path_parameters(context, parameters, &placeholders, list);
    let mut kept: Vec<Value> = Vec::with_capacity(parameters.len());
    for (position, mut parameter) in std::mem::take(parameters).into_iter().enumerate() {
        let from = index(list, position);
        if let Some((effect, reason)) = superfluous(&parameter, &kept, &placeholders) {
            context.note(&from, "parameters", effect, reason);
            continue;
        }
        if place(&parameter) == Some("path") && parameter.get("required") != Some(&json!(true)) {
            context.note(
                &from,
                "parameters",
                Effect::Exact,
                "a path parameter is always required",
            );
            parameter["required"] = json!(true);
        }
        // There is no text for `null` in a path or a header, and progenitor 0.15.1 writes code that needs one.
        if matches!(place(&parameter), Some("path" | "header"))
            && let Some(Value::Object(schema)) = parameter.get_mut("schema")
            && schema.remove("nullable").is_some()
        {
            context.note(
                &from,
                "parameters",
                Effect::Exact,
                "a path or a header has no `null`",
            );
        }
        context.origins.moved(&from, &index(list, kept.len()));
        kept.push(parameter);
    }
    for placeholder in placeholders {
        let declared = kept
            .iter()
            .any(|one| place(one) == Some("path") && name(one) == Some(&placeholder));
        if !declared {
            context.note(
                list,
                "parameters",
                Effect::Widened,
                format!(
                    "`{{{placeholder}}}` stands in the path and is declared nowhere; added as text"
                ),
            );
            kept.push(json!({"name": placeholder, "in": "path", "required": true, "schema": {"type": "string"}}));
        }
    }
    *parameters = kept;
}

/// Why a parameter is not sent.
fn superfluous(
    parameter: &Value,
    kept: &[Value],
    placeholders: &[String],
) -> Option<(Effect, String)> {
    let own = name(parameter).unwrap_or_default();
    if kept.iter().any(|one| identity(one) == identity(parameter)) {
        return Some((
            Effect::Exact,
            "the same parameter is declared before it".to_owned(),
        ));
    }
    match place(parameter) {
        Some("path") if !placeholders.iter().any(|placeholder| placeholder == own) => Some((
            Effect::Exact,
            format!("`{{{own}}}` does not stand in the path, so it is never sent"),
        )),
        // 3.0.3 §4.7.12.1: definitions of these three are ignored.
        Some("header")
            if ["accept", "content-type", "authorization"]
                .contains(&own.to_ascii_lowercase().as_str()) =>
        {
            Some((
                Effect::Exact,
                "this header is not described by a parameter; the client sends it itself"
                    .to_owned(),
            ))
        }
        _ => None,
    }
}

/// A declared path parameter with braces in its name, in other case, or the only one beside the only open placeholder
/// is that placeholder.
fn rename_path_parameters(
    context: &mut Context<'_>,
    parameters: &mut [Value],
    placeholders: &[String],
    list: &str,
) {
    let is_open = |parameters: &[Value], placeholder: &String| {
        !parameters
            .iter()
            .any(|one| place(one) == Some("path") && name(one) == Some(placeholder))
    };
    let plain = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    for position in 0..parameters.len() {
        let own = name(&parameters[position]).unwrap_or_default().to_owned();
        if place(&parameters[position]) != Some("path") || placeholders.contains(&own) {
            continue;
        }
        let open: Vec<&String> = placeholders
            .iter()
            .filter(|one| is_open(parameters, one))
            .collect();
        let stray = parameters
            .iter()
            .filter(|one| {
                place(one) == Some("path")
                    && !placeholders.iter().any(|known| name(one) == Some(known))
            })
            .count();
        let meant = open.iter().find(|one| plain(one) == plain(&own)).copied();
        let meant = meant.or(if open.len() == 1 && stray == 1 {
            open.first().copied()
        } else {
            None
        });
        if let Some(meant) = meant {
            context.note(
                &join(&index(list, position), "name"),
                "parameters",
                Effect::Exact,
                format!("`{own}` is the parameter that the path calls `{{{meant}}}`"),
            );
            parameters[position]["name"] = json!(meant);
        }
    }
}

/// Names in braces, in order, each once.
pub(super) fn placeholders(path: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('}') else { break };
        let name = rest[..close].to_owned();
        if !found.contains(&name) {
            found.push(name);
        }
        rest = &rest[close + 1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after};
    use crate::report::{Effect, Note};
    use serde_json::{Value, json};

    fn after(path: &str, shared: Value, own: Value) -> (Value, Vec<Note>) {
        let document = json!({"openapi": "3.0.0", "paths": {path: {"parameters": shared, "get": {"parameters": own}}}});
        let (mut document, notes) = document_after(super::PASS, document);
        assert!(document["paths"][path].get("parameters").is_none());
        (document["paths"][path]["get"]["parameters"].take(), notes)
    }

    fn path(name: &str) -> Value {
        json!({"name": name, "in": "path", "required": true, "schema": {"type": "integer"}})
    }

    fn query(name: &str) -> Value {
        json!({"name": name, "in": "query", "schema": {"type": "integer"}})
    }

    #[test]
    fn shared_parameters_are_pushed_down_and_overridden() {
        let mut own = query("q");
        own["description"] = json!("own");
        let (parameters, notes) = after("/a/{id}", json!([path("id"), query("q")]), json!([own]));
        assert_eq!(parameters, json!([own, path("id")]));
        assert!(notes.is_empty());
    }

    #[test]
    fn placeholders_without_a_parameter_are_added() {
        let (parameters, notes) = after("/a/{id}", json!([]), json!([]));
        assert_eq!(
            parameters,
            json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}])
        );
        assert_eq!(
            brief(&notes),
            [("/paths/~1a~1{id}/get/parameters", Effect::Widened)]
        );
    }

    #[test]
    fn parameters_without_a_placeholder_go() {
        let (parameters, _) = after("/a", json!([]), json!([path("id"), query("q"), query("q")]));
        assert_eq!(parameters, json!([query("q")]));
    }

    #[test]
    fn names_that_nearly_agree_agree() {
        let (parameters, _) = after(
            "/a/{userId}/{n}",
            json!([]),
            json!([path("user_id"), path("n")]),
        );
        assert_eq!(parameters, json!([path("userId"), path("n")]));
        let (parameters, _) = after("/a/{key}", json!([]), json!([path("{id}")]));
        assert_eq!(parameters, json!([path("key")]));
    }

    #[test]
    fn path_parameters_are_required_and_reserved_headers_go() {
        let (parameters, _) = after(
            "/a/{id}",
            json!([]),
            json!([{"name": "id", "in": "path", "schema": {}}, {"name": "Authorization", "in": "header", "schema": {}}]),
        );
        assert_eq!(
            parameters,
            json!([{"name": "id", "in": "path", "required": true, "schema": {}}])
        );
    }
}
