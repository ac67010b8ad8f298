//! Answers that have the status of a success and say that the call failed.

use serde_json::Value;

use crate::decode::without_mark;
use crate::wire_enum::WireValue;

/// What the body of an answer has to say for the call to be a success: a JSON pointer (RFC 6901), and the values that may
/// stand there. Generated code has a table of them for an operation with `x-success`.
pub type SuccessValues = [(&'static str, &'static [WireValue])];

/// Whether something else stands in one of the places. What is not there says nothing.
pub(crate) fn is_failure(body: &[u8], success: &SuccessValues) -> bool {
    if success.is_empty() {
        return false;
    }
    let Ok(body) = serde_json::from_slice::<Value>(without_mark(body)) else {
        return false;
    };
    success.iter().any(|(pointer, values)| {
        body.pointer(pointer)
            .is_some_and(|found| !values.iter().any(|value| value.is(found)))
    })
}

#[cfg(test)]
mod tests {
    use super::{SuccessValues, is_failure};
    use crate::wire_enum::WireValue;

    #[test]
    fn another_value_is_a_failure_and_none_is_not() {
        let success: &SuccessValues = &[
            ("/code", &[WireValue::Integer(100), WireValue::Text("100")]),
            ("/status/ok", &[WireValue::Bool(true)]),
        ];
        for (body, expected) in [
            (r#"{"code": 100}"#, false),
            (r#"{"code": 100.0, "status": {"ok": true}}"#, false),
            (r#"{"code": "100"}"#, false),
            (r#"{"code": 400599}"#, true),
            ("\u{feff}{\"code\": 400599}", true),
            (r#"{"code": null}"#, true),
            (r#"{"code": 100, "status": {"ok": false}}"#, true),
            (r#"{"data": 1}"#, false),
            ("[100]", false),
            ("100", false),
            ("", false),
            ("<html>", false),
        ] {
            assert_eq!(is_failure(body.as_bytes(), success), expected, "{body}");
        }
        assert!(!is_failure(br#"{"code": 1}"#, &[]));
    }
}
