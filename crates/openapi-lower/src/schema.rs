//! Small questions about schemas that several passes ask.

use serde_json::{Map, Value};

use crate::stand_in;

/// A schema object.
pub(crate) type Schema = Map<String, Value>;

/// Keywords that describe a value without saying which values there are (JSON Schema 2020-12 validation §9, and
/// what OpenAPI 3.0.3 §4.7.24 adds).
pub(crate) const ANNOTATIONS: &[&str] = &[
    "title",
    "summary",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$comment",
];

/// Whether a keyword leaves the set of values as it is.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Whether a keyword beside a combination is about the whole: an annotation, or `nullable`. A stand-in is about values.
pub(crate) fn is_outer(keyword: &str) -> bool {
    keyword == "nullable" || (is_annotation(keyword) && keyword != stand_in::EXTENSION)
}

/// Whether the schema accepts `null` and nothing else.
pub(crate) fn is_null(schema: &Value) -> bool {
    let Value::Object(schema) = schema else {
        return false;
    };
    let null = Value::Null;
    let by_type = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => !names.is_empty() && names.iter().all(|name| name == "null"),
        _ => false,
    };
    let by_value = schema.get("const") == Some(&null)
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
    // `{nullable: true}` beside other branches: written by several tools for "or null", although it says nothing.
    let by_flag = schema.get("nullable") == Some(&Value::Bool(true))
        && schema
            .keys()
            .all(|keyword| keyword == "nullable" || is_annotation(keyword));
    by_type || by_value || by_flag
}

/// The types whose values a keyword restricts; `None` if it restricts all or none (JSON Schema 2020-12 validation §6).
pub(crate) fn concerns(keyword: &str, format: &str) -> Option<&'static [&'static str]> {
    const NUMBERS: &[&str] = &["number", "integer"];
    Some(match keyword {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType"
        | "contentSchema" => &["string"],
        "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => NUMBERS,
        "format" => match format {
            "int32" | "int64" | "float" | "double" | "uint32" | "uint64" | "int16" | "int8"
            | "decimal" => NUMBERS,
            _ => &["string"],
        },
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains"
        | "additionalItems" => &["array"],
        "properties"
        | "required"
        | "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "patternProperties"
        | "propertyNames"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties"
        | "discriminator" => &["object"],
        _ => return None,
    })
}

/// The OpenAPI 3.0 type of a JSON value; `null` has none.
pub(crate) fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}

/// Whether a value is of a type; a whole number is a `number` too.
pub(crate) fn is_of_type(value: &Value, name: &str) -> bool {
    match type_of(value) {
        Some("integer") => name == "integer" || name == "number",
        Some("number") => {
            name == "number"
                || (name == "integer" && value.as_f64().is_some_and(|n| n.fract() == 0.0))
        }
        Some(found) => found == name,
        None => false,
    }
}

/// The one type that all values have, `number` for a mix of numbers.
pub(crate) fn common_type(values: &[Value]) -> Option<&'static str> {
    let mut found = None;
    for value in values {
        let one = type_of(value)?;
        found = match (found, one) {
            (None, one) => Some(one),
            (Some(known), one) if known == one => Some(known),
            (Some("integer" | "number"), "integer" | "number") => Some("number"),
            _ => return None,
        };
    }
    found
}

/// Whether the schema has a keyword that combines schemas.
pub(crate) fn is_combined(schema: &Schema) -> bool {
    ["allOf", "anyOf", "oneOf", "$ref"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn null_has_many_spellings() {
        for schema in [
            json!({"type": "null"}),
            json!({"type": ["null"], "description": "none"}),
            json!({"const": null}),
            json!({"enum": [null]}),
            json!({"nullable": true, "description": "or not"}),
        ] {
            assert!(is_null(&schema), "{schema}");
        }
        for schema in [
            json!({}),
            json!({"type": "string", "nullable": true}),
            json!({"enum": []}),
            json!(true),
        ] {
            assert!(!is_null(&schema), "{schema}");
        }
    }

    #[test]
    fn values_have_a_common_type_or_none() {
        assert_eq!(common_type(&[json!(1), json!(2)]), Some("integer"));
        assert_eq!(common_type(&[json!(1), json!(2.5)]), Some("number"));
        assert_eq!(common_type(&[json!("a"), json!(1)]), None);
        assert_eq!(common_type(&[json!("a"), json!(null)]), None);
        assert_eq!(common_type(&[]), None);
    }
}
