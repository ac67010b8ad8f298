//! Naming new components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::fingerprint::Fingerprint;
use crate::names::type_name;
use crate::refs;

/// Type names that do not compile as types of a generated client: the code around them uses the prelude's.
pub(crate) const RESERVED: &[&str] = &["Default", "Ok", "Err"];

/// The components of a document by the Rust name that they get.
#[derive(Default)]
pub(crate) struct Components {
    /// Rust type name -> component name, and what it has to be to be shared; names that are reserved share nothing.
    taken: BTreeMap<String, (String, Option<Fingerprint>)>,
}

impl Components {
    pub(crate) fn new(schemas: Option<&Map<String, Value>>) -> Self {
        let mut components = Self::default();
        for (name, schema) in schemas.into_iter().flatten() {
            components.learn(name, schema);
        }
        components
    }

    /// Adds a component that the document has.
    pub(crate) fn learn(&mut self, name: &str, schema: &Value) {
        let fingerprint = Some(Fingerprint::of(schema));
        self.taken
            .insert(type_name(name), (name.to_owned(), fingerprint));
    }

    /// Names of components that are not shared.
    pub(crate) fn reserved<'n>(names: impl IntoIterator<Item = &'n String>) -> Self {
        let names = names.into_iter();
        let taken = names.map(|name| (type_name(name), (name.clone(), None)));
        Self {
            taken: taken.collect(),
        }
    }

    /// The name for a schema that should be called `wanted`, and whether a component of that name must be added.
    ///
    /// A component of that name that accepts the same values is shared. Is it another one, the schema is called
    /// `otherwise`, which its own place must determine: a count would depend on what else the document has. Only where
    /// that is taken too, a number follows.
    pub(crate) fn place(
        &mut self,
        wanted: &str,
        otherwise: &str,
        schema: &Value,
    ) -> (String, bool) {
        let fingerprint = Some(Fingerprint::of(schema));
        let base = if RESERVED.contains(&type_name(wanted).as_str()) {
            format!("{wanted}Model")
        } else {
            wanted.to_owned()
        };
        // A digit at the end would make `Item1` + `2` look like twelve.
        let separator = if otherwise.ends_with(|c: char| c.is_ascii_digit()) {
            "V"
        } else {
            ""
        };
        let numbered = (2_u32..).map(|number| format!("{otherwise}{separator}{number}"));
        for name in [base, otherwise.to_owned()].into_iter().chain(numbered) {
            match self.taken.get(&type_name(&name)) {
                None => {
                    self.taken
                        .insert(type_name(&name), (name.clone(), fingerprint));
                    return (name, true);
                }
                Some((known, of_known)) if *of_known == fingerprint => {
                    return (known.clone(), false);
                }
                Some(_) => {}
            }
        }
        // There are more numbers than components.
        (otherwise.to_owned(), false)
    }
}

impl Components {
    /// A name that is free, for a component that is not known yet: `wanted` or what comes after it.
    pub(crate) fn reserve(&mut self, wanted: &str) -> String {
        let base = if RESERVED.contains(&type_name(wanted).as_str()) {
            format!("{wanted}Model")
        } else {
            wanted.to_owned()
        };
        let separator = if base.ends_with(|c: char| c.is_ascii_digit()) {
            "V"
        } else {
            ""
        };
        let numbered = (2_u32..).map(|number| format!("{base}{separator}{number}"));
        let merged = format!("{base}Merged");
        let mut names = [base.clone(), merged].into_iter().chain(numbered);
        let free = names.find(|name| !self.taken.contains_key(&type_name(name)));
        let name = free.unwrap_or(base);
        self.taken.insert(type_name(&name), (name.clone(), None));
        name
    }

    /// Gives a reserved name back.
    pub(crate) fn release(&mut self, name: &str) {
        self.taken.remove(&type_name(name));
    }
}

/// Which properties the components have, their own and those that they include.
pub(crate) struct Properties {
    /// Component name -> names of properties, names of included components.
    direct: BTreeMap<String, (BTreeSet<String>, Vec<String>)>,
}

impl Properties {
    pub(crate) fn new(schemas: Option<&Map<String, Value>>) -> Self {
        let direct = schemas
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), direct(schema)))
            .collect();
        Self { direct }
    }

    /// The properties that more than one part of a schema has; a part is a branch of `allOf`, or what stands beside it.
    pub(crate) fn merged(&self, schema: &Value) -> BTreeSet<String> {
        let Some(Value::Array(branches)) = schema.get("allOf") else {
            return BTreeSet::new();
        };
        let own = schema.get("properties").and_then(Value::as_object);
        let mut seen: BTreeSet<String> = own
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect();
        let mut merged = BTreeSet::new();
        for branch in branches {
            for property in self.all(branch) {
                if !seen.insert(property.clone()) {
                    merged.insert(property);
                }
            }
        }
        merged
    }

    fn all(&self, schema: &Value) -> BTreeSet<String> {
        let (mut properties, mut open) = direct(schema);
        let mut done = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some((own, included)) = self.direct.get(&name)
                && done.insert(name)
            {
                properties.extend(own.iter().cloned());
                open.extend(included.iter().cloned());
            }
        }
        properties
    }
}

fn direct(schema: &Value) -> (BTreeSet<String>, Vec<String>) {
    let (mut properties, mut included) = (BTreeSet::new(), Vec::new());
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        included.extend(refs::target_of(schema));
        let own = schema.get("properties").and_then(Value::as_object);
        properties.extend(own.into_iter().flatten().map(|(name, _)| name.clone()));
        for keyword in ["allOf", "oneOf", "anyOf"] {
            open.extend(
                schema
                    .get(keyword)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
    }
    (properties, included)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_schemas_share_a_name_and_others_get_another() {
        let schemas = json!({"get_user_response": {"type": "string", "description": "one"}});
        let mut components = Components::new(schemas.as_object());
        let mut place = |wanted: &str, schema: Value| {
            components.place(wanted, &format!("{wanted}Body"), &schema)
        };
        let same = json!({"type": "string", "description": "other"});
        assert_eq!(
            place("GetUserResponse", same),
            ("get_user_response".to_owned(), false)
        );
        let other = json!({"type": "object"});
        assert_eq!(
            place("GetUserResponse", other.clone()),
            ("GetUserResponseBody".to_owned(), true)
        );
        assert_eq!(
            place("GetUserResponse", other.clone()),
            ("GetUserResponseBody".to_owned(), false)
        );
        assert_eq!(
            place("GetUserResponse", json!({"type": "integer"})),
            ("GetUserResponseBody2".to_owned(), true)
        );
        assert_eq!(place("Default", other), ("DefaultModel".to_owned(), true));
    }
}
