//! How a mark travels until names are final: as an extension of what it marks.

use serde_json::{Map, Value};

/// The extension, of a parameter or a request body. `stand_ins` takes it out again.
pub(crate) const EXTENSION: &str = "x-openapi-lower";

/// Marks a parameter or a request body, or adds to its mark.
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
