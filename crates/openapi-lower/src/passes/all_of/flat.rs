//! A schema without references and `allOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::merge::Part;
use crate::pointer::{index, join};
use crate::refs;
use crate::schema::{Schema, is_outer};

/// What one part says about values, and where.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) schema: Schema,
    pub(super) at: String,
}

impl Flat {
    pub(super) fn text(&self, keyword: &str) -> Option<&str> {
        self.schema.get(keyword).and_then(Value::as_str)
    }

    /// The type, also where only the keywords say it.
    pub(super) fn type_name(&self) -> Option<&str> {
        self.text("type").or_else(|| {
            let of_objects = ["properties", "additionalProperties", "required"];
            let is_object = of_objects
                .iter()
                .any(|keyword| self.schema.contains_key(*keyword));
            is_object.then_some("object")
        })
    }

    /// Whether it says nothing but a type.
    pub(super) fn is_bare(&self) -> bool {
        self.schema
            .keys()
            .all(|keyword| matches!(keyword.as_str(), "type" | "format"))
    }
}

/// The parts of parts, references followed. What is said about a part as a whole is left out.
///
/// A component counts once, however often it is included: it adds nothing to itself, and components that include each
/// other would be found in more ways than can be gone through.
pub(super) fn flattened(parts: &[Part], components: &Map<String, Value>) -> Vec<Flat> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for part in parts {
        descend(&part.schema, &part.at, components, &mut seen, &mut found);
    }
    found
}

fn descend(
    schema: &Value,
    at: &str,
    components: &Map<String, Value>,
    seen: &mut BTreeSet<String>,
    found: &mut Vec<Flat>,
) {
    if let Some(name) = refs::target_of(schema) {
        if seen.insert(name.clone())
            && let Some(target) = components.get(&name)
        {
            let place = join("/components/schemas", &name);
            descend(target, &place, components, seen, found);
        }
        return;
    }
    let Value::Object(members) = schema else {
        return;
    };
    if let Some(Value::Array(parts)) = members.get("allOf") {
        for (position, part) in parts.iter().enumerate() {
            let place = index(&join(at, "allOf"), position);
            descend(part, &place, components, seen, found);
        }
    }
    let own: Schema = members
        .iter()
        .filter(|(keyword, _)| *keyword != "allOf" && !is_outer(keyword))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    if !own.is_empty() {
        found.push(Flat {
            schema: own,
            at: at.to_owned(),
        });
    }
}
