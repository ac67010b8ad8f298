//! What the vendor says about an error, wherever it says so.

use std::fmt;

use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

use super::xml;
use crate::headers;
use crate::secrets::Secrets;

/// The longest message that is kept, in characters; a longer one is cut.
const LONGEST: usize = 1_024;

/// As deep as envelopes in envelopes go.
const DEEPEST: u8 = 4;

/// Names of what is said to people, the most telling first: those of RFC 9457 (`detail`, `title`), of RFC 6749 §5.2
/// (`error_description`), of JSON:API and GraphQL (`errors`), and of what many vendors have agreed on without a standard.
const NAMES: [&str; 14] = [
    "message",
    "error_message",
    "errorMessage",
    "Message",
    "error_description",
    "detail",
    "msg",
    "error",
    "errors",
    "title",
    "description",
    "reason",
    "fault",
    "faultstring",
];

/// It is a part of the body, so `Debug` does not show it.
pub(crate) struct Message(String);

impl Message {
    /// The message in a body: of a JSON object the member that says it, of a list the first that does, a JSON text, a body
    /// that is plain text, or what a storage says in XML. Known secrets are replaced.
    pub(super) fn of(
        headers: &HeaderMap,
        json: Option<&Value>,
        body: &[u8],
        secrets: &Secrets,
    ) -> Option<Self> {
        let said = json.and_then(|value| said(value, DEEPEST));
        let plain = || is_plain_text(headers).then(|| String::from_utf8_lossy(body).into_owned());
        let storage = || xml::element(body, "Message");
        let text = said.or_else(storage).or_else(plain)?;
        Self::from_text(&text, secrets)
    }

    /// A text of a body. Known secrets are replaced.
    pub(super) fn from_text(text: &str, secrets: &Secrets) -> Option<Self> {
        bounded(&secrets.scrub(text.trim())).map(Self)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Message")
    }
}

/// What a part of an answer says: a text, the member of an object that says it, or else its JSON.
pub(crate) fn message_of_part(part: &Value) -> Option<String> {
    let is_empty = match part {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(Value::is_null),
        Value::Bool(_) | Value::Number(_) => false,
    };
    if is_empty {
        return None;
    }
    bounded(&said(part, DEEPEST).unwrap_or_else(|| part.to_string()))
}

/// Without control characters, which terminals obey, and cut where it is too long. `None` if nothing is left.
fn bounded(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.is_empty() {
        return None;
    }
    Some(match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}

fn said(value: &Value, depth: u8) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(items) => items.iter().find_map(|item| said(item, depth)),
        Value::Object(object) => NAMES
            .iter()
            .filter_map(|name| object.get(*name))
            .find_map(|value| said(value, depth))
            .or_else(|| said_of_fields(object, depth)),
        _ => None,
    }
}

/// `{"errors": {"name": ["is too short"]}}`, as several web frameworks write it: the first thing that is said of a field.
fn said_of_fields(object: &Map<String, Value>, depth: u8) -> Option<String> {
    let fields = object.get("errors")?.as_object()?;
    fields.values().find_map(|value| match value {
        Value::String(_) | Value::Array(_) => said(value, depth),
        _ => None,
    })
}

fn is_plain_text(headers: &HeaderMap) -> bool {
    headers::media_type(headers).as_deref() == Some("text/plain")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::decode::without_mark;

    fn message_in(media_type: &'static str, body: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(
            reqwest::header::CONTENT_TYPE,
            reqwest::header::HeaderValue::from_static(media_type),
        );
        let secrets = Secrets::new(["planted-secret".to_owned()]);
        let json = serde_json::from_slice(without_mark(body.as_bytes())).ok();
        let message = Message::of(&headers, json.as_ref(), body.as_bytes(), &secrets);
        message.map(|message| message.0)
    }

    #[test]
    fn every_envelope_is_opened() {
        for (body, expected) in [
            (r#"{"code": 400, "message": "no"}"#, Some("no")),
            (r#"{"error": {"code": "x", "message": "no"}}"#, Some("no")),
            (
                r#"{"data": null, "message": null, "error": "no"}"#,
                Some("no"),
            ),
            (
                r#"{"error": "invalid_grant", "error_description": "no"}"#,
                Some("no"),
            ),
            (r#"{"title": "Bad", "detail": "no"}"#, Some("no")),
            (r#"{"title": "no", "status": 400}"#, Some("no")),
            (
                r#"{"detail": [{"loc": ["body", "x"], "msg": "no"}]}"#,
                Some("no"),
            ),
            (
                r#"{"errors": [{"status": "422", "title": "no"}]}"#,
                Some("no"),
            ),
            (r#"{"errors": ["", " no "]}"#, Some("no")),
            (r#"{"errors": {"name": ["no"], "id": 7}}"#, Some("no")),
            (r#"{"message": "n\u001bo"}"#, Some("n o")),
            (r#""no""#, Some("no")),
            ("\u{feff}{\"message\": \"no\"}", Some("no")),
            (r#"{"id": 1}"#, None),
            ("{}", None),
            ("null", None),
            (r#"{"message": ""}"#, None),
            (r#"{"message": "cut"#, None),
        ] {
            let found = message_in("application/json", body);
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn plain_text_is_a_message_and_a_page_is_none() {
        let found = message_in("text/plain; charset=utf-8", "no such thing\n");
        assert_eq!(found.as_deref(), Some("no such thing"));
        assert_eq!(message_in("text/html", "<h1>Bad Gateway</h1>"), None);
        assert_eq!(message_in("text/plain", " "), None);
        assert_eq!(message_in("text/plain", "404").as_deref(), Some("404"));
        assert_eq!(message_in("application/json", "404"), None);
    }

    #[test]
    fn a_part_of_an_answer_says_what_it_has() {
        for (part, expected) in [
            (json!("no\n"), Some("no")),
            (json!({"code": "x", "message": "no"}), Some("no")),
            (json!({"code": "x"}), Some(r#"{"code":"x"}"#)),
            (json!(["", "no"]), Some("no")),
            (json!(7), Some("7")),
            (json!(false), Some("false")),
            (json!(" "), None),
            (json!([]), None),
            (json!({}), None),
            (json!({"code": null, "message": null}), None),
            (Value::Null, None),
        ] {
            assert_eq!(message_of_part(&part).as_deref(), expected, "{part}");
        }
        let long = message_of_part(&json!({"all": "x".repeat(5_000)})).unwrap();
        assert_eq!(long.chars().count(), LONGEST + 1);
    }

    #[test]
    fn it_is_bounded_and_says_no_secret() {
        let long = format!(r#"{{"message": "{}"}}"#, "ä".repeat(5_000));
        let found = message_in("application/json", &long).unwrap();
        assert_eq!(found.chars().count(), LONGEST + 1);
        let found = message_in("application/json", r#"{"error": "bad key planted-secret"}"#);
        assert_eq!(found.as_deref(), Some("bad key [redacted]"));
        let deep = format!("{}{}", r#"{"error":"#.repeat(50), "}".repeat(50));
        assert_eq!(message_in("application/json", &deep), None);
    }
}
