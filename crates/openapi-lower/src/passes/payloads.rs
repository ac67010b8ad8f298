//! What arrives by webhooks and callbacks: the server makes these calls, and a client decodes what they bring.
//!
//! The schemas of their bodies and answers are collected under `webhooks`, one entry per call with its pointer as the
//! key, so that all passes over schemas reach them; `inline` takes away what the document had there, and `hoist` names
//! them. References are followed here, because a callback may be inside of what it refers to.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::media::{Media, classify, other_form, take_preferred};
use crate::names::pascal;
use crate::pointer::join;
use crate::refs::Resolver;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "payloads",
    summary: "Collects what webhooks and callbacks send and are answered, so that it gets types.",
    source: "OpenAPI 3.1.1 §4.8.1, 3.0.3 §4.7.18: the server makes these calls, a client decodes what arrives",
    run: Run::Whole(run),
};

/// The member of a collected call that has its name where another one has that of its `operationId`.
pub(super) const OTHERWISE: &str = "x-openapi-lower-otherwise";

/// The member of a collected call that says what its payload is of.
pub(super) const SOURCE: &str = "x-openapi-lower-source";

/// References are followed this far.
const MAX_HOPS: usize = 16;

fn run(context: &mut Context<'_>) {
    let mut found = Found {
        document: &context.document,
        resolver: Resolver::new_pointers_only(&context.document),
        calls: Vec::new(),
        notes: Vec::new(),
        copies: Vec::new(),
    };
    found.webhooks();
    found.callbacks();
    let Found {
        calls,
        notes,
        copies,
        ..
    } = found;
    if calls.is_empty() {
        return;
    }
    for (pointer, rule, effect, message) in notes {
        context.note(&pointer, rule, effect, message);
    }
    for (from, to) in copies {
        context.origins.copied(&from, &to);
    }
    if let Value::Object(document) = &mut context.document {
        let webhooks = document.entry("webhooks").or_insert_with(|| json!({}));
        if let Value::Object(webhooks) = webhooks {
            webhooks.extend(calls);
        }
    }
}

/// Whether an entry of `webhooks` is one that this pass has collected.
pub(super) fn is_collected(call: &Value) -> bool {
    call.pointer("/post")
        .is_some_and(|operation| operation.get(OTHERWISE).is_some())
}

/// What a call is named by.
struct Named {
    /// Without an operationId.
    own: String,
    /// By all of its place.
    whole: String,
    /// For readers.
    source: String,
}

struct Found<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    calls: Vec<(String, Value)>,
    notes: Vec<(String, &'static str, Effect, String)>,
    copies: Vec<(String, String)>,
}

impl<'d> Found<'d> {
    fn webhooks(&mut self) {
        let webhooks = self.document.get("webhooks").and_then(Value::as_object);
        for (name, item) in webhooks.into_iter().flatten() {
            let at = join("/webhooks", name);
            for (method, operation, place) in self.operations(item, &at) {
                let named = Named {
                    own: format!("{}{}", pascal(name), by_method(method)),
                    whole: format!("{}Webhook{}", pascal(name), pascal(method)),
                    source: format!("webhook `{name}`"),
                };
                self.call(operation, &place, &join(&at, method), &named);
            }
            self.parameters(item.get("parameters"), &at);
        }
    }

    fn callbacks(&mut self) {
        let paths = self.document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let at = join("/paths", path);
            for (method, operation, place) in self.operations(item, &at) {
                let callbacks = operation.get("callbacks").and_then(Value::as_object);
                let parent = match operation_id(operation) {
                    Some(id) => pascal(id),
                    None => pascal(&format!("{method} {path}")),
                };
                for (name, callback) in callbacks.into_iter().flatten() {
                    let above = join(&join(&place, "callbacks"), name);
                    let key = join(&join(&join(&at, method), "callbacks"), name);
                    let Some((callback, above)) = self.followed(callback, above) else {
                        continue;
                    };
                    self.callback(callback, &above, &key, (&parent, name));
                }
            }
        }
    }

    fn callback(
        &mut self,
        callback: &'d Value,
        above: &str,
        key: &str,
        (parent, name): (&str, &str),
    ) {
        let items = callback.as_object().into_iter().flatten();
        for (expression, item) in items.filter(|(expression, _)| !expression.starts_with("x-")) {
            let at = join(above, expression);
            for (method, operation, place) in self.operations(item, &at) {
                let own = format!("{parent}{}", pascal(name));
                let named = Named {
                    own: format!("{own}{}", by_method(method)),
                    whole: format!("{own}{}{}", pascal(expression), pascal(method)),
                    source: format!("callback `{name}`"),
                };
                let key = join(&join(key, expression), method);
                self.call(operation, &place, &key, &named);
            }
            self.parameters(item.get("parameters"), &at);
        }
    }

    /// The operations of a path item and where they are.
    fn operations(
        &self,
        item: &'d Value,
        at: &str,
    ) -> Vec<(&'static str, &'d Map<String, Value>, String)> {
        let behind = self.followed(item, at.to_owned());
        let of = |method: &'static str| {
            // 3.1.1 §4.8.9: what stands beside the reference of a path item counts too.
            let own = item.get(method).map(|operation| (operation, at));
            let behind = behind.as_ref();
            let (operation, at) =
                own.or_else(|| behind.and_then(|(item, at)| Some((item.get(method)?, &**at))))?;
            Some((method, operation.as_object()?, join(at, method)))
        };
        // 3.2.0 §4.9 has one more method.
        let methods = METHODS.iter().copied().chain(["query"]);
        methods.filter_map(of).collect()
    }

    fn followed(&self, value: &'d Value, at: String) -> Option<(&'d Value, String)> {
        let (mut value, mut at) = (value, at);
        for _ in 0..MAX_HOPS {
            let Some(text) = value.get("$ref").and_then(Value::as_str) else {
                return Some((value, at));
            };
            at = self.resolver.resolve(text).ok()?;
            value = self.document.pointer(&at)?;
        }
        None
    }

    /// Collects what a call sends and is answered. `key` is where the document has it, `at` where it is written.
    fn call(&mut self, operation: &'d Map<String, Value>, at: &str, key: &str, named: &Named) {
        let to = join(&join("/webhooks", key), "post");
        self.copies.push((at.to_owned(), to.clone()));
        let mut call = json!({
            "operationId": operation_id(operation).map_or_else(|| named.own.clone(), pascal),
            OTHERWISE: named.whole,
            SOURCE: named.source,
        });
        if let Some(body) = operation.get("requestBody")
            && let Some(content) = self.content(body, &join(at, "requestBody"), &to, "requestBody")
        {
            call["requestBody"] = content;
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses.into_iter().flatten() {
            let from = join(&join(at, "responses"), status);
            let member = format!("responses/{}", crate::pointer::escape(status));
            if !status.starts_with("x-")
                && let Some(content) = self.content(response, &from, &to, &member)
            {
                call["responses"][status] = content;
            }
        }
        self.parameters(operation.get("parameters"), at);
        self.calls.push((key.to_owned(), json!({"post": call})));
    }

    /// A body with the one media type that a type can be made for.
    fn content(&mut self, body: &'d Value, at: &str, call: &str, member: &str) -> Option<Value> {
        let (body, at) = self.followed(body, at.to_owned())?;
        let place = join(&at, "content");
        let mut choices = Vec::new();
        for (name, media) in body.get("content")?.as_object()? {
            let Some((media, at)) = self.followed(media, join(&place, name)) else {
                continue;
            };
            match classify(name) {
                kind @ (Media::Json | Media::Form | Media::Any)
                    if media.get("schema").is_some() =>
                {
                    choices.push((kind, name.clone(), (media, at)));
                }
                _ => self.untyped(name, media, &at),
            }
        }
        if choices.is_empty() {
            return None;
        }
        let (_, used, (media, from)) = take_preferred(&mut choices);
        for (_, name, (other, at)) in choices {
            let message =
                format!("the type is that of `{used}`, `{name}` is another way to send it");
            let effect = other_form(media, other);
            self.notes.push((at, "payloads", effect, message));
        }
        let schema = media.get("schema")?.clone();
        let to = format!("{call}/{member}/content/application~1json/schema");
        self.copies.push((join(&from, "schema"), to));
        Some(json!({"content": {"application/json": {"schema": schema}}}))
    }

    fn untyped(&mut self, name: &str, media: &Value, at: &str) {
        let schema = media.get("schema");
        let kind = schema.and_then(|schema| schema.get("type"));
        let is_plain = schema.is_none_or(|schema| schema == &json!({}))
            || kind.is_some_and(|kind| kind == "string");
        let effect = if is_plain {
            Effect::Exact
        } else {
            Effect::Dropped
        };
        let message = format!("what arrives as `{name}` has no type");
        self.notes
            .push((at.to_owned(), "payloads", effect, message));
    }

    fn parameters(&mut self, parameters: Option<&'d Value>, at: &str) {
        let parameters = parameters.and_then(Value::as_array);
        let names: Vec<String> = parameters
            .into_iter()
            .flatten()
            .filter_map(|parameter| self.followed(parameter, String::new()))
            .filter_map(|(parameter, _)| parameter.get("name")?.as_str())
            .map(|name| format!("`{name}`"))
            .collect();
        if !names.is_empty() {
            let message = format!(
                "{}: who receives the call reads its parameters, a client does not",
                names.join(", ")
            );
            let at = join(at, "parameters");
            self.notes.push((at, "payloads", Effect::Dropped, message));
        }
    }
}

fn operation_id(operation: &Map<String, Value>) -> Option<&str> {
    let id = operation.get("operationId")?.as_str()?.trim();
    (!pascal(id).is_empty()).then_some(id)
}

/// Nearly all of these calls are POST, so that one is not named by its method.
fn by_method(method: &str) -> String {
    if method == "post" {
        String::new()
    } else {
        pascal(method)
    }
}

#[cfg(test)]
mod tests;
