//! The error table.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::table::{Pass, Run};
use crate::components::Components;
use crate::context::Context;
use crate::names::pascal;
use crate::operation::{Operation, StatusPattern};
use crate::pointer::{join, schema_component};
use crate::refs;
use crate::report::Effect;
use crate::schema::is_annotation;

/// Leaves the [`Components`] that it learned to `hoist`, which names more of them.
pub(crate) const PASS: Pass = Pass {
    name: "errors",
    summary: "Moves every response that is no success out of the document into the table of operations.",
    source: "progenitor 0.15.1 has one type for all errors of an operation, and loses the status of a body that is none",
    run: Run::Steps(&[Run::Parts(run), Run::Whole(add)]),
};

/// The bodies that became components: place, name, schema.
#[derive(Default)]
struct Added(Vec<(String, String, Value)>);

fn run(context: &mut Context<'_>) {
    context.with(|context, components: &mut Option<Components>| {
        let components = components.get_or_insert_default();
        let (part, _, place) = context.part();
        match schema_component(place) {
            Some(name) => components.learn(&name, part),
            None => context.with(|context, Added(added)| operations(context, components, added)),
        }
    });
}

fn operations(
    context: &mut Context<'_>,
    components: &mut Components,
    added: &mut Vec<(String, String, Value)>,
) {
    context.each_operation(|context, method, path, operation, at| {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let at = join(at, "responses");
        let mut errors = BTreeMap::new();
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            for (key, response) in std::mem::take(responses) {
                let Ok(pattern) = key.parse::<StatusPattern>() else {
                    continue;
                };
                if pattern.is_success() {
                    responses.insert(key, response);
                    continue;
                }
                let wanted = format!("{}Error{}", pascal(&id), suffix(pattern));
                let from = join(&at, &key);
                let body = body(context, response, &from);
                errors.insert(
                    pattern,
                    body.map(|(place, schema)| match refs::sole_target(&schema) {
                        Some(name) => name,
                        None => {
                            let (name, is_new) =
                                components.place(&wanted, &format!("{wanted}Body"), &schema);
                            if is_new {
                                added.push((place, name.clone(), schema));
                            }
                            name
                        }
                    }),
                );
            }
        }
        let operation = Operation {
            method: method.to_owned(),
            path: path.to_owned(),
            errors,
        };
        context.operations.insert(id, operation);
    });
}

fn add(context: &mut Context<'_>) {
    let added = context.with(|_, Added(added)| std::mem::take(added));
    for (from, name, schema) in added {
        context
            .origins
            .copied(&from, &join("/components/schemas", &name));
        context.schemas_mut().insert(name, schema);
    }
}

fn suffix(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Default => "Default".to_owned(),
        other => other.to_string(),
    }
}

/// The JSON body of a response that says something, and where it is. A body that may be anything is as good as none:
/// whoever wants it has the bytes.
fn body(context: &mut Context<'_>, mut response: Value, at: &str) -> Option<(String, Value)> {
    let content = join(at, "content");
    let bodies: Map<String, Value> = match response.get_mut("content").map(Value::take) {
        Some(Value::Object(bodies)) => bodies,
        _ => return None,
    };
    let mut result = None;
    for (name, mut media) in bodies {
        let place = join(&content, &name);
        match media.get_mut("schema").map(Value::take) {
            Some(Value::Object(mut schema)) if name == "application/json" => {
                // A body that is `null` says as much as none.
                schema.remove("nullable");
                if schema
                    .keys()
                    .any(|keyword| keyword != "nullable" && !is_annotation(keyword))
                {
                    result = Some((join(&place, "schema"), Value::Object(schema)));
                }
            }
            _ => {
                let message =
                    format!("an error body of type `{name}` has no Rust type; its bytes are kept");
                context.note(&place, "errors", Effect::Widened, message);
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use serde_json::json;

    fn after(responses: Value) -> (Value, BTreeMap<StatusPattern, Option<String>>) {
        let options = Options::default();
        let document = json!({
            "openapi": "3.0.3",
            "components": {"schemas": {"Problem": {"type": "object"}, "GetAError500": {"type": "integer"}}},
            "paths": {"/a": {"get": {"operationId": "get_a", "responses": responses}}}
        });
        let mut context = Context::new(crate::depth::sorted(document), &options);
        super::PASS.apply(&mut context);
        let errors = context.operations.remove("get_a").unwrap().errors;
        (context.document, errors)
    }

    fn body(schema: Value) -> Value {
        json!({"description": "", "content": {"application/json": {"schema": schema}}})
    }

    #[test]
    fn errors_leave_the_document_for_the_table() {
        let (document, errors) = after(json!({
            "200": body(json!({"type": "string"})),
            "302": {"description": ""},
            "401": {"description": ""},
            "404": body(json!({"$ref": "#/components/schemas/Problem"})),
            "409": body(json!({"type": "object", "properties": {"code": {"type": "integer"}}})),
            "4XX": {"description": "", "content": {"text/html": {"schema": {"type": "string"}}}},
            "500": body(json!({"type": "string"})),
            "default": body(json!({"type": "array", "items": {}})),
        }));
        let responses = &document["paths"]["/a"]["get"]["responses"];
        assert_eq!(
            responses.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["200"]
        );
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            errors,
            BTreeMap::from([
                (StatusPattern::Code(302), None),
                (StatusPattern::Code(401), None),
                (StatusPattern::Code(404), named("Problem")),
                (StatusPattern::Code(409), named("GetAError409")),
                (StatusPattern::Code(500), named("GetAError500Body")),
                (StatusPattern::Range(4), None),
                (StatusPattern::Default, named("GetAErrorDefault")),
            ])
        );
        assert_eq!(
            document["components"]["schemas"]["GetAError409"],
            json!({"type": "object", "properties": {"code": {"type": "integer"}}})
        );
        assert_eq!(
            document["components"]["schemas"]["GetAError500"],
            json!({"type": "integer"})
        );
    }

    #[test]
    fn a_body_that_may_be_anything_has_no_component() {
        let (_, errors) = after(json!({"400": body(json!({"description": "whatever"}))}));
        assert_eq!(errors[&StatusPattern::Code(400)], None);
    }
}
