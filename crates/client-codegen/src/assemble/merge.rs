//! Merges a value into one that another fragment has for the same thing.

use std::collections::BTreeSet;

use openapi_pages::escape;
use serde_json::Value;

/// What the keys of an object are, which decides what may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Keywords of OpenAPI and JSON Schema; some of them are only for readers.
    Keywords,
    /// Names that the vendor chose: a property called `description` is no description.
    Names,
    /// Neither: a value that is taken as it is, such as a default.
    Data,
    /// An array whose order has no meaning.
    Set,
}

/// What merging found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Pointers that only the second value had, and that are in the first now.
    pub(super) filled: Vec<String>,
    /// Pointers at which the two differ.
    pub(super) different: Vec<String>,
}

/// Whether two values say the same but for what only readers see.
pub(super) fn agree(first: &Value, second: &Value) -> bool {
    let mut outcome = Outcome::default();
    merge(&mut first.clone(), second, Keys::Keywords, "", &mut outcome);
    outcome.different.is_empty()
}

/// Adds to `first` what only readers see and only `second` has, and notes where the two differ.
pub(super) fn merge(
    first: &mut Value,
    second: &Value,
    keys: Keys,
    pointer: &str,
    outcome: &mut Outcome,
) {
    match (first, second) {
        (Value::Object(first), Value::Object(second)) if keys != Keys::Data => {
            let names: BTreeSet<String> = first.keys().chain(second.keys()).cloned().collect();
            for name in names {
                let pointer = format!("{pointer}/{}", escape(&name));
                let for_readers = keys == Keys::Keywords && is_for_readers(&name);
                match (first.get_mut(&name), second.get(&name)) {
                    (None, Some(second)) if for_readers => {
                        first.insert(name, second.clone());
                        outcome.filled.push(pointer);
                    }
                    _ if for_readers => {}
                    (Some(first), Some(second)) => {
                        merge(first, second, below(keys, &name, second), &pointer, outcome)
                    }
                    _ => outcome.different.push(pointer),
                }
            }
        }
        (Value::Array(first), Value::Array(second)) if keys == Keys::Set => {
            let holds =
                |one: &[Value], other: &[Value]| other.iter().all(|value| one.contains(value));
            if !holds(first, second) || !holds(second, first) {
                outcome.different.push(pointer.to_owned());
            }
        }
        (Value::Array(first), Value::Array(second))
            if keys == Keys::Keywords && first.len() == second.len() =>
        {
            for (index, (first, second)) in first.iter_mut().zip(second).enumerate() {
                merge(first, second, keys, &format!("{pointer}/{index}"), outcome);
            }
        }
        (first, second) if first == second => {}
        _ => outcome.different.push(pointer.to_owned()),
    }
}

/// Keywords whose values are only for readers, and extensions, which no fragment can rely on.
pub(super) fn is_for_readers(keyword: &str) -> bool {
    matches!(
        keyword,
        "$comment" | "description" | "example" | "examples" | "externalDocs" | "summary" | "title"
    ) || keyword.starts_with("x-")
}

/// What the keys are in the value of a key.
fn below(keys: Keys, name: &str, value: &Value) -> Keys {
    if keys != Keys::Keywords {
        // Below a name is what it names; below data is data.
        return if keys == Keys::Names {
            Keys::Keywords
        } else {
            Keys::Data
        };
    }
    match name {
        "$defs" | "callbacks" | "content" | "definitions" | "dependentSchemas" | "encoding"
        | "headers" | "links" | "patternProperties" | "properties" | "responses" | "variables" => {
            Keys::Names
        }
        // Parameters of an operation are a list of objects; those of a link are a map to values (OpenAPI 3.1.1 §4.8.20).
        "parameters" if value.is_object() => Keys::Data,
        "const" | "default" | "dependentRequired" | "mapping" | "scopes" | "security" => Keys::Data,
        "enum" | "required" | "tags" | "type" if value.is_array() => Keys::Set,
        _ => Keys::Keywords,
    }
}
