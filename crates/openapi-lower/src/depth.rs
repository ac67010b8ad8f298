//! The one guard against deep documents; everything after it may recurse.

use serde_json::Value;

/// Levels of arrays and objects that a document may have. Real API descriptions stay below 40; parsers and
/// generators that recurse (`openapiv3`, typify) get by with the usual stack up to here.
pub(crate) const MAX_DEPTH: usize = 100;

/// Whether a value is nested deeper than `limit` levels. Iterative.
pub(crate) fn exceeds(value: &Value, limit: usize) -> bool {
    let mut open = vec![(value, 0_usize)];
    while let Some((value, depth)) = open.pop() {
        if depth > limit {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(map) => open.extend(map.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    false
}

/// Drops a value without recursion; the derived drop of a deep value overflows the stack.
pub(crate) fn dismantle(value: Value) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => open.extend(map.into_iter().map(|(_, item)| item)),
            _ => {}
        }
    }
}

/// The value with the keys of all objects in order, whichever map `serde_json` was built with.
pub(crate) fn sorted(mut value: Value) -> Value {
    value.sort_all_objects();
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> Value {
        (0..levels).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
    }

    #[test]
    fn depth_is_counted_in_containers() {
        assert!(!exceeds(&nested(5), 5));
        assert!(exceeds(&nested(6), 5));
    }

    #[test]
    fn very_deep_values_neither_overflow_on_check_nor_on_drop() {
        let deep = nested(200_000);
        assert!(exceeds(&deep, MAX_DEPTH));
        dismantle(deep);
    }
}
