//! What `openapiv3` requires of each kind of object.

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::grammar::Kind;
use crate::media::{Media, classify, other_form, take_preferred};
use crate::pointer::join;
use crate::report::Effect;

/// Whether an object has what is required of its kind; what can be stated without loss is added.
pub(super) fn complete(members: &mut Map<String, Value>, kind: Kind) -> bool {
    let has = |keys: &[&str]| keys.iter().all(|key| members.contains_key(*key));
    match kind {
        Kind::Server | Kind::ExternalDocs => has(&["url"]),
        Kind::License | Kind::Tag => has(&["name"]),
        Kind::Link => has(&["operationId"]) || has(&["operationRef"]),
        Kind::ServerVariable => has(&["default"]),
        Kind::Discriminator => has(&["propertyName"]),
        Kind::Parameter => {
            has(&["name", "in"])
                && members
                    .get("in")
                    .and_then(Value::as_str)
                    .is_some_and(|place| matches!(place, "path" | "query" | "header" | "cookie"))
        }
        Kind::Response => {
            members.entry("description").or_insert_with(|| json!(""));
            true
        }
        Kind::Operation => {
            members.entry("responses").or_insert_with(|| json!({}));
            true
        }
        Kind::Flow => {
            members.entry("scopes").or_insert_with(|| json!({}));
            true
        }
        Kind::Flows => {
            members.retain(|name, flow| {
                let needs: &[&str] = match name.as_str() {
                    "implicit" => &["authorizationUrl"],
                    "authorizationCode" => &["authorizationUrl", "tokenUrl"],
                    "password" | "clientCredentials" => &["tokenUrl"],
                    _ => &[],
                };
                needs.iter().all(|key| flow.get(key).is_some())
            });
            true
        }
        Kind::SecurityScheme => match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => {
                has(&["name"])
                    && matches!(
                        members.get("in").and_then(Value::as_str),
                        Some("query" | "header" | "cookie")
                    )
            }
            Some("http") => has(&["scheme"]),
            Some("oauth2") => {
                members.entry("flows").or_insert_with(|| json!({}));
                true
            }
            Some("openIdConnect") => has(&["openIdConnectUrl"]),
            _ => false,
        },
        _ => true,
    }
}

/// A parameter has either a schema or one media type (3.0.3 §4.7.12.2); one that has neither may be any text.
pub(super) fn schema_or_content(context: &mut Context<'_>, value: &mut Value, at: &str) {
    let Value::Object(members) = value else {
        return;
    };
    let place = join(at, "content");
    let content = members.remove("content");
    let stated = match content {
        Some(Value::Object(content)) => content,
        _ => Map::new(),
    };
    let mut choices: Vec<(Media, String, Value)> = stated
        .into_iter()
        .map(|(name, media)| (classify(&name), name, media))
        .collect();
    if members.get("schema").is_some_and(Value::is_object) {
        if !choices.is_empty() {
            let message =
                "a parameter has a schema or `content`, and this one has both; the schema counts";
            context.note(&place, "keywords", Effect::Dropped, message);
        }
        return;
    }
    members.remove("schema");
    if choices.is_empty() {
        let message = "what says nothing of its value is read as a text";
        context.note(at, "keywords", Effect::Widened, message);
        members.insert("schema".to_owned(), json!({"type": "string"}));
        return;
    }
    let (_, name, media) = take_preferred(&mut choices);
    for (_, other, stated) in &choices {
        let message = format!("the value is sent as `{name}`, `{other}` is another form of it");
        let effect = other_form(&media, stated);
        context.note(&join(&place, other), "keywords", effect, message);
    }
    members.insert("content".to_owned(), json!({name: media}));
}
