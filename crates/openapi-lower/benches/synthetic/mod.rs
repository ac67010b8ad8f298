//! Documents of any size that have a bit of everything. Used by the benchmarks of two crates.

use serde_json::{Map, Value, json};

/// A document of OpenAPI 3.1 with so many operations, half of them with a body of their own, and as many components.
pub(crate) fn document(operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for number in 0..operations.div_ceil(2) {
        let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}{number}")});
        let json_of = |schema: Value| json!({"application/json": {"schema": schema}});
        let get = json!({
            "operationId": format!("getThing{number}"), "summary": "Gets a thing", "tags": ["things"],
            "parameters": [
                {"$ref": "#/components/parameters/Limit"},
                {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["open", "closed"]}},
            ],
            "responses": {
                "200": {"description": "It", "content": json_of(of("Thing"))},
                "404": {"$ref": "#/components/responses/NotFound"},
                "default": {"description": "Else", "content": json_of(json!({"$ref": "#/components/schemas/Error"}))},
            },
        });
        let post = json!({
            "operationId": format!("changeThing{number}"), "description": "Changes a `thing`.\n\n    see [it]\n",
            "requestBody": {"required": true, "content": json_of(json!({
                "type": "object", "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "when": {"type": ["string", "null"], "format": "date-time"},
                    "parts": {"type": "array", "items": {"type": "object", "properties": {"size": {"type": "integer"}}}},
                },
            }))},
            "responses": {"200": {"description": "It", "content": json_of(json!({
                "oneOf": [of("Thing"), {"type": "object", "title": format!("Pending{number}"), "required": ["job"], "properties": {"job": {"type": "string"}}}],
            }))}},
        });
        let id = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}]);
        paths.insert(
            format!("/things{number}/{{id}}"),
            json!({"parameters": id, "get": get, "post": post}),
        );
        schemas.insert(
            format!("Thing{number}"),
            json!({"allOf": [
                {"$ref": "#/components/schemas/Base"},
                {"type": "object", "properties": {
                    "owner": of("Owner"), "next": of("Thing"), "kind": {"const": "thing"},
                    "tags": {"type": "object", "additionalProperties": {"type": "string"}},
                }},
            ]}),
        );
        schemas.insert(
            format!("Owner{number}"),
            json!({"anyOf": [
                {"type": "object", "required": ["user"], "properties": {"user": {"type": "string"}}},
                {"type": "object", "required": ["team"], "properties": {"team": {"type": "integer"}}},
                {"type": "null"},
            ]}),
        );
    }
    schemas.insert(
        "Base".to_owned(),
        json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "description": "Its id"}}}),
    );
    schemas.insert(
        "Error".to_owned(),
        json!({"type": "object", "properties": {"message": {"type": "string"}}}),
    );
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1"},
        "servers": [{"url": "https://api.synthetic.example"}],
        "paths": Value::Object(paths),
        "components": {
            "schemas": Value::Object(schemas),
            "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}}},
            "responses": {"NotFound": {"description": "Gone", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}},
        },
    })
}
