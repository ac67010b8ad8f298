//! Lists of types, and names that are no types.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::schema::{Schema, concerns, is_annotation, is_combined, is_of_type};

pub(crate) const PASS: Pass = Pass {
    name: "types",
    summary: "Writes a list of types as `anyOf` with one branch per type, and reads type names of other formats.",
    source: "JSON Schema 2020-12 validation §6.1.1; OpenAPI 3.0.3 §4.7.24: `type` is one name",
    run: Run::Parts(run),
};

const KNOWN: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];

/// Names that tools write although no version of OpenAPI has them: type and format.
const FOREIGN: &[(&str, &str, Option<&str>)] = &[
    ("str", "string", None),
    ("text", "string", None),
    ("uuid", "string", Some("uuid")),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("bool", "boolean", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("list", "array", None),
];

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let place = join(at, "type");
        match schema.get("type") {
            Some(Value::String(name)) if !KNOWN.contains(&name.as_str()) => {
                let name = name.clone();
                foreign(context, schema, &name, &place);
            }
            Some(Value::Array(_)) => list(context, schema, at, &place),
            Some(Value::Number(_) | Value::Bool(_) | Value::Object(_)) => {
                schema.remove("type");
                let message = "a type is named by a text; what stands beside it decides";
                context.note(&place, "types", Effect::Widened, message);
            }
            _ => {}
        }
    });
}

fn foreign(context: &mut Context<'_>, schema: &mut Schema, name: &str, place: &str) {
    let lower = name.to_ascii_lowercase();
    let known = KNOWN
        .iter()
        .find(|known| **known == lower)
        .map(|known| (*known, None));
    let found = FOREIGN
        .iter()
        .find(|(foreign, ..)| *foreign == lower)
        .map(|(_, name, format)| (*name, *format));
    match known.or(found) {
        Some((real, format)) => {
            context.note(
                place,
                "types",
                Effect::Exact,
                format!("`{name}` is no type name; read as `{real}`"),
            );
            schema.insert("type".to_owned(), json!(real));
            if let Some(format) = format {
                schema.entry("format").or_insert_with(|| json!(format));
            }
        }
        None => {
            let effect = if lower == "any" {
                Effect::Exact
            } else {
                Effect::Widened
            };
            context.note(
                place,
                "types",
                effect,
                format!("`{name}` is no type name; any type is accepted"),
            );
            schema.remove("type");
        }
    }
}

fn list(context: &mut Context<'_>, schema: &mut Schema, at: &str, place: &str) {
    let Some(Value::Array(stated)) = schema.remove("type") else {
        return;
    };
    let mut names: Vec<&str> = Vec::new();
    for known in KNOWN {
        if stated.iter().any(|name| name == known) {
            names.push(known);
        }
    }
    // Every integer is a number.
    if names.contains(&"number") {
        names.retain(|name| *name != "integer");
    }
    let nothing_else = schema
        .keys()
        .all(|keyword| keyword == "nullable" || keyword == "enum" || is_annotation(keyword));
    match names.as_slice() {
        [] => {
            context.note(
                place,
                "types",
                Effect::Widened,
                "the list has no type name; any type is accepted",
            );
        }
        [one] => {
            schema.insert("type".to_owned(), json!(one));
        }
        _ if names.len() == 5 && nothing_else => {
            schema.remove("nullable");
            context.note(
                place,
                "types",
                Effect::Exact,
                "all types are listed, so any is accepted",
            );
        }
        _ if context.options.marks && nothing_else && schema.contains_key("enum") => {
            context.note(
                place,
                "types",
                Effect::Exact,
                "the values of the enum are of the listed types",
            );
        }
        _ if is_combined(schema) => {
            context.note(
                place,
                "types",
                Effect::Widened,
                "a list of types beside other branches; the branches decide",
            );
        }
        _ => {
            context.note(
                place,
                "types",
                Effect::Exact,
                "a list of types is written as `anyOf`, one branch per type",
            );
            split(context, schema, at, &names);
        }
    }
}

fn split(context: &mut Context<'_>, schema: &mut Schema, at: &str, names: &[&str]) {
    let mut branches: Vec<(&str, Map<String, Value>)> = names
        .iter()
        .map(|name| (*name, Map::from_iter([("type".to_owned(), json!(name))])))
        .collect();
    let values = schema.remove("enum");
    if let Some(Value::Array(values)) = &values {
        for (name, branch) in &mut branches {
            let own: Vec<Value> = values
                .iter()
                .filter(|value| is_of_type(value, name))
                .cloned()
                .collect();
            branch.insert("enum".to_owned(), Value::Array(own));
        }
        branches.retain(|(_, branch)| branch.get("enum").is_some_and(|own| own != &json!([])));
    }
    let place = join(at, "anyOf");
    for position in 0..branches.len() {
        context.origins.made(at, &index(&place, position));
    }
    for (keyword, value) in std::mem::take(schema) {
        let format = value.as_str().unwrap_or_default();
        match concerns(&keyword, format) {
            None => {
                schema.insert(keyword, value);
            }
            Some(types) => {
                for (position, (_, branch)) in branches
                    .iter_mut()
                    .enumerate()
                    .filter(|(_, (name, _))| types.contains(name))
                {
                    context.origins.copied(
                        &join(at, &keyword),
                        &join(&index(&place, position), &keyword),
                    );
                    branch.insert(keyword.clone(), value.clone());
                }
            }
        }
    }
    let mut branches: Vec<_> = branches
        .into_iter()
        .map(|(_, branch)| Value::Object(branch))
        .collect();
    match (branches.len(), branches.pop()) {
        (0, _) | (_, None) => {}
        (1, Some(Value::Object(only))) => schema.extend(only),
        (_, Some(last)) => {
            branches.push(last);
            schema.insert("anyOf".to_owned(), Value::Array(branches));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after};
    use crate::report::Effect;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn one_name_in_a_list_is_that_type() {
        let (schema, notes) =
            schema_after(super::PASS, json!({"type": ["integer"], "nullable": true}));
        assert_eq!(schema, json!({"type": "integer", "nullable": true}));
        assert!(notes.is_empty());
        assert_eq!(
            after(json!({"type": ["integer", "number"]})),
            json!({"type": "number"})
        );
    }

    #[test]
    fn each_branch_gets_the_keywords_of_its_type() {
        assert_eq!(
            after(json!({
                "type": ["array", "string"], "description": "d", "maxLength": 3, "items": {"type": "integer"},
                "format": "uuid", "nullable": true
            })),
            json!({
                "description": "d",
                "nullable": true,
                "anyOf": [
                    {"type": "string", "maxLength": 3, "format": "uuid"},
                    {"type": "array", "items": {"type": "integer"}},
                ]
            })
        );
    }

    #[test]
    fn an_enum_is_divided_and_may_decide_the_type() {
        assert_eq!(
            after(json!({"type": ["string", "integer"], "enum": ["a", 1]})),
            json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "integer", "enum": [1]}]})
        );
        assert_eq!(
            after(json!({"type": ["string", "integer"], "enum": ["a"]})),
            json!({"type": "string", "enum": ["a"]})
        );
    }

    #[test]
    fn all_types_are_any() {
        assert_eq!(
            after(json!({"type": ["string", "number", "integer", "boolean", "object", "array"]})),
            json!({})
        );
    }

    #[test]
    fn what_is_no_name_is_no_type() {
        for odd in [json!(0), json!(true), json!({"a": 1})] {
            let (schema, notes) = schema_after(super::PASS, json!({"type": odd, "minLength": 1}));
            assert_eq!(schema, json!({"minLength": 1}));
            assert_eq!(
                brief(&notes),
                [("/components/schemas/S/type", Effect::Widened)]
            );
        }
    }

    #[test]
    fn foreign_names_are_read() {
        assert_eq!(
            after(json!({"type": "datetime"})),
            json!({"type": "string", "format": "date-time"})
        );
        assert_eq!(after(json!({"type": "String"})), json!({"type": "string"}));
        let (schema, notes) = schema_after(super::PASS, json!({"type": "blob"}));
        assert_eq!(schema, json!({}));
        assert_eq!(
            brief(&notes),
            [("/components/schemas/S/type", Effect::Widened)]
        );
    }
}
