//! Types of what webhooks and callbacks bring, which `payloads` has collected.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Hoist;
use super::name::{Name, pascal_or};
use crate::context::Context;
use crate::passes::payloads::{OTHERWISE, SOURCE};
use crate::pointer::join;
use crate::refs;
use crate::report::{Effect, NO_OPERATIONS};
use crate::schema::Schema;

/// Where a collected body has its schema.
const SCHEMA: &str = "/content/application~1json/schema";

/// Takes the collected calls out of the document.
pub(super) fn take(context: &mut Context<'_>) -> Map<String, Value> {
    let document = context.document.as_object_mut();
    match document.and_then(|document| document.remove("webhooks")) {
        Some(Value::Object(calls)) => calls,
        _ => Map::new(),
    }
}

impl Hoist {
    /// Names what the calls bring.
    pub(super) fn payloads(&mut self, context: &mut Context<'_>, calls: Map<String, Value>) {
        // Where two have one name, the first one keeps it.
        let calls: BTreeMap<String, Value> = calls.into_iter().collect();
        for (key, mut item) in calls {
            let at = join(&join("/webhooks", &key), "post");
            if let Some(Value::Object(call)) = item.get_mut("post") {
                self.call(context, call, &at);
            }
        }
    }

    fn call(&mut self, context: &mut Context<'_>, call: &mut Schema, at: &str) {
        let text = |key: &str| {
            let text = call.get(key).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let (id, whole, source) = (text("operationId"), text(OTHERWISE), text(SOURCE));
        let id = pascal_or(&id, "Webhook");
        let base = id.strip_suffix("Payload").unwrap_or(&id);
        if let Some(body) = call.get_mut("requestBody") {
            let name = Name::new(&format!("{base}Payload"), format!("{whole}Payload"));
            let about = format!("Payload of the {source}.");
            self.payload(context, body, &name, &about, &join(at, "requestBody"));
        }
        if let Some(Value::Object(responses)) = call.get_mut("responses") {
            for (status, response) in responses.iter_mut() {
                let end = format!("Response{}", crate::names::pascal(status));
                let name = Name::new(&format!("{base}{end}"), format!("{whole}{end}"));
                let about = format!("What the {source} is answered with.");
                let place = join(&join(at, "responses"), status);
                self.payload(context, response, &name, &about, &place);
            }
        }
    }

    fn payload(
        &mut self,
        context: &mut Context<'_>,
        body: &mut Value,
        name: &Name,
        about: &str,
        at: &str,
    ) {
        let Some(schema) = body.pointer_mut(SCHEMA) else {
            return;
        };
        if let Value::Object(members) = schema
            && !members.contains_key("$ref")
        {
            members.entry("description").or_insert_with(|| json!(about));
        }
        let place = format!("{at}{SCHEMA}");
        self.child(context, schema, name, &place);
        let message = match refs::sole_target(schema) {
            Some(name) => format!("what arrives is the type `{name}`; the server makes the call"),
            None => "what arrives needs no type of its own; the server makes the call".to_owned(),
        };
        context.note(&place, "payloads", Effect::Exact, message);
    }
}

/// A document must give something.
pub(super) fn check(context: &mut Context<'_>) {
    let has_schemas = context.schemas().is_some_and(|schemas| !schemas.is_empty());
    if !has_schemas && context.operations.is_empty() {
        context.problem(
            NO_OPERATIONS,
            "/paths",
            "no operation is left, and no type",
            "the document has neither operations nor schemas; give one that has",
        );
    }
}
