//! Request bodies: one media type that progenitor can send, or that a mark says how to send.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::media::{Media, essence, other_form};
use crate::pointer::join;
use crate::refs;
use crate::report::{Effect, UNSUPPORTED_OPERATION};
use crate::schema::is_annotation;
use crate::stand_in;

mod copies;
mod encoding;
mod files;
mod media_types;

use media_types::{preference, resolved, sent_as};

pub(crate) const PASS: Pass = Pass {
    name: "requests",
    summary: "Keeps one media type per request body: JSON, else a form, with marks multipart, else bytes, else text.",
    source: "progenitor 0.15.1 panics on several request media types, refuses all but these four, and has no optional body",
    run: Run::Steps(&[Run::Parts(run), Run::WithMarks(&Run::Whole(files))]),
};

fn run(context: &mut Context<'_>) {
    context.with(|context, Multiparts(multiparts)| {
        context.with_schemas(|context, components| bodies(context, components, multiparts));
    });
}

/// The multipart bodies, in the order of their places.
#[derive(Default)]
struct Multiparts(Vec<Multipart>);

/// Makes files of parts of multipart bodies.
fn files(context: &mut Context<'_>) {
    context.with(|context, Multiparts(multiparts)| {
        if multiparts.is_empty() {
            return;
        }
        let components = context.schemas().cloned().unwrap_or_default();
        let mut document = std::mem::take(&mut context.document);
        copies::mark_files(context, &mut document, &components, multiparts);
        context.document = document;
    });
}

/// Writes all bodies; adds what is multipart of them.
fn bodies(
    context: &mut Context<'_>,
    components: &Map<String, Value>,
    multiparts: &mut Vec<Multipart>,
) {
    context.each_path_item(|context, _, item, at| {
        for method in METHODS {
            let at = join(at, method);
            let Some(Value::Object(operation)) = item.get_mut(*method) else {
                continue;
            };
            match body(context, operation, components, &join(&at, "requestBody")) {
                Ok(multipart) => multiparts.extend(multipart),
                Err(reason) => {
                    item.remove(*method);
                    context.note(&at, UNSUPPORTED_OPERATION, Effect::Dropped, reason);
                }
            }
        }
    });
}

/// The media type object of a multipart body, by its pointer.
struct Multipart {
    pointer: String,
    encoding: Map<String, Value>,
}

fn body(
    context: &mut Context<'_>,
    operation: &mut Map<String, Value>,
    components: &Map<String, Value>,
    at: &str,
) -> Result<Option<Multipart>, String> {
    let Some(Value::Object(body)) = operation.get_mut("requestBody") else {
        return Ok(None);
    };
    let Some(Value::Object(content)) = body
        .remove("content")
        .filter(|content| content != &json!({}))
    else {
        operation.remove("requestBody");
        context.note(
            at,
            "requests",
            Effect::Dropped,
            "a request body without content",
        );
        return Ok(None);
    };
    let marks = context.options.marks;
    let place = join(at, "content");
    let mut choices: Vec<(Media, String, Value)> = content
        .into_iter()
        .map(|(name, value)| (resolved(&name, &value, components, marks), name, value))
        .collect();
    choices.sort_by(|left, right| {
        (preference(left.0, &left.1), &left.1).cmp(&(preference(right.0, &right.1), &right.1))
    });
    let (media, name, mut value) = choices.remove(0);
    let target = match media {
        Media::Json => "application/json",
        Media::Form => "application/x-www-form-urlencoded",
        Media::Bytes => "application/octet-stream",
        Media::Text if essence(&name) == "text/x-markdown" => "text/x-markdown",
        Media::Text => "text/plain",
        Media::Multipart if marks => "application/json",
        Media::Any | Media::Multipart | Media::Other => {
            return Err(format!("progenitor cannot send a body of type `{name}`"));
        }
    };
    for (_, other, stated) in &choices {
        let message = format!("the body is sent as `{name}`, `{other}` is another way to send it");
        let effect = other_form(&value, stated);
        context.note(&join(&place, other), "requests", effect, message);
    }
    let from = join(&place, &name);
    let sent = if marks {
        sent_as(&name, media, target)
    } else {
        target.to_owned()
    };
    if sent != name && essence(&name) != essence(&sent) {
        let message = format!("`{name}` is sent as `{sent}`");
        context.note(&from, "requests", Effect::Widened, message);
    }
    let pointer = join(&place, target);
    context.origins.moved(&from, &pointer);
    let encoding = encoding::take(context, &mut value, media, &pointer);
    schema(context, &mut value, media, components, &pointer);
    body.insert("content".to_owned(), json!({target: value}));
    let is_optional = body.get("required") != Some(&json!(true));
    if !marks {
        if is_optional {
            context.note(
                at,
                "optional_body",
                Effect::Dropped,
                "the body may be absent, and progenitor has no call without it",
            );
            body.insert("required".to_owned(), json!(true));
        }
        return Ok(None);
    }
    if is_optional || sent != target || !encoding.is_empty() {
        stand_in::mark(body, "mediaType", json!(sent));
        stand_in::mark(body, "encoding", json!(encoding));
    }
    Ok((media == Media::Multipart).then_some(Multipart { pointer, encoding }))
}

/// progenitor 0.15.1 takes exactly one schema for bytes and one for text, and needs one for JSON.
fn schema(
    context: &mut Context<'_>,
    value: &mut Value,
    media: Media,
    components: &Map<String, Value>,
    at: &str,
) {
    let Value::Object(value) = value else { return };
    let wanted = match media {
        Media::Bytes => json!({"type": "string", "format": "binary"}),
        Media::Text => json!({"type": "string"}),
        _ => {
            value.entry("schema").or_insert_with(|| json!({}));
            return;
        }
    };
    let stated = value.get("schema").filter(|stated| *stated != &json!({}));
    if let Some(stated) = stated.map(|stated| refs::resolved(stated, components)) {
        let place = join(at, "schema");
        let mut keywords = stated.as_object().into_iter().flat_map(Map::keys);
        if stated.get("type") != wanted.get("type") {
            let message = "the body is sent as it is, without a type";
            context.note(&place, "requests", Effect::Widened, message);
        } else if keywords.any(|keyword| {
            !matches!(keyword.as_str(), "type" | "format") && !is_annotation(keyword)
        }) {
            let message = "the body is sent as it is, and not checked";
            context.note(&place, "requests", Effect::Widened, message);
        }
    }
    value.insert("schema".to_owned(), wanted);
}

#[cfg(test)]
mod tests;
