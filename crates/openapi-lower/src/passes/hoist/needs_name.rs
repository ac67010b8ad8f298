//! What must become a component.

use serde_json::Value;

use crate::schema::is_annotation;

/// Whether typify makes a type with a name for the schema.
pub(in crate::passes) fn needs_name(schema: &Value) -> bool {
    let Value::Object(schema) = schema else {
        return false;
    };
    if schema.contains_key("$ref") {
        return false;
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values.iter().any(|value| !value.is_null());
    }
    let structural = schema.keys().any(|keyword| {
        !is_annotation(keyword)
            && !matches!(keyword.as_str(), "nullable" | "allOf" | "oneOf" | "anyOf")
    });
    for keyword in ["allOf", "oneOf", "anyOf"] {
        match schema
            .get(keyword)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            None => {}
            Some([one]) if !structural => return needs_name(one),
            Some(_) => return true,
        }
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") | None => {
            let has_properties = schema
                .get("properties")
                .and_then(Value::as_object)
                .is_some_and(|properties| !properties.is_empty());
            let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
            let requires = schema
                .get("required")
                .and_then(Value::as_array)
                .is_some_and(|required| !required.is_empty());
            has_properties || is_closed || requires
        }
        Some("string") => ["pattern", "minLength", "maxLength"]
            .iter()
            .any(|keyword| schema.contains_key(*keyword)),
        _ => false,
    }
}
