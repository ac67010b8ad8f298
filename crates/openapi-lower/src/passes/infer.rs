//! Types that are only implied.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::{Schema, common_type, is_combined};

pub(crate) const PASS: Pass = Pass {
    name: "infer",
    summary: "States the type that a schema's other keywords imply, and removes formats that belong to no type.",
    source: "progenitor 0.15.1 takes nullable schemas without type for arrays; typify 0.8 panics on `format` without type",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        // Saying what the other keywords say is no change that needs a note.
        if !schema.contains_key("type")
            && let Some(name) = implied(schema)
        {
            schema.insert("type".to_owned(), json!(name));
        }
        format(context, schema, at);
    });
}

/// Formats that stand for text (OpenAPI format registry and JSON Schema 2020-12 validation §7.3).
const TEXT: &[&str] = &[
    "byte",
    "binary",
    "base64",
    "base64url",
    "date",
    "date-time",
    "datetime",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "ip",
    "uri",
    "url",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "uuid",
    "password",
    "json-pointer",
    "regex",
    "char",
    "html",
    "markdown",
];

fn implied(schema: &Schema) -> Option<&'static str> {
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.contains_key(*keyword));
    if is_combined(schema) {
        // The branches state their types. Only where progenitor would guess it must be said.
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        return match nullable {
            true if has(&["pattern", "minLength", "maxLength"]) => Some("string"),
            true if has(&["minimum", "maximum", "multipleOf"]) => Some("number"),
            _ => None,
        };
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return common_type(values);
    }
    if has(&[
        "properties",
        "additionalProperties",
        "minProperties",
        "maxProperties",
    ]) {
        return Some("object");
    }
    if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
        return Some("array");
    }
    if has(&["pattern", "minLength", "maxLength"]) {
        return Some("string");
    }
    if has(&["required"]) {
        return Some("object");
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("int32" | "int64") => return Some("integer"),
        Some("float" | "double") => return Some("number"),
        Some(format) if TEXT.contains(&format) => return Some("string"),
        _ => {}
    }
    has(&[
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ])
    .then_some("number")
}

fn format(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let place = join(at, "format");
    match schema.get("type").and_then(Value::as_str) {
        Some("string" | "number" | "integer") => {}
        Some(name @ ("object" | "array" | "boolean")) if schema.contains_key("format") => {
            let message = format!("a format of type `{name}` has no meaning");
            schema.remove("format");
            context.note(&place, "infer", Effect::Exact, message);
        }
        _ => {
            if schema.remove("format").is_some() {
                context.note(
                    &place,
                    "infer",
                    Effect::Widened,
                    "a format without a type is not checked",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn inferred(schema: Value) -> Value {
        schema_after(super::PASS, schema).0["type"].take()
    }

    #[test]
    fn keywords_imply_types() {
        assert_eq!(inferred(json!({"properties": {}})), "object");
        assert_eq!(inferred(json!({"items": {}})), "array");
        assert_eq!(inferred(json!({"enum": ["a"]})), "string");
        assert_eq!(inferred(json!({"enum": ["a", 1]})), Value::Null);
        assert_eq!(inferred(json!({"nullable": true, "minimum": 1})), "number");
        assert_eq!(
            inferred(json!({"nullable": true, "pattern": "^a"})),
            "string"
        );
        assert_eq!(inferred(json!({"format": "uuid"})), "string");
        assert_eq!(
            inferred(json!({"format": "int64", "minimum": 0})),
            "integer"
        );
        assert_eq!(inferred(json!({"description": "anything"})), Value::Null);
    }

    #[test]
    fn formats_without_a_place_go() {
        assert_eq!(
            schema_after(super::PASS, json!({"format": "odd"})).0,
            json!({})
        );
        assert_eq!(
            schema_after(super::PASS, json!({"type": "boolean", "format": "int32"})).0,
            json!({"type": "boolean"})
        );
        let kept = json!({"type": "string", "format": "odd"});
        assert_eq!(schema_after(super::PASS, kept.clone()).0, kept);
    }

    #[test]
    fn branches_state_their_own_types() {
        assert_eq!(
            inferred(
                json!({"allOf": [{"$ref": "#/components/schemas/T"}], "properties": {"a": {}}})
            ),
            Value::Null
        );
        assert_eq!(
            inferred(json!({"anyOf": [{}], "nullable": true, "minLength": 1})),
            "string"
        );
    }
}
