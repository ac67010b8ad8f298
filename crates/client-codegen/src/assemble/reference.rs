//! References within a document.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The JSON pointer of a reference into the own document, which stands there as the fragment of a URI: percent-encoded
/// (RFC 6901 §6).
pub(super) fn local_pointer(reference: &Value) -> Option<String> {
    let fragment = reference.as_str()?.strip_prefix('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    Some(pointer.into_owned())
}

#[cfg(test)]
mod tests {
    use super::local_pointer;
    use serde_json::json;

    #[test]
    fn fragments_are_decoded() {
        for (reference, pointer) in [
            (json!("#/paths/~1a~1%7Bid%7D"), Some("/paths/~1a~1{id}")),
            (
                json!("#/components/schemas/A%20B"),
                Some("/components/schemas/A B"),
            ),
            (json!("#/a"), Some("/a")),
            (json!("other.yaml#/a"), None),
            (json!("#%ff"), None),
            (json!(1), None),
        ] {
            assert_eq!(local_pointer(&reference).as_deref(), pointer, "{reference}");
        }
    }
}
