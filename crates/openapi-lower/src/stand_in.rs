//! How a mark travels until names are final: as an extension of what it marks.

use serde_json::{Map, Value};

/// The extension, of a parameter, a body or an enum. The passes that collect marks take it out again.
pub(crate) const EXTENSION: &str = "x-openapi-lower";

/// Marks a node, or adds to its mark.
pub(crate) fn mark(node: &mut Map<String, Value>, key: &str, value: Value) {
    let mark = node
        .entry(EXTENSION)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(mark) = mark {
        mark.insert(key.to_owned(), value);
    }
}

/// Whether the node is marked.
pub(crate) fn is_marked(node: &Value) -> bool {
    node.get(EXTENSION).is_some()
}

/// Takes the mark out.
pub(crate) fn take(node: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    match node.remove(EXTENSION) {
        Some(Value::Object(mark)) => Some(mark),
        _ => None,
    }
}

/// Of the mark of an enum: the values on the wire, by the names that are listed in their place.
pub(crate) const VALUES: &str = "values";

/// The values of an enum as they are on the wire.
pub(crate) fn values(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    let listed = schema.get("enum")?.as_array()?;
    let by_name = schema
        .get(EXTENSION)
        .and_then(|mark| mark.get(VALUES))
        .and_then(Value::as_object);
    Some(match by_name {
        Some(by_name) => listed
            .iter()
            .filter_map(|name| by_name.get(name.as_str()?).cloned())
            .collect(),
        None => listed.clone(),
    })
}

/// The name that stands for a value of a marked enum.
pub(crate) fn name_of<'s>(schema: &'s Map<String, Value>, value: &Value) -> Option<&'s str> {
    let by_name = schema.get(EXTENSION)?.get(VALUES)?.as_object()?;
    let found = by_name.iter().find(|(_, known)| is_same(known, value));
    found.map(|(name, _)| name.as_str())
}

/// Whether two values are one in JSON Schema: `1` is `1.0`.
pub(crate) fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || (left.is_f64() != right.is_f64() && left.as_f64() == right.as_f64())
        }
        _ => left == right,
    }
}
