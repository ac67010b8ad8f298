use serde_json::{Value, json};

use crate::{Effect, Lowered, Options, lower};

fn lowered(rest: Value) -> Lowered {
    let mut document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}});
    let members = document.as_object_mut().unwrap();
    members.extend(rest.as_object().unwrap().clone());
    lower(document, &Options::default()).unwrap()
}

fn body(media_type: &str, property: &str) -> Value {
    let schema = json!({"type": "object", "properties": {property: {"type": "string"}}});
    json!({"content": {media_type: {"schema": schema}}})
}

/// The types and the first property of each.
fn types(lowered: &Lowered) -> Vec<(&str, &str)> {
    let schemas = lowered.document["components"]["schemas"].as_object();
    schemas
        .into_iter()
        .flatten()
        .map(|(name, schema)| {
            let properties = schema["properties"].as_object();
            let first = properties.and_then(|properties| properties.keys().next());
            (name.as_str(), first.map_or("", String::as_str))
        })
        .collect()
}

fn brief(lowered: &Lowered) -> Vec<(&str, Effect)> {
    let own = lowered.notes.iter().filter(|note| note.rule == "payloads");
    own.map(|note| (note.pointer.as_str(), note.effect))
        .collect()
}

#[test]
fn webhooks_are_named_by_what_names_them() {
    let lowered = lowered(json!({"webhooks": {
        "made": {"post": {"operationId": "on-made", "requestBody": body("application/json", "a")}},
        "gone": {
            "post": {"requestBody": body("application/vnd.x+json", "b")},
            "put": {"requestBody": body("application/x-www-form-urlencoded", "c")}
        },
        "<>": {"post": {"requestBody": body("*/*", "d")}}
    }}));
    assert_eq!(
        types(&lowered),
        [
            ("GonePayload", "b"),
            ("GonePutPayload", "c"),
            ("OnMadePayload", "a"),
            ("WebhookPayload", "d")
        ]
    );
    let description = &lowered.document["components"]["schemas"]["GonePayload"]["description"];
    assert_eq!(description, "Payload of the webhook `gone`.");
    assert!(
        brief(&lowered)
            .iter()
            .all(|(_, effect)| *effect == Effect::Exact)
    );
}

#[test]
fn what_else_has_the_name_keeps_it() {
    let lowered = lowered(json!({
        "webhooks": {"made": {"post": {"requestBody": body("application/json", "a")}}},
        "components": {"schemas": {"Made": {"type": "object", "properties": {
            "b": {"type": "string"},
            "payload": {"type": "object", "properties": {"b": {"type": "string"}}}
        }}}}
    }));
    assert_eq!(
        types(&lowered),
        [
            ("Made", "b"),
            ("MadePayload", "b"),
            ("MadeWebhookPostPayload", "a")
        ]
    );
}

#[test]
fn callbacks_are_named_by_their_operation_and_may_contain_themselves() {
    let item = json!({"$ref": "#/paths/~1a"});
    let lowered = lowered(json!({"paths": {"/a": {"post": {
        "requestBody": body("application/json", "a"),
        "responses": {"204": {"description": ""}},
        "callbacks": {
            "done": {"{$url}": {"post": {"requestBody": body("application/json", "b")}}},
            "again": {"{$url}": item},
            "named": {"$ref": "#/components/callbacks/Named"}
        }
    }}}, "components": {"callbacks": {"Named": {"{$url}": {"post": {
        "operationId": "named", "requestBody": body("application/json", "c")
    }}}}}}));
    assert_eq!(
        types(&lowered),
        [
            ("NamedPayload", "c"),
            ("PostAAgainPayload", "a"),
            ("PostADonePayload", "b"),
            ("PostARequestBody", "a")
        ]
    );
    assert_eq!(lowered.document.pointer("/paths/~1a/post/callbacks"), None);
    assert_eq!(lowered.document["components"].get("callbacks"), None);
}

#[test]
fn what_gets_no_type_is_noted() {
    let object = json!({"schema": {"type": "object"}});
    let lowered = lowered(json!({"webhooks": {"made": {"post": {
        "parameters": [{"name": "x-sign", "in": "header", "schema": {"type": "string"}}],
        "requestBody": {"content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/A"}},
            "application/xml": object,
            "text/plain": {"schema": {"type": "string"}}
        }}
    }}}, "components": {"schemas": {"A": {"type": "object"}}}}));
    let content = "/webhooks/made/post/requestBody/content";
    assert_eq!(
        brief(&lowered),
        [
            ("/webhooks/made/post/parameters", Effect::Dropped),
            (
                &*format!("{content}/application~1json/schema"),
                Effect::Exact
            ),
            (&*format!("{content}/application~1xml"), Effect::Dropped),
            (&*format!("{content}/text~1plain"), Effect::Exact),
        ]
    );
}

#[test]
fn a_media_type_with_a_schema_counts_and_parameters_of_the_item_are_told() {
    let form = body("application/x-www-form-urlencoded", "a")["content"].clone();
    let mut content = json!({"application/json": {}});
    content
        .as_object_mut()
        .unwrap()
        .extend(form.as_object().unwrap().clone());
    let lowered = lowered(json!({"openapi": "3.2.0", "webhooks": {"sent": {
        "parameters": [{"name": "p", "in": "query", "schema": {"type": "string"}}],
        "query": {"requestBody": {"content": content}}
    }}}));
    assert_eq!(types(&lowered), [("SentQueryPayload", "a")]);
    let dropped: Vec<(&str, Effect)> = brief(&lowered)
        .into_iter()
        .filter(|(_, effect)| *effect == Effect::Dropped)
        .collect();
    assert_eq!(dropped, [("/webhooks/sent/parameters", Effect::Dropped)]);
}
