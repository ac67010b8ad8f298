//! What the vendor calls a failure, for programs, wherever it does so.

use reqwest::StatusCode;
use serde_json::{Map, Value};

use super::xml;

/// The longest name of a failure, in bytes. What is longer is none.
const LONGEST: usize = 128;

/// As deep as envelopes in envelopes go.
const DEEPEST: u8 = 4;

/// Names of what is said to programs, which many vendors have agreed on without a standard.
const NAMES: [&str; 4] = ["code", "error_code", "errorCode", "Code"];

/// Names of what holds a failure: of JSON:API (`errors`) and GraphQL (`extensions` of one of them), and of many vendors.
const ENVELOPES: [&str; 4] = ["error", "errors", "extensions", "fault"];

/// Names of what can be said to programs or to people: `error` of RFC 6749 §5.2, `type` of RFC 9457 §3.1.1, `status` beside a number.
const OTHERS: [&str; 3] = ["error", "type", "status"];

/// The type of a problem that has none (RFC 9457 §4.2.1).
const NO_TYPE: &str = "about:blank";

type Object = Map<String, Value>;

/// The code in a body: a text without white space, before a number that is another one than the status.
pub(super) fn code(json: Option<&Value>, body: &[u8], status: StatusCode) -> Option<String> {
    let named = |object: &Object| text(object, &NAMES);
    let otherwise = |object: &Object| text(object, &OTHERS);
    let numbered = |object: &Object| number(object, status);
    let of_json = |json| {
        first(json, DEEPEST, &named, &otherwise)
            .or_else(|| first(json, DEEPEST, &numbered, &|_| None))
    };
    let of_xml = || xml::element(body, "Code").filter(|code| is_code(code));
    json.and_then(of_json).or_else(of_xml)
}

/// What an object says; else what an envelope in it says; else what the object says when nothing is in it that says more.
fn first(
    value: &Value,
    depth: u8,
    said: &dyn Fn(&Object) -> Option<String>,
    otherwise: &dyn Fn(&Object) -> Option<String>,
) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(items) => first(items.first()?, depth, said, otherwise),
        Value::Object(object) => {
            let mut inner = ENVELOPES.iter().filter_map(|name| object.get(*name));
            said(object)
                .or_else(|| inner.find_map(|value| first(value, depth, said, otherwise)))
                .or_else(|| otherwise(object))
        }
        _ => None,
    }
}

fn text(object: &Object, names: &[&str]) -> Option<String> {
    let mut texts = names.iter().filter_map(|name| object.get(*name)?.as_str());
    texts.find(|text| is_code(text)).map(str::to_owned)
}

fn is_code(text: &str) -> bool {
    let is_short = (1..=LONGEST).contains(&text.len());
    // A number in a text is a status in many answers, and is looked for among the numbers.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_short && !is_number && text.bytes().all(|byte| byte.is_ascii_graphic()) && text != NO_TYPE
}

fn number(object: &Object, status: StatusCode) -> Option<String> {
    let mut numbers = NAMES.iter().filter_map(|name| match object.get(*name)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    });
    numbers.find(|number| number.parse::<i64>().is_ok() && number.as_str() != status.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_in(body: &str) -> Option<String> {
        let json = serde_json::from_str(body).ok();
        code(json.as_ref(), body.as_bytes(), StatusCode::BAD_REQUEST)
    }

    #[test]
    fn every_envelope_is_opened() {
        for (body, expected) in [
            (r#"{"code": "bad_name", "message": "no"}"#, Some("bad_name")),
            (
                r#"{"error": {"code": "bad_name", "type": "invalid"}}"#,
                Some("bad_name"),
            ),
            (
                r#"{"error": {"type": "invalid", "code": null}}"#,
                Some("invalid"),
            ),
            (
                r#"{"errors": [{"code": "first"}, {"code": "second"}]}"#,
                Some("first"),
            ),
            (
                r#"{"errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]}"#,
                Some("FORBIDDEN"),
            ),
            (
                r#"{"error": "invalid_grant", "error_description": "no such grant"}"#,
                Some("invalid_grant"),
            ),
            (
                r#"{"type": "https://example.com/probs/stock", "title": "Out of stock"}"#,
                Some("https://example.com/probs/stock"),
            ),
            (r#"{"type": "about:blank", "title": "Bad Request"}"#, None),
            (
                r#"{"error": {"code": 400, "status": "INVALID_ARGUMENT"}}"#,
                Some("INVALID_ARGUMENT"),
            ),
            (r#"{"code": 40012, "message": "no"}"#, Some("40012")),
            (
                r#"{"data": null, "error": {"code": "40012"}}"#,
                Some("40012"),
            ),
            (r#"{"code": -3}"#, Some("-3")),
            (r#"{"code": 400, "message": "no"}"#, None),
            (r#"{"code": "400", "status": "400"}"#, None),
            (r#"{"code": 7, "error": {"code": "seven"}}"#, Some("seven")),
            (r#"{"error": "it is no good", "message": ""}"#, None),
            (r#"{"code": "", "error": ""}"#, None),
            (r#"{"code": "two words"}"#, None),
            (r#"{"code": "line\nend"}"#, None),
            (r#"{"code": {"code": "deep"}}"#, None),
            (r#""not_found""#, None),
            ("[]", None),
            ("null", None),
            (r#"{"code": "cut"#, None),
            (
                "<?xml version='1.0'?><Error><Code>ExpiredToken</Code><Message>Too late.</Message></Error>",
                Some("ExpiredToken"),
            ),
            ("<Error><Code>a b</Code></Error>", None),
            ("<html><Code>x</Code></html>", None),
        ] {
            assert_eq!(code_in(body).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn it_is_bounded() {
        let of = |length: usize| code_in(&format!(r#"{{"code": "{}"}}"#, "x".repeat(length)));
        assert_eq!(of(LONGEST).map(|code| code.len()), Some(LONGEST));
        assert_eq!(of(LONGEST + 1), None);
        let deep = format!(
            "{}{{\"code\":\"x\"}}{}",
            r#"{"error":"#.repeat(50),
            "}".repeat(50)
        );
        assert_eq!(code_in(&deep), None);
    }
}
