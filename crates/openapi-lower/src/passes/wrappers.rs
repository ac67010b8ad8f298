//! A type next to a reference that has the same type.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::table::Pass;
use crate::context::Context;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, common_type, is_annotation};

pub(crate) const PASS: Pass = Pass {
    name: "wrappers",
    summary: "Removes what only repeats the one schema that is referred to, or is decided by an enum beside it.",
    source: "typify 0.8 makes a new type of `{type: object, allOf: [{$ref}]}` instead of taking the referred one",
    run,
};

/// References are followed this far.
const MAX_HOPS: usize = 16;

fn run(context: &mut Context<'_>) {
    let components = context.copied_schemas();
    context.each_schema(|context, schema, at| {
        enumerated(context, schema, at);
        let Some(name) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        let mut target = None;
        for (keyword, value) in schema.iter() {
            match (keyword.as_str(), value.as_array().map(Vec::as_slice)) {
                ("type" | "format" | "nullable", _) => {}
                ("allOf" | "oneOf" | "anyOf", Some([one])) if target.is_none() => {
                    target = refs::target_of(one)
                }
                (keyword, _) if is_annotation(keyword) => {}
                _ => return,
            }
        }
        let Some(target) = target else { return };
        // Says nothing new, so there is nothing to note.
        if type_of(&target, &components, 0) == Some(name) {
            schema.remove("type");
            schema.remove("format");
        }
    });
}

/// `{allOf: [{$ref}], enum}` picks some of the values of an enum. typify 0.8 panics on it; the values say it all.
fn enumerated(context: &mut Context<'_>, schema: &mut Schema, at: &str) {
    let one_reference = schema
        .get("allOf")
        .and_then(Value::as_array)
        .is_some_and(|all| matches!(all.as_slice(), [one] if refs::target_of(one).is_some()));
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    let Some(name) = common_type(values) else {
        return;
    };
    if one_reference {
        schema.entry("type").or_insert_with(|| json!(name));
        schema.remove("allOf");
        let message = "the listed values replace the reference to the schema that has more of them";
        context.note(&join(at, "allOf"), "wrappers", Effect::Exact, message);
    }
}

fn type_of<'c>(
    name: &str,
    components: &'c BTreeMap<String, Value>,
    hops: usize,
) -> Option<&'c str> {
    let schema = components.get(name)?;
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        return Some(name);
    }
    if hops > MAX_HOPS {
        return None;
    }
    let branch = schema
        .get("allOf")
        .and_then(Value::as_array)
        .and_then(|all| all.first());
    let next = refs::target_of(schema).or_else(|| branch.and_then(refs::target_of));
    match (next, branch) {
        (Some(next), _) => type_of(&next, components, hops + 1),
        (None, Some(branch)) => branch.get("type").and_then(Value::as_str),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn listed_values_replace_the_reference() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "enum": [1], "format": "int32"}),
        );
        assert_eq!(
            schema,
            json!({"type": "integer", "enum": [1], "format": "int32"})
        );
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_repeated_type_goes_and_another_stays() {
        let reference = json!([{"$ref": "#/components/schemas/T"}]);
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"type": "object", "allOf": reference, "description": "d"}),
        );
        assert_eq!(schema, json!({"allOf": reference, "description": "d"}));
        assert!(notes.is_empty());
        for kept in [
            json!({"type": "string", "allOf": reference}),
            json!({"type": "object", "allOf": reference, "required": ["a"]}),
        ] {
            assert_eq!(schema_after(super::PASS, kept.clone()).0, kept);
        }
    }
}
