//! One type for all successes.
//!
//! What counts as a success is what progenitor takes for one: `2XX`, the codes from 200 to 299, and `default` if no
//! other success is documented. In that case `default` describes errors as well, so it is kept twice: as `2XX` for
//! progenitor and as `default` for the error table.

use serde_json::{Map, Value, json};

use super::Responses;
use crate::context::Context;
use crate::fingerprint::Fingerprint;
use crate::operation::StatusPattern;
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::stand_in;

/// Of the mark of a union of success bodies: the statuses of its branches. `hoist` names the branches by them.
pub(in crate::passes) const SUCCESSES: &str = "successes";

/// With no success documented, progenitor takes `default` for one.
pub(super) fn default_as_success(context: &mut Context<'_>, responses: &mut Responses, at: &str) {
    if responses.iter().any(|(pattern, _)| pattern.is_success()) {
        return;
    }
    let default = responses
        .iter()
        .find(|(pattern, _)| *pattern == StatusPattern::Default)
        .cloned();
    let Some((_, response)) = default else { return };
    let from = join(at, "default");
    context.note(
        &from,
        "responses",
        Effect::Exact,
        "no success is documented, so this describes successes too",
    );
    context.origins.copied(&from, &join(at, "2XX"));
    responses.insert(0, (StatusPattern::Range(2), response));
}

/// What a success gives to the caller.
#[derive(PartialEq)]
enum Body {
    Json(Value),
    Bytes,
    None,
}

fn body(response: &Map<String, Value>) -> Body {
    match response
        .get("content")
        .and_then(Value::as_object)
        .and_then(|content| content.iter().next())
    {
        Some((name, media)) if name == "application/json" => {
            Body::Json(media.get("schema").cloned().unwrap_or_default())
        }
        Some(_) => Body::Bytes,
        None => Body::None,
    }
}

/// Several JSON bodies are one union. With an answer without a body among them (and marks, because stock progenitor does
/// not read an empty body) it may be `null`, which is what no body is read as.
pub(super) fn one_success_type(context: &mut Context<'_>, responses: &mut Responses, at: &str) {
    let successes: Vec<(StatusPattern, Body)> = responses
        .iter()
        .filter(|(pattern, _)| pattern.is_success())
        .map(|(pattern, response)| (*pattern, body(response)))
        .collect();
    if successes.windows(2).all(|pair| pair[0].1 == pair[1].1) {
        return;
    }
    let mut schemas: Vec<(StatusPattern, Value)> = Vec::new();
    for (pattern, body) in &successes {
        if let Body::Json(schema) = body
            && !schemas
                .iter()
                .any(|(_, known)| Fingerprint::of(known) == Fingerprint::of(schema))
        {
            schemas.push((*pattern, schema.clone()));
        }
    }
    let kept = if schemas.is_empty() {
        Body::Bytes
    } else {
        Body::Json(Value::Null)
    };
    let has_empty = successes.iter().any(|(_, body)| *body == Body::None);
    let is_nullable = has_empty && !schemas.is_empty() && context.options.marks;
    for (pattern, body) in &successes {
        let stays = match body {
            Body::None => is_nullable,
            other => std::mem::discriminant(other) == std::mem::discriminant(&kept),
        };
        if !stays {
            let message = "its body is of another kind than that of the other successes, which progenitor has one type for";
            let place = join(at, &pattern.to_string());
            context.note(&place, "responses", Effect::Dropped, message);
            responses.retain(|(other, _)| other != pattern);
        }
    }
    if schemas.is_empty() || (schemas.len() == 1 && !is_nullable) {
        return;
    }
    let keyword = if schemas.len() > 1 { "oneOf" } else { "allOf" };
    let message = if schemas.len() > 1 {
        "the successes have several bodies; each is read as the union of them"
    } else {
        "a success has no body, which is read as `null`"
    };
    let branches: Vec<&Value> = schemas.iter().map(|(_, schema)| schema).collect();
    let mut schema = json!({keyword: branches});
    if is_nullable {
        schema["nullable"] = json!(true);
    }
    if schemas.len() > 1
        && let Value::Object(schema) = &mut schema
    {
        let statuses: Vec<String> = schemas
            .iter()
            .map(|(pattern, _)| pattern.to_string())
            .collect();
        stand_in::mark(schema, SUCCESSES, json!(statuses));
    }
    // Each success gets every body, so where a body came from is put aside first.
    let aside = |position: usize| index(&join(at, "x-bodies"), position);
    for (position, (pattern, _)) in schemas.iter().enumerate() {
        context
            .origins
            .copied(&schema_at(at, *pattern), &aside(position));
    }
    for (pattern, response) in responses.iter_mut() {
        if !pattern.is_success() {
            continue;
        }
        context.note(
            &join(at, &pattern.to_string()),
            "responses",
            Effect::Exact,
            message,
        );
        response.insert(
            "content".to_owned(),
            json!({"application/json": {"schema": schema}}),
        );
        let place = schema_at(at, *pattern);
        context
            .origins
            .made(&join(at, &pattern.to_string()), &place);
        for position in 0..schemas.len() {
            let to = index(&join(&place, keyword), position);
            context.origins.copied(&aside(position), &to);
        }
    }
}

/// Where the JSON body of a response is.
fn schema_at(responses: &str, pattern: StatusPattern) -> String {
    let response = join(responses, &pattern.to_string());
    format!("{response}/content/application~1json/schema")
}
