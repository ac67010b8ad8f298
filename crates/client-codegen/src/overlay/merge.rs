//! Merges an update, or what is copied, into a value: Overlay 1.0.0 and 1.1.0, "Action Object".

use openapi_pages::escape;
use serde_json::{Map, Value};

use super::Version;
use crate::assemble::Origins;

/// An update that does not fit: the pointer in the document, and what stands in the way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) pointer: String,
    pub(super) reason: String,
}

/// Where the values that are merged come from.
pub(super) enum Source<'a> {
    /// The overlay, which has this number in the origins.
    Overlay(usize),
    /// The document as it was before the action, with these origins.
    Document(&'a Origins),
}

/// One merge: its rules, and the origins of the values that it sets.
pub(super) struct Updating<'a> {
    pub(super) version: Version,
    pub(super) origins: &'a mut Origins,
    pub(super) from: &'a Source<'a>,
}

impl Updating<'_> {
    /// Merges `update`, which is `source` where it comes from, into the selected value at `pointer`.
    pub(super) fn merge(
        &mut self,
        value: &mut Value,
        update: &Value,
        pointer: &str,
        source: &str,
    ) -> Result<(), Misfit> {
        match (value, update) {
            (Value::Object(object), Value::Object(update)) => {
                self.merge_object(object, update, pointer, source)
            }
            (Value::Array(array), update) => {
                self.append(array, update, pointer, source);
                Ok(())
            }
            (value, update)
                if self.version == Version::V1_1 && is_primitive(value) && is_primitive(update) =>
            {
                self.replace(value, update, pointer, source);
                Ok(())
            }
            (value, update) => Err(Misfit {
                pointer: pointer.to_owned(),
                reason: format!(
                    "{} cannot be merged into {}",
                    described(update),
                    described(value)
                ),
            }),
        }
    }

    fn merge_object(
        &mut self,
        object: &mut Map<String, Value>,
        update: &Map<String, Value>,
        pointer: &str,
        source: &str,
    ) -> Result<(), Misfit> {
        for (key, update) in update {
            let pointer = format!("{pointer}/{}", escape(key));
            let source = format!("{source}/{}", escape(key));
            match object.get_mut(key) {
                None => {
                    object.insert(key.clone(), update.clone());
                    self.came_from(&pointer, &source);
                }
                // What is the same keeps its origin: the vendor said it too.
                Some(value) if value == update && !value.is_array() => {}
                Some(value @ (Value::Object(_) | Value::Array(_))) => {
                    self.merge_container(value, update, &pointer, &source)?;
                }
                // Overlay 1.1 calls an object or array in the place of a primitive incompatible; 1.0 is silent, and has
                // no other way to put it there.
                Some(value) if self.version == Version::V1_1 => {
                    self.merge(value, update, &pointer, &source)?;
                }
                Some(value) => self.replace(value, update, &pointer, &source),
            }
        }
        Ok(())
    }

    /// Below an update's own object, a list meets a list. Anything else would throw away what the vendor has written,
    /// which takes an action of its own with `remove`.
    fn merge_container(
        &mut self,
        value: &mut Value,
        update: &Value,
        pointer: &str,
        source: &str,
    ) -> Result<(), Misfit> {
        if value.is_array() && !update.is_array() {
            return Err(Misfit {
                pointer: pointer.to_owned(),
                reason: format!(
                    "{} cannot be merged into an array that is not the target itself",
                    described(update)
                ),
            });
        }
        self.merge(value, update, pointer, source)
    }

    /// An entry is appended. A list of entries is appended one by one: 1.0.0 speaks of an entry only, OpenAPI has no lists
    /// of lists, and 1.1.0 says that lists are concatenated.
    fn append(&mut self, array: &mut Vec<Value>, update: &Value, pointer: &str, source: &str) {
        let entries: Vec<(&Value, String)> = match update {
            Value::Array(entries) => {
                let entries = entries.iter().enumerate();
                entries
                    .map(|(index, entry)| (entry, format!("{source}/{index}")))
                    .collect()
            }
            entry => vec![(entry, source.to_owned())],
        };
        for (entry, source) in entries {
            self.came_from(&format!("{pointer}/{}", array.len()), &source);
            array.push(entry.clone());
        }
    }

    fn replace(&mut self, value: &mut Value, update: &Value, pointer: &str, source: &str) {
        // What is the same keeps its origin.
        if value != update {
            *value = update.clone();
            self.came_from(pointer, source);
        }
    }

    fn came_from(&mut self, pointer: &str, source: &str) {
        match self.from {
            Source::Overlay(part) => self.origins.set(pointer, *part, source),
            Source::Document(before) => self.origins.copy(pointer, before, source),
        }
    }
}

/// JSON's own word for what is neither object nor array; `null` is one.
pub(super) fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// A value's type with its article.
pub(super) fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
