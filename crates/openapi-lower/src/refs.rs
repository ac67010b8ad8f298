//! Finding and resolving `$ref`.

use serde_json::{Map, Value};

mod index;

pub(crate) use index::{Index, Reference};

use crate::pointer;
use crate::schema::{Schema, is_outer};

/// Why a `$ref` leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    External,
    Unresolved,
}

/// Resolves references of one document.
///
/// Besides JSON pointers it knows `$anchor` and `$id` of schemas in the same document (JSON Schema 2020-12 §8.2), as
/// far as they are unique in it.
pub(crate) struct Resolver<'d> {
    document: &'d Value,
    names: Option<&'d Index>,
}

impl<'d> Resolver<'d> {
    pub(crate) fn new(document: &'d Value, index: &'d Index) -> Self {
        Self {
            document,
            names: Some(index),
        }
    }

    /// A resolver without `$anchor` and `$id`, which only schemas have.
    pub(crate) fn new_pointers_only(document: &'d Value) -> Self {
        Self {
            document,
            names: None,
        }
    }

    /// The pointer that a reference names.
    pub(crate) fn resolve(&self, text: &str) -> Result<String, Failure> {
        let (base, fragment) = match text.find('#') {
            Some(at) => (&text[..at], &text[at..]),
            None => (text, "#"),
        };
        let base = match base {
            "" => "",
            id => self
                .names
                .and_then(|names| names.ids.get(id))
                .ok_or(Failure::External)?,
        };
        let inner = pointer::from_fragment(fragment).ok_or(Failure::Unresolved)?;
        let target = if inner.is_empty() || inner.starts_with('/') {
            format!("{base}{inner}")
        } else {
            self.names
                .and_then(|names| names.anchors.get(&inner))
                .cloned()
                .ok_or(Failure::Unresolved)?
        };
        if self.document.pointer(&target).is_some() {
            Ok(target)
        } else {
            Err(Failure::Unresolved)
        }
    }
}

/// The name of the component that a schema reference points to directly.
pub(crate) fn component_name(text: &str) -> Option<String> {
    pointer::schema_component(&pointer::from_fragment(text)?)
}

/// The reference to a schema component.
pub(crate) fn to_component(name: &str) -> String {
    format!("#/components/schemas/{}", pointer::escape(name))
}

/// The component that a schema refers to, if it is nothing but a reference.
pub(crate) fn target_of(schema: &Value) -> Option<String> {
    component_name(schema.get("$ref")?.as_str()?)
}

/// The component that a schema stands for: a reference, or one wrapped in `allOf` with nothing but annotations and
/// `nullable` next to it.
pub(crate) fn sole_target(schema: &Value) -> Option<String> {
    if let Some(name) = target_of(schema) {
        return Some(name);
    }
    target_of(sole_part(schema.as_object()?)?)
}

/// How many references in a row are followed; a circle of them ends here.
const MAX_HOPS: usize = 64;

/// What a schema stands for: behind references, and behind `allOf` with one part and nothing but annotations and
/// `nullable` next to it.
pub(crate) fn resolved<'s>(schema: &'s Value, components: &'s Map<String, Value>) -> &'s Value {
    let mut at = schema;
    for _ in 0..MAX_HOPS {
        let next = match target_of(at) {
            Some(name) => components.get(&name),
            None => at.as_object().and_then(sole_part),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// The one part of an `allOf` that says nothing else.
pub(crate) fn sole_part(schema: &Schema) -> Option<&Value> {
    let is_plain = |keyword: &String| keyword == "allOf" || is_outer(keyword);
    match schema.get("allOf")?.as_array()?.as_slice() {
        [one] if schema.keys().all(is_plain) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pointers_anchors_and_ids_resolve() {
        let document = json!({"components": {"schemas": {
            "A b": {"$id": "https://example.org/a", "$anchor": "here", "properties": {"x/y": {}}},
        }}});
        let index = Index::of(&document);
        let resolver = Resolver::new(&document, &index);
        assert_eq!(
            resolver.resolve("#/components/schemas/A%20b").as_deref(),
            Ok("/components/schemas/A b")
        );
        assert_eq!(
            resolver.resolve("#here").as_deref(),
            Ok("/components/schemas/A b")
        );
        assert_eq!(
            resolver
                .resolve("https://example.org/a#/properties/x~1y")
                .as_deref(),
            Ok("/components/schemas/A b/properties/x~1y")
        );
        assert_eq!(
            resolver.resolve("#/components/schemas/B"),
            Err(Failure::Unresolved)
        );
        assert_eq!(resolver.resolve("b.yaml#/B"), Err(Failure::External));
    }

    #[test]
    fn a_property_named_ref_is_no_reference() {
        let document =
            json!({"components": {"schemas": {"A": {"properties": {"$ref": {"type": "string"}}}}}});
        assert!(Index::of(&document).references.is_empty());
    }
}
