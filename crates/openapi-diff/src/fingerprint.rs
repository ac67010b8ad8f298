//! What a schema says, without the texts for people, to find it again under another name.

use serde_json::{Map, Value};

use crate::schema::is_annotation;

/// A value for comparison: without annotations, keys sorted. References to `own` are marked, so that a schema that contains
/// itself is the same under another name.
pub(crate) fn fingerprint(schema: &Value, own: &str) -> String {
    canonical(schema, own, true).to_string()
}

fn canonical(value: &Value, own: &str, is_schema: bool) -> Value {
    match value {
        Value::Object(members) => {
            let mut kept: Vec<(&String, &Value)> = members
                .iter()
                .filter(|(key, _)| !is_schema || !is_annotation(key))
                .collect();
            kept.sort_by_key(|(key, _)| *key);
            let mut canon = Map::new();
            for (key, value) in kept {
                let value = match value {
                    Value::String(target) if key == "$ref" && target == own => Value::Null,
                    // The keys of these are names, among which `description` is no description.
                    value => canonical(
                        value,
                        own,
                        !matches!(key.as_str(), "properties" | "patternProperties" | "$defs")
                            || !is_schema,
                    ),
                };
                canon.insert(key.clone(), value);
            }
            Value::Object(canon)
        }
        Value::Array(items) => items
            .iter()
            .map(|item| canonical(item, own, is_schema))
            .collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use serde_json::json;

    #[test]
    fn names_and_texts_do_not_count() {
        let a = json!({"description": "x", "properties": {"title": {"type": "string", "title": "t"}, "next": {"$ref": "#/a"}}});
        let b = json!({"properties": {"next": {"$ref": "#/b"}, "title": {"type": "string"}}});
        assert_eq!(fingerprint(&a, "#/a"), fingerprint(&b, "#/b"));
        let c = json!({"properties": {"next": {"$ref": "#/b"}}});
        assert_ne!(fingerprint(&a, "#/a"), fingerprint(&c, "#/b"));
    }
}
