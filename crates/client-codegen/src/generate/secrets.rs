//! Which values of a document are secret: those of `format: password` (OpenAPI Format Registry, "a string that hints to obscure the
//! value").
//!
//! A value is secret if it is such a text, if it may be one (a branch is), and if it is a list or a map of what is secret. What
//! refers to a component that is secret is secret, too: whether the component has a type of its own is for the generator to choose.

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
#[derive(Clone, Debug, Default)]
pub(crate) struct SecretComponents<'d>(BTreeMap<&'d str, Secrets>);

impl<'d> SecretComponents<'d> {
    pub(crate) fn of(document: &'d Value) -> Self {
        let components = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let components = || components.into_iter().flatten();
        let mut named_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut open: Vec<&str> = Vec::new();
        for (name, schema) in components() {
            let held = Held::beside_properties(schema);
            if held.password {
                open.push(name);
            }
            for component in held.components {
                named_by.entry(component).or_default().push(name);
            }
        }
        let mut found = Self::default();
        while let Some(name) = open.pop() {
            if found.0.insert(name, Secrets::Whole).is_none() {
                open.extend(named_by.get(name).into_iter().flatten());
            }
        }
        let of_properties: Vec<(&str, Secrets)> = components()
            .filter(|(name, _)| !found.0.contains_key(name.as_str()))
            .filter_map(|(name, schema)| Some((name.as_str(), found.of_properties(schema)?)))
            .collect();
        found.0.extend(of_properties);
        found
    }

    /// They, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'d str, &Secrets)> {
        self.0.iter().map(|(name, secrets)| (*name, secrets))
    }

    /// Whether a value of this schema is secret. One that has secret properties and a type of its own is not: its type hides them.
    pub(crate) fn is_secret(&self, schema: &Value) -> bool {
        let held = Held::by(vec![schema]);
        let is_whole = |name: &str| self.0.get(name) == Some(&Secrets::Whole);
        held.password || held.components.into_iter().any(is_whole)
    }

    fn of_properties(&self, schema: &Value) -> Option<Secrets> {
        let secret = properties(schema)
            .filter(|(_, property)| self.is_secret(property))
            .map(|(name, _)| name.clone());
        let secret: BTreeSet<String> = secret.collect();
        (!secret.is_empty()).then_some(Secrets::Properties(secret))
    }
}

/// What stands in a schema, at any depth.
#[derive(Default)]
struct Held<'s> {
    password: bool,
    /// The components that are referred to.
    components: Vec<&'s str>,
}

impl<'s> Held<'s> {
    fn by(mut open: Vec<&'s Value>) -> Self {
        let mut held = Self::default();
        while let Some(schema) = open.pop() {
            held.add(schema);
            open.extend(parts(schema));
            open.extend(properties(schema).map(|(_, property)| property));
        }
        held
    }

    /// What a component holds without a name.
    fn beside_properties(schema: &'s Value) -> Self {
        let mut held = Self::by(parts(schema).collect());
        held.add(schema);
        held
    }

    fn add(&mut self, schema: &'s Value) {
        let format = schema.get("format");
        self.password |= format.is_some_and(|format| format == "password");
        let reference = schema.get("$ref").and_then(Value::as_str);
        let component = reference.and_then(|text| text.strip_prefix("#/components/schemas/"));
        self.components.extend(component);
    }
}

/// What a value is made of, or may be, but for its properties.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let held = ["items", "additionalProperties"];
    let branches = ["oneOf", "anyOf", "allOf"];
    let branches = branches
        .into_iter()
        .filter_map(|key| schema.get(key)?.as_array());
    held.into_iter()
        .filter_map(|key| schema.get(key))
        .chain(branches.flatten())
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{SecretComponents, Secrets};

    fn password() -> Value {
        json!({"type": "string", "format": "password"})
    }

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn properties(names: &[&str]) -> Secrets {
        Secrets::Properties(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn secrets_of_every_place() {
        let password = password();
        let document = json!({"components": {"schemas": {
            "Code": password,
            "Codes": {"type": "array", "items": password},
            "Login": {"type": "object", "properties": {
                "user": {"type": "string"}, "password": password, "old": {"type": "array", "items": password},
                "by_site": {"type": "object", "additionalProperties": password},
                "format": {"type": "string"}, "code": reference("Code"), "other": reference("User"),
                "either": {"anyOf": [password, {"type": "integer"}]},
                "maybe": {"allOf": [reference("Code")], "nullable": true}
            }},
            "Format": {"type": "object", "properties": {"format": {"type": "string", "enum": ["password"]}}},
            "User": {"type": "object", "additionalProperties": true}
        }}});
        let found = SecretComponents::of(&document);
        let expected = [
            ("Code", Secrets::Whole),
            ("Codes", Secrets::Whole),
            (
                "Login",
                properties(&["by_site", "code", "either", "maybe", "old", "password"]),
            ),
        ];
        let found: Vec<(&str, Secrets)> = found.iter().map(|(a, b)| (a, b.clone())).collect();
        assert_eq!(found, expected);
        assert!(SecretComponents::of(&json!({})).iter().next().is_none());
    }

    #[test]
    fn secrets_spread_from_component_to_component() {
        let document = json!({"components": {"schemas": {
            "A": {"oneOf": [reference("Login"), reference("B")]},
            "B": {"type": "array", "items": reference("C")},
            "C": {"anyOf": [password(), reference("A")]},
            "Login": {"type": "object", "properties": {"b": reference("B"), "next": reference("Login")}},
            "Session": {"oneOf": [reference("Login"), {"type": "integer"}]}
        }}});
        let found = SecretComponents::of(&document);
        let names: Vec<(&str, &Secrets)> = found.iter().collect();
        let whole = &Secrets::Whole;
        let login = properties(&["b"]);
        assert_eq!(
            names,
            [("A", whole), ("B", whole), ("C", whole), ("Login", &login)]
        );
        // The type of `Login` hides its properties wherever it stands.
        assert!(!found.is_secret(&reference("Session")));
        assert!(found.is_secret(&json!({"additionalProperties": reference("A")})));
    }
}
