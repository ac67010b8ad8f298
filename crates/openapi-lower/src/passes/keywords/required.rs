//! What `openapiv3` requires of each kind of object.

use serde_json::{Map, Value, json};

use crate::grammar::Kind;

/// Whether an object has what is required of its kind; what can be stated without loss is added.
pub(super) fn complete(members: &mut Map<String, Value>, kind: Kind) -> bool {
    let has = |keys: &[&str]| keys.iter().all(|key| members.contains_key(*key));
    match kind {
        Kind::Server | Kind::ExternalDocs => has(&["url"]),
        Kind::License | Kind::Tag => has(&["name"]),
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

/// A parameter has either a schema or content (3.0.3 §4.7.12.2); one that has neither may be any text.
pub(super) fn schema_or_content(value: &mut Value) {
    let Value::Object(members) = value else {
        return;
    };
    let one = members
        .get("content")
        .and_then(Value::as_object)
        .is_some_and(|content| content.len() == 1);
    if members.get("schema").is_some_and(Value::is_object) {
        members.remove("content");
    } else if !one {
        members.remove("content");
        members.insert("schema".to_owned(), json!({"type": "string"}));
    } else {
        members.remove("schema");
    }
}
