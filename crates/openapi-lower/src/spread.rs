//! What components have also by what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::refs;
use crate::schema::{Schema, is_annotation};

/// The components of which `has` is true, which is asked again when what they refer to came to be one of them. What it is
/// true of, it stays true of as more are known.
///
/// Each is looked at once, and once more for each reference: a long chain of references takes no round per link.
pub(crate) fn spread<'s>(
    schemas: impl IntoIterator<Item = (&'s String, &'s Value)>,
    has: impl Fn(&Value, &BTreeSet<String>) -> bool,
) -> BTreeSet<String> {
    let mut users: BTreeMap<String, Vec<(&String, &Value)>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = Vec::new();
    for (name, schema) in schemas {
        if has(schema, &found) {
            found.insert(name.clone());
            open.push(name);
            continue;
        }
        each_target(schema, &mut |target| {
            users.entry(target).or_default().push((name, schema));
        });
    }
    while let Some(name) = open.pop() {
        for (user, schema) in users.remove(name).unwrap_or_default() {
            if !found.contains(user) && has(schema, &found) {
                found.insert(user.clone());
                open.push(user);
            }
        }
    }
    found
}

/// The components that a schema refers to in its own place: directly, or as part or branch.
pub(crate) fn each_target(schema: &Value, found: &mut impl FnMut(String)) {
    if let Some(target) = refs::target_of(schema) {
        found(target);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let parts = schema.get(keyword).and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            each_target(part, found);
        }
    }
}

/// The components that accept any value.
pub(crate) fn unlimited(schemas: &Map<String, Value>) -> BTreeSet<String> {
    let schemas = schemas
        .iter()
        .filter(|(_, schema)| may_be_unlimited(schema));
    spread(schemas, is_unlimited)
}

/// Whether nothing but what a schema refers to or combines can limit its values. Most components say a type, and of
/// these no more has to be looked at.
pub(crate) fn may_be_unlimited(schema: &Value) -> bool {
    let combines = |keyword: &str| {
        let known = [
            "$ref",
            "allOf",
            "oneOf",
            "anyOf",
            "nullable",
            "discriminator",
        ];
        known.contains(&keyword)
    };
    schema.as_object().is_some_and(|schema| {
        let mut keywords = schema.keys();
        keywords.all(|keyword| combines(keyword) || is_annotation(keyword))
    })
}

/// Whether any value will do, given the components of which that is true.
pub(crate) fn is_unlimited(schema: &Value, unlimited: &BTreeSet<String>) -> bool {
    if let Some(target) = refs::target_of(schema) {
        return unlimited.contains(&target);
    }
    let Value::Object(members) = schema else {
        return false;
    };
    let any = |part: &Value| is_unlimited(part, unlimited);
    members.iter().all(|(keyword, value)| {
        let parts = || value.as_array().into_iter().flatten();
        match keyword.as_str() {
            "allOf" => parts().all(any),
            "oneOf" | "anyOf" => parts().any(any),
            "nullable" | "discriminator" => true,
            keyword => is_annotation(keyword),
        }
    })
}

/// Whether `null` is accepted, given the components that accept it.
pub(crate) fn accepts_null(schema: &Value, nullable: &BTreeSet<String>) -> bool {
    if let Some(target) = refs::target_of(schema) {
        return nullable.contains(&target);
    }
    let Value::Object(members) = schema else {
        return false;
    };
    let accepts = |part: &Value| accepts_null(part, nullable);
    let list = |keyword: &str| members.get(keyword).and_then(Value::as_array);
    let in_union = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(list)
        .any(|branches| branches.iter().any(accepts));
    members.get("nullable") == Some(&Value::Bool(true))
        || in_union
        || list("allOf").is_some_and(|parts| !limits_type(members) && all_accept(parts, &accepts))
}

/// Whether all parts that say what values are accept `null`, and there is one.
fn all_accept(parts: &[Value], accepts: &impl Fn(&Value) -> bool) -> bool {
    let says = |part: &&Value| match part {
        Value::Object(members) => {
            let combined = ["$ref", "allOf", "oneOf", "anyOf"];
            limits_type(members)
                || combined
                    .iter()
                    .any(|keyword| members.contains_key(*keyword))
        }
        _ => false,
    };
    let mut said = parts.iter().filter(says).peekable();
    said.peek().is_some() && said.all(accepts)
}

/// Whether keywords of the schema itself leave some types of values out. Bounds and patterns are about values of one type
/// only, and `null` is none of it.
fn limits_type(members: &Schema) -> bool {
    ["type", "enum"]
        .iter()
        .any(|keyword| members.contains_key(*keyword))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(name: &str) -> Value {
        json!({"$ref": refs::to_component(name)})
    }

    #[test]
    fn what_comes_through_references_is_found_in_any_order() {
        let schemas = json!({
            "A": part("B"), "B": part("C"), "C": {"description": "any"}, "Circle": part("Circle"),
            "Union": {"oneOf": [{"type": "string"}, part("A")]}, "Both": {"allOf": [part("A"), part("Text")]},
            "Wrapper": {"allOf": [part("A")], "title": "w"}, "Text": {"type": "string"}, "Z": part("Union")
        });
        let found = unlimited(schemas.as_object().unwrap());
        let expected = ["A", "B", "C", "Union", "Wrapper", "Z"];
        assert_eq!(found, BTreeSet::from(expected.map(str::to_owned)));
    }

    #[test]
    fn null_has_to_be_fine_with_all_parts_that_say_what_values_are() {
        let nullable = BTreeSet::from(["N".to_owned()]);
        let accepts = |schema: Value| accepts_null(&schema, &nullable);
        let text = json!({"type": "string"});
        let or_null = json!({"type": "string", "nullable": true});
        assert!(accepts(
            json!({"allOf": [part("N"), or_null, {"description": "d"}, {"minLength": 1}]})
        ));
        assert!(accepts(json!({"oneOf": [text, {"allOf": [or_null]}]})));
        assert!(!accepts(json!({"allOf": [part("N"), text]})));
        assert!(!accepts(json!({"allOf": [part("N")], "type": "string"})));
        assert!(!accepts(json!({"allOf": [{"description": "d"}]})));
        assert!(!accepts(json!({"allOf": [part("N"), part("T")]})));
    }
}
