//! Which values of a document are secret: those of `format: password` (OpenAPI Format Registry, "a string that hints to obscure the
//! value").

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// What a component holds that is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// All of it.
    Whole,
    /// The properties of these names in the lowered document.
    Properties(BTreeSet<String>),
}

/// The components of a lowered document that hold secrets.
pub(crate) fn of(document: &Value) -> BTreeMap<&str, Secrets> {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    components
        .into_iter()
        .flatten()
        .filter_map(|(name, schema)| Some((name.as_str(), of_component(schema)?)))
        .collect()
}

fn of_component(schema: &Value) -> Option<Secrets> {
    if is_secret(schema) {
        return Some(Secrets::Whole);
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let secret = properties
        .into_iter()
        .flat_map(Map::iter)
        .filter(|(_, property)| is_secret(property))
        .map(|(name, _)| name.clone());
    let secret: BTreeSet<String> = secret.collect();
    (!secret.is_empty()).then_some(Secrets::Properties(secret))
}

/// Such a text, or a list or map of them.
fn is_secret(schema: &Value) -> bool {
    let held = ["items", "additionalProperties"];
    schema
        .get("format")
        .is_some_and(|format| format == "password")
        || held.iter().filter_map(|key| schema.get(key)).any(is_secret)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Secrets, of};

    #[test]
    fn secrets_of_every_place() {
        let password = json!({"type": "string", "format": "password"});
        let document = json!({"components": {"schemas": {
            "Code": password,
            "Codes": {"type": "array", "items": password},
            "Login": {"type": "object", "properties": {
                "user": {"type": "string"}, "password": password, "old": {"type": "array", "items": password},
                "by_site": {"type": "object", "additionalProperties": password},
                "format": {"type": "string"}, "code": {"$ref": "#/components/schemas/Code"}
            }},
            "Format": {"type": "object", "properties": {"format": {"type": "string", "enum": ["password"]}}},
            "User": {"type": "object", "additionalProperties": true}
        }}});
        let found = of(&document);
        let names: Vec<&&str> = found.keys().collect();
        assert_eq!(names, [&"Code", &"Codes", &"Login"]);
        assert_eq!(found["Code"], Secrets::Whole);
        let properties = ["by_site", "old", "password"].map(str::to_owned);
        assert_eq!(found["Login"], Secrets::Properties(properties.into()));
        assert!(of(&json!({})).is_empty());
    }
}
