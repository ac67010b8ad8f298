//! Optional properties, of which absent, `null`, empty and a value are four things.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::marks::FieldMark;
use crate::refs;
use crate::schema::{Schema, is_null};
use crate::spread::{is_unlimited, unlimited};

pub(crate) const PASS: Pass = Pass {
    name: "field_marks",
    summary: "With marks: says which optional properties may be `null`, and makes optional lists and maps `nullable`.",
    source: "JSON Schema 2020-12 validation §6.5.3: absent is no value; typify 0.8 has one word for absent, `null` and empty",
    run: Run::WithMarks(&Run::Whole(run)),
};

fn run(context: &mut Context<'_>) {
    let unlimited = context.schemas().map(unlimited).unwrap_or_default();
    let pages = pages(context);
    let mut marks = BTreeMap::new();
    for (component, schema) in context.schemas_mut() {
        let Value::Object(schema) = schema else {
            continue;
        };
        let fields: BTreeMap<String, FieldMark> = optional(schema)
            .filter(|(_, property)| may_be_null(property, &unlimited))
            .filter(|(name, _)| *name != NEXT_PAGE || !pages.contains(component))
            .map(|(name, _)| (name.clone(), mark(name)))
            .collect();
        for (_, property) in optional(schema) {
            if let Value::Object(property) = property
                && is_list_or_map(property)
            {
                property.insert("nullable".to_owned(), json!(true));
            }
        }
        if !fields.is_empty() {
            marks.insert(component.clone(), fields);
        }
    }
    context.marks.fields.extend(marks);
}

/// The property that has the token of the next page.
const NEXT_PAGE: &str = "next_page";

/// The components that progenitor writes code for to go through all pages, which needs an option.
fn pages(context: &mut Context<'_>) -> BTreeSet<String> {
    let mut pages = BTreeSet::new();
    context.each_operation(|_, _, _, operation, _| {
        if operation.contains_key("x-dropshot-pagination") {
            let responses = operation.get("responses").and_then(Value::as_object);
            let schemas = responses.into_iter().flat_map(Map::values);
            let schemas = schemas
                .filter_map(|response| response.pointer("/content/application~1json/schema"));
            pages.extend(schemas.filter_map(refs::sole_target));
        }
    });
    pages
}

fn mark(name: &str) -> FieldMark {
    FieldMark {
        name: name.to_owned(),
        nullable: true,
    }
}

/// The properties that an object may be without.
fn optional(schema: &mut Schema) -> impl Iterator<Item = (&String, &mut Value)> {
    let required: BTreeSet<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties
        .into_iter()
        .flat_map(Map::iter_mut)
        .filter(move |(name, _)| !required.contains(name.as_str()))
}

fn may_be_null(property: &Value, unlimited: &BTreeSet<String>) -> bool {
    property.get("nullable") == Some(&json!(true))
        || is_null(property)
        || is_unlimited(property, unlimited)
}

/// Whether typify writes a list or a map in the place of the property, which has no word for absent.
fn is_list_or_map(property: &Schema) -> bool {
    match property.get("type").and_then(Value::as_str) {
        Some("array") => true,
        Some("object") => property
            .get("properties")
            .and_then(Value::as_object)
            .is_none_or(Map::is_empty),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::passes::testing::marked_after;

    fn after(schemas: Value) -> (Value, Value) {
        let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
        let (mut document, _, marks) = marked_after(&[super::PASS], document);
        let marks = json!(marks.fields);
        (document["components"]["schemas"].take(), marks)
    }

    #[test]
    fn what_may_be_absent_and_null_is_marked() {
        let text = json!({"type": "string", "nullable": true});
        let reference = json!({"$ref": "#/components/schemas/Any"});
        let properties = json!({
            "a": text, "b": text, "c": {"type": "string"}, "d": {"description": "anything"}, "e": reference,
            "f": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/S"}]}, "g": {"$ref": "#/components/schemas/S"}
        });
        let schemas = json!({"Any": {}, "S": {"type": "object", "required": ["a"], "properties": properties}});
        let (lowered, marks) = after(schemas.clone());
        assert_eq!(lowered, schemas);
        let mark = |name: &str| json!({"name": name, "nullable": true});
        let marked = json!({"b": mark("b"), "d": mark("d"), "e": mark("e"), "f": mark("f")});
        assert_eq!(marks, json!({ "S": marked }));
    }

    #[test]
    fn anything_is_anything_through_references_and_unions_too() {
        let part = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let (_, marks) = after(json!({
            "Any": {}, "Alias": part("Any"), "Union": {"oneOf": [{"type": "string"}, part("Alias")]},
            "S": {"type": "object", "properties": {"a": part("Alias"), "u": part("Union"), "v": {"anyOf": [{}, {"type": "string"}]}}}
        }));
        let marked = marks["S"].as_object().unwrap().keys();
        assert_eq!(marked.collect::<Vec<_>>(), ["a", "u", "v"]);
    }

    #[test]
    fn the_next_page_is_an_option_where_pages_are_gone_through() {
        let page = json!({"type": "object", "properties": {"next_page": {"type": "string", "nullable": true}}});
        let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}});
        let operation = json!({"x-dropshot-pagination": {"required": []}, "responses": {"200": {"content": body}}});
        let document = json!({
            "openapi": "3.0.0", "components": {"schemas": {"Page": page, "Other": page}},
            "paths": {"/a": {"get": operation}}
        });
        let (_, _, marks) = marked_after(&[super::PASS], document);
        assert_eq!(marks.fields.keys().collect::<Vec<_>>(), ["Other"]);
    }

    #[test]
    fn an_empty_list_is_not_an_absent_one() {
        let list = json!({"type": "array", "items": {}});
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let empty = json!({"type": "object", "properties": {}});
        let schema = json!({"type": "object", "required": ["a"], "properties": {"a": list, "b": list, "c": map, "d": empty}});
        let (lowered, marks) = after(json!({ "S": schema }));
        let properties = &lowered["S"]["properties"];
        assert_eq!(properties["a"], list);
        assert_eq!(properties["b"]["nullable"], true);
        assert_eq!(properties["c"]["nullable"], true);
        assert_eq!(properties["d"]["nullable"], true);
        assert_eq!(marks, json!({}));
    }
}
