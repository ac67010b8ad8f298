//! What progenitor is asked about mock expectations: the operations alone, without any schema.
//!
//! Of its answer, `finish` keeps the trait with a method per operation, the wrappers of `When` and `Then`, and the names of
//! what may be expected. All types in it would be those of stand-ins, which `finish` replaces; so they are not asked for,
//! because progenitor would convert all schemas a second time, and panics at a status that has no registered reason.

use serde_json::{Map, Value, json};

/// The module of progenitor's mock expectations in its output.
pub(crate) const MOCK_MODULE: &str = "codegen_mocks";

/// Methods of an OpenAPI path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A lowered document with all of its operations and parameters, each of which is a text.
pub(super) fn document(document: &Value) -> Value {
    let empty = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let paths: Map<String, Value> = paths
        .iter()
        .map(|(path, item)| {
            let operations = METHODS.iter().filter_map(|method| {
                let operation = item.get(method)?;
                Some(((*method).to_owned(), of_operation(item, operation)))
            });
            (path.clone(), Value::Object(operations.collect()))
        })
        .collect();
    json!({ "openapi": document["openapi"], "info": document["info"], "paths": paths })
}

fn of_operation(item: &Value, operation: &Value) -> Value {
    let lists = [item, operation].map(|owner| owner["parameters"].as_array());
    let parameters = lists.into_iter().flatten().flatten();
    let parameters: Vec<Value> = parameters
        .map(|parameter| {
            json!({
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter["required"].as_bool().unwrap_or(false),
                "schema": { "type": "string" },
            })
        })
        .collect();
    let mut reduced = json!({
        "operationId": operation["operationId"],
        "parameters": parameters,
        "responses": { "204": { "description": "" } },
    });
    if operation.get("requestBody").is_some() {
        reduced["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": { "type": "string" } } },
        });
    }
    reduced
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::document;

    #[test]
    fn operations_stay_and_schemas_go() {
        let given = json!({
            "openapi": "3.0.3",
            "info": { "title": "T", "version": "1" },
            "components": { "schemas": { "X": { "type": "object" } } },
            "paths": { "/x/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }],
                "put": {
                    "operationId": "putX",
                    "summary": "S",
                    "parameters": [{ "name": "q", "in": "query", "schema": { "$ref": "#/components/schemas/X" } }],
                    "requestBody": { "content": { "text/csv": {} } },
                    "responses": { "299": { "description": "D" } },
                },
            } },
        });
        let text = json!({ "type": "string" });
        let body =
            json!({ "required": true, "content": { "application/json": { "schema": text } } });
        assert_eq!(
            document(&given),
            json!({
                "openapi": "3.0.3",
                "info": { "title": "T", "version": "1" },
                "paths": { "/x/{id}": { "put": {
                    "operationId": "putX",
                    "parameters": [
                        { "name": "id", "in": "path", "required": true, "schema": text },
                        { "name": "q", "in": "query", "required": false, "schema": text },
                    ],
                    "requestBody": body,
                    "responses": { "204": { "description": "" } },
                } } },
            })
        );
    }
}
