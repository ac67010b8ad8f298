//! Names for branches of unions, made of the branch alone.
//!
//! A branch is named by its title, else by its tag (a property with one value), else by what it refers to, else by the
//! properties that it requires, else by those that it has, else by its kind or its only value. Required properties are
//! what tells branches apart, and optional ones are what vendors add.

use serde_json::{Map, Value};

use crate::names::pascal;
use crate::refs;

/// A name is cut behind the word that reaches this length.
const MAX_LENGTH: usize = 40;
/// The same for a name that must differ from one that is cut.
const MAX_FULL_LENGTH: usize = 80;
/// How deep a list of lists is looked into.
const MAX_DEPTH: usize = 8;

/// The name, never empty. `tag` is the property that the union's document says tells its branches apart.
pub(super) fn plain(branch: &Value, tag: Option<&str>) -> String {
    described(branch, tag, 0)
}

/// What to call a branch if another one has its plain name: by everything that it has.
pub(super) fn full(branch: &Value) -> String {
    let kind = kind(branch, None, 0);
    match joined(property_names(branch), MAX_FULL_LENGTH).or_else(|| values(branch)) {
        Some(names) => format!("{names}{kind}"),
        None => kind,
    }
}

fn described(branch: &Value, tag: Option<&str>, depth: usize) -> String {
    if let Some(name) = refs::sole_target(branch).map(|name| pascal(&name))
        && !name.is_empty()
    {
        return name;
    }
    let title = branch.get("title").and_then(Value::as_str);
    title
        .and_then(|title| joined(title.split_whitespace(), MAX_LENGTH))
        .or_else(|| tags(branch, tag))
        .or_else(|| parts(branch, tag, depth))
        .or_else(|| required(branch))
        .or_else(|| joined(property_names(branch), MAX_LENGTH))
        .unwrap_or_else(|| kind(branch, tag, depth))
}

/// In the order of their names, which is the order of a map only if `serde_json` is built so.
fn properties(schema: &Value) -> Vec<(&str, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut properties: Vec<(&str, &Value)> = properties
        .into_iter()
        .flat_map(Map::iter)
        .map(|(name, schema)| (name.as_str(), schema))
        .collect();
    properties.sort_unstable_by_key(|(name, _)| *name);
    properties
}

fn property_names(schema: &Value) -> Vec<&str> {
    properties(schema)
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

/// The values of the properties that have one: of the stated tag, else of the required ones, else, where nothing is
/// required, of any.
fn tags(branch: &Value, tag: Option<&str>) -> Option<String> {
    let required: Vec<&str> = required_names(branch);
    let values = |wanted: &dyn Fn(&str) -> bool| {
        let found: Vec<&str> = properties(branch)
            .into_iter()
            .filter(|(name, _)| wanted(name))
            .filter_map(|(_, schema)| only_value(schema))
            .collect();
        joined(found, MAX_LENGTH)
    };
    values(&|name| Some(name) == tag)
        .or_else(|| values(&|name| required.contains(&name)))
        .or_else(|| values(&|_| required.is_empty()))
}

fn only_value(schema: &Value) -> Option<&str> {
    match schema.get("enum").and_then(Value::as_array)?.as_slice() {
        [value] => value.as_str(),
        _ => None,
    }
}

/// The values of an enum.
fn values(branch: &Value) -> Option<String> {
    let values = branch.get("enum").and_then(Value::as_array)?;
    let words: Vec<String> = values
        .iter()
        .map(|value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            // `Value3`, as no name starts with a digit.
            other => format!("value {other}"),
        })
        .collect();
    joined(words.iter().map(String::as_str), MAX_FULL_LENGTH)
}

/// A branch that is put together is named by what it is put together of.
fn parts(branch: &Value, tag: Option<&str>, depth: usize) -> Option<String> {
    let parts = branch.get("allOf").and_then(Value::as_array)?;
    if depth > MAX_DEPTH {
        return None;
    }
    let names: Vec<String> = parts
        .iter()
        .map(|part| described(part, tag, depth + 1))
        .collect();
    joined(names.iter().map(String::as_str), MAX_LENGTH)
}

fn required_names(branch: &Value) -> Vec<&str> {
    let required = branch.get("required").and_then(Value::as_array);
    let mut names: Vec<&str> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    names.sort_unstable();
    names
}

fn required(branch: &Value) -> Option<String> {
    joined(required_names(branch), MAX_LENGTH)
}

fn kind(branch: &Value, tag: Option<&str>, depth: usize) -> String {
    match branch
        .get("enum")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([_]) => return values(branch).unwrap_or_else(|| "Enum".to_owned()),
        Some(_) => return "Enum".to_owned(),
        None => {}
    }
    if branch.get("oneOf").is_some() || branch.get("anyOf").is_some() {
        return "Union".to_owned();
    }
    let of = |keyword: &str, kind: &str| match branch.get(keyword) {
        Some(inner @ Value::Object(members)) if depth < MAX_DEPTH && !members.is_empty() => {
            format!("{}{kind}", described(inner, tag, depth + 1))
        }
        _ => kind.to_owned(),
    };
    match branch.get("type").and_then(Value::as_str) {
        Some("array") => of("items", "Array"),
        Some("object")
            if branch
                .get("additionalProperties")
                .is_some_and(Value::is_object) =>
        {
            of("additionalProperties", "Map")
        }
        Some(name) => pascal(name),
        None => "Value".to_owned(),
    }
}

/// The words in Pascal case, as many as it takes to reach the length; `None` if there are none.
fn joined<'t>(words: impl IntoIterator<Item = &'t str>, length: usize) -> Option<String> {
    let mut name = String::new();
    for word in words {
        if name.len() >= length {
            break;
        }
        let word = pascal(word);
        // A title may be one long word; a cut in the middle of it is still made of it alone.
        name.extend(word.chars().take(MAX_FULL_LENGTH));
    }
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn name(branch: Value) -> String {
        plain(&branch, None)
    }

    #[test]
    fn a_branch_is_named_by_the_first_thing_that_names_it() {
        let tagged = json!({
            "title": "A cat", "required": ["kind", "name"],
            "properties": {"kind": {"enum": ["cat"]}, "name": {"type": "string"}}
        });
        assert_eq!(name(tagged.clone()), "ACat");
        let mut untitled = tagged;
        untitled.as_object_mut().unwrap().remove("title");
        assert_eq!(name(untitled.clone()), "Cat");
        untitled["properties"]["kind"] = json!({"type": "string"});
        assert_eq!(name(untitled.clone()), "KindName");
        untitled["required"] = json!(["name"]);
        assert_eq!(name(untitled.clone()), "Name");
        untitled["required"] = json!([]);
        assert_eq!(name(untitled), "KindName");
        assert_eq!(
            name(json!({"$ref": "#/components/schemas/big_cat"})),
            "BigCat"
        );
    }

    #[test]
    fn what_has_no_properties_is_named_by_its_kind() {
        let cat = json!({"$ref": "#/components/schemas/Cat"});
        for (branch, expected) in [
            (json!({"type": "string"}), "String"),
            (json!({"type": "integer"}), "Integer"),
            (json!({"type": "string", "enum": ["a", "b"]}), "Enum"),
            (json!({"enum": ["all day"]}), "AllDay"),
            (json!({"type": "integer", "enum": [3]}), "Value3"),
            (
                json!({"type": "array", "items": {"type": "string"}}),
                "StringArray",
            ),
            (json!({"type": "array", "items": cat}), "CatArray"),
            (json!({"type": "array", "items": {}}), "Array"),
            (
                json!({"type": "object", "additionalProperties": cat}),
                "CatMap",
            ),
            (json!({"type": "object"}), "Object"),
            (json!({"oneOf": [{"type": "string"}, cat]}), "Union"),
            (json!({"allOf": [cat, {"required": ["a"]}]}), "CatA"),
            (json!({}), "Value"),
        ] {
            assert_eq!(name(branch.clone()), expected, "{branch}");
        }
    }

    #[test]
    fn of_several_tags_the_stated_one_counts() {
        let branch = json!({"required": ["object", "type"], "properties": {
            "object": {"enum": ["event"]}, "other": {"enum": ["x"]}, "type": {"enum": ["ping"]}
        }});
        assert_eq!(plain(&branch, None), "EventPing");
        assert_eq!(plain(&branch, Some("type")), "Ping");
        assert_eq!(plain(&branch, Some("absent")), "EventPing");
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let required: Vec<String> = (0..20).map(|n| format!("property_number_{n:02}")).collect();
        assert_eq!(
            name(json!({"required": required})),
            "PropertyNumber00PropertyNumber01PropertyNumber02"
        );
    }

    #[test]
    fn the_full_name_holds_what_the_plain_one_leaves_out() {
        let branch =
            json!({"type": "object", "required": ["id"], "properties": {"id": {}, "size": {}}});
        assert_eq!(full(&branch), "IdSizeObject");
        assert_eq!(full(&json!({"enum": ["a", "b"]})), "ABEnum");
        assert_eq!(full(&json!({"enum": [1, 2]})), "Value1Value2Enum");
        assert_eq!(full(&json!({"type": "string", "pattern": "a"})), "String");
    }
}
