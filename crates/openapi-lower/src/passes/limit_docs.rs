//! Bounds and patterns, which a client says and a server checks.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::markdown::{add_paragraph, add_sentence};
use crate::pointer::{is_entry, join, schema_component};
use crate::report::Effect;
use crate::schema::Schema;
use crate::spread::each_target;
use crate::walk;

mod phrases;

use phrases::phrases;

pub(crate) const PASS: Pass = Pass {
    name: "limit_docs",
    summary: "With marks: says bounds and patterns in the description, so that an answer that breaks them is read.",
    source: "RFC 9413 §4: servers change before clients do; typify 0.8 refuses values that break a bound",
    run: Run::WithMarks(&Run::Whole(run)),
};

fn run(context: &mut Context<'_>) {
    let branches = branches(context);
    context.each(Kind::Parameter, |context, parameter, at| {
        let Value::Object(parameter) = parameter else {
            return;
        };
        let at = join(at, "schema");
        let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
        let said = schema.and_then(|schema| said(context, schema, &at));
        if let Some(said) = said {
            add_sentence(parameter, &said);
        }
    });
    context.each_schema(|context, schema, at| {
        let keeps = match schema_component(at) {
            Some(name) => branches.contains(&name),
            None => is_entry(at, &["oneOf", "anyOf"]) || is_inner(at),
        };
        if keeps {
            return;
        }
        if let Some(said) = said(context, schema, at) {
            add_paragraph(schema, &said);
        }
    });
}

/// Components that are a branch of a union, which may be told apart by what they allow.
fn branches(context: &Context<'_>) -> BTreeSet<String> {
    let mut open = Vec::new();
    walk::visit(
        &context.document,
        Kind::Document,
        &mut String::new(),
        &mut |node, kind, _| {
            if kind != Kind::Schema {
                return;
            }
            for keyword in ["oneOf", "anyOf"] {
                let branches = node.get(keyword).and_then(Value::as_array);
                for branch in branches.into_iter().flatten() {
                    each_target(branch, &mut |target| open.push(target));
                }
            }
        },
    );
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        let schema = context.schemas().and_then(|schemas| schemas.get(&name));
        if found.insert(name) {
            schema.into_iter().for_each(|schema| {
                each_target(schema, &mut |target| open.push(target));
            });
        }
    }
    found
}

/// Whether the schema in another one is of the values in a list or a map, whose docs are those of the list or the map.
fn is_inner(at: &str) -> bool {
    let mut last = at.rsplit('/');
    matches!(last.next(), Some("items" | "additionalProperties"))
        && last.next() != Some("properties")
}

/// What the schema says about its values, which is taken out of it.
fn said(context: &mut Context<'_>, schema: &mut Schema, at: &str) -> Option<String> {
    let all = all(context, schema, at);
    (!all.is_empty()).then(|| format!("Limits: {}.", all.join(", ")))
}

fn all(context: &mut Context<'_>, schema: &mut Schema, at: &str) -> Vec<String> {
    if schema.contains_key("$ref") {
        return Vec::new();
    }
    let (mut all, keywords) = phrases(schema);
    keep_range(schema);
    for keyword in keywords {
        schema.remove(keyword);
        note(context, &join(at, keyword));
    }
    for (keyword, of) in [("items", "item"), ("additionalProperties", "value")] {
        if let Some(Value::Object(inner)) = schema.get_mut(keyword) {
            let inner = self::all(context, inner, &join(at, keyword));
            if !inner.is_empty() {
                all.push(format!("each {of}: {}", inner.join(", ")));
            }
        }
    }
    all
}

/// A bound may be what says that a number is larger than Rust's usual one.
fn keep_range(schema: &mut Schema) {
    let is_large = |keyword: &str| {
        let bound = schema.get(keyword).and_then(Value::as_u64);
        bound.is_some_and(|bound| i64::try_from(bound).is_err())
    };
    if schema.get("type") == Some(&json!("integer"))
        && !schema.contains_key("format")
        && (is_large("maximum") || is_large("minimum"))
    {
        schema.insert("format".to_owned(), json!("uint64"));
    }
}

fn note(context: &mut Context<'_>, at: &str) {
    context.note(
        at,
        "limit_docs",
        Effect::Exact,
        "said in the docs and checked by the server: an answer is read whatever it says",
    );
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::passes::testing::{document_after, marked_after};

    fn after(schemas: Value) -> Value {
        let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
        assert_eq!(document_after(super::PASS, document.clone()).0, document);
        let (mut document, ..) = marked_after(&[super::PASS], document);
        document["components"]["schemas"].take()
    }

    #[test]
    fn limits_are_said_where_a_reader_looks() {
        let schemas = after(
            json!({"S": {"type": "object", "minProperties": 1, "properties": {
                "a": {"type": "string", "minLength": 1, "pattern": "^a", "description": "Its name.\n"},
                "b": {"type": "array", "maxItems": 2, "items": {"type": "array", "items": {"type": "string", "maxLength": 9}}},
                "c": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
                "items": {"type": "integer", "minimum": 0},
                "minLength": {"$ref": "#/components/schemas/S"}
            }}}),
        );
        assert_eq!(
            schemas["S"],
            json!({"type": "object", "description": "Limits: at least 1 entry.", "properties": {
                "a": {"type": "string", "description": "Its name.\n\nLimits: at least 1 character, matches `^a`."},
                "b": {"type": "array", "description": "Limits: at most 2 items, each item: each item: at most 9 characters.",
                      "items": {"type": "array", "items": {"type": "string"}}},
                "c": {"type": "object", "description": "Limits: each value: at least 0.", "additionalProperties": {"type": "integer"}},
                "items": {"type": "integer", "description": "Limits: at least 0."},
                "minLength": {"$ref": "#/components/schemas/S"}
            }})
        );
    }

    #[test]
    fn what_tells_branches_apart_stays() {
        let text = json!({"type": "string", "pattern": "^a"});
        let schemas = json!({
            "Code": text,
            "Union": {"oneOf": [{"$ref": "#/components/schemas/Code"}, {"type": "integer", "maximum": 3}]}
        });
        assert_eq!(after(schemas.clone()), schemas);
    }

    #[test]
    fn components_named_like_keywords_say_their_limits() {
        let schemas = after(json!({
            "items": {"type": "string", "maxLength": 3},
            "additionalProperties": {"type": "array", "items": {"type": "integer", "minimum": 0}}
        }));
        let described = |limits: &str| json!(format!("Limits: {limits}."));
        assert_eq!(
            schemas["items"],
            json!({"type": "string", "description": described("at most 3 characters")})
        );
        assert_eq!(
            schemas["additionalProperties"],
            json!({"type": "array", "description": described("each item: at least 0"), "items": {"type": "integer"}})
        );
    }

    #[test]
    fn a_number_that_may_be_large_stays_large() {
        let schemas = after(
            json!({"Large": {"type": "integer", "minimum": 0, "maximum": 18_446_744_073_709_551_615_u64}}),
        );
        assert_eq!(schemas["Large"]["format"], "uint64");
    }

    #[test]
    fn a_parameter_says_what_its_schema_limits() {
        let parameters =
            json!([{"name": "p", "in": "query", "schema": {"type": "integer", "maximum": 9}}]);
        let document =
            json!({"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": parameters}}}});
        let (lowered, ..) = marked_after(&[super::PASS], document);
        assert_eq!(
            lowered["paths"]["/a"]["get"]["parameters"],
            json!([{"name": "p", "in": "query", "description": "Limits: at most 9.", "schema": {"type": "integer"}}])
        );
    }
}
