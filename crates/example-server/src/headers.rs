//! The headers of one documented answer.

use http::header::{self, HeaderName, HeaderValue};
use serde_json::Value;

use crate::document::At;
use crate::values::Values;

/// What the connection is about, and what `content` says.
const OWN: &[HeaderName] = &[
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::DATE,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Headers that the document shows a value of or promises (`required`); others may be absent, so they are.
pub(crate) fn read(response: &At<'_>, values: &Values) -> Vec<(HeaderName, HeaderValue)> {
    let stated = response.get("headers");
    let stated = stated.iter().flat_map(At::members);
    let one = |(name, stated): (&str, At<'_>)| {
        let name: HeaderName = name.parse().ok()?;
        let shows = |at: &At<'_>| {
            ["example", "examples"]
                .iter()
                .any(|key| at.value.get(key).is_some())
        };
        let shown = shows(&stated) || stated.get("schema").is_some_and(|schema| shows(&schema));
        if OWN.contains(&name) || !(shown || stated.flag("required")) {
            return None;
        }
        let value = values.of(&stated).into_iter().next()?;
        Some((name, HeaderValue::from_str(&text(&value)?).ok()?))
    };
    stated.filter_map(one).collect()
}

/// A value in the style `simple`, the only one that headers have (OpenAPI 3.1.0 §4.8.21).
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(text).collect();
            items.map(|items| items.join(","))
        }
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Some(format!("{name},{}", text(value)?));
            let members: Option<Vec<String>> = members.iter().map(member).collect();
            members.map(|members| members.join(","))
        }
        Value::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn headers_that_are_shown_or_promised_are_sent() {
        let document = json!({"openapi": "3.1.0", "response": {"headers": {
            "X-Shown": {"example": [1, "b"]},
            "X-Schema": {"schema": {"type": "integer", "example": 5}},
            "X-Promised": {"required": true, "schema": {"type": "boolean"}},
            "X-Optional": {"schema": {"type": "string"}},
            "X-Object": {"example": {"a": 1, "b": "c"}},
            "X-Broken": {"example": "a\nb"},
            "not a name": {"example": "x"},
            "Content-Length": {"example": 999}
        }}});
        let response = At::pointer(&document, "/response").unwrap();
        let mut headers = read(&response, &Values::new(&document));
        headers.sort_by_key(|(name, _)| name.to_string());
        let headers: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        assert_eq!(
            headers,
            [
                "x-object: a,1,b,c",
                "x-promised: true",
                "x-schema: 5",
                "x-shown: 1,b"
            ]
        );
    }
}
