//! Values as the bytes of a media type.

use bytes::Bytes;
use serde_json::Value;

use crate::request::is_json;

/// The media type that is announced for a key of `content`: a range stands for one of its types.
pub(crate) fn announced(key: &str, essence: &str) -> String {
    match essence {
        "*/*" | "*" | "" | "application/*" | "*/json" => "application/json".to_owned(),
        "text/*" => "text/plain".to_owned(),
        _ if essence.contains('*') => "application/octet-stream".to_owned(),
        _ => key.trim().to_owned(),
    }
}

/// The bytes of a body with these values, of which there is at least one, and which only streams have several of.
///
/// Types that this server cannot write a structure in (XML, multipart) get what the document shows as a text; where it shows
/// none, nothing.
pub(crate) fn body(essence: &str, values: &[Value]) -> Bytes {
    let Some(first) = values.first() else {
        return Bytes::new();
    };
    match (essence, first) {
        ("text/event-stream", _) => events(values).into(),
        (
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines",
            _,
        ) => lines(values, "").into(),
        // RFC 7464 §2.2: a record separator before each text.
        ("application/json-seq", _) => lines(values, "\u{1e}").into(),
        (essence, value) if is_json(essence) => value.to_string().into(),
        (_, Value::String(text)) => text.clone().into(),
        (essence, value) if essence.starts_with("text/") && !essence.ends_with("xml") => {
            value.to_string().into()
        }
        ("application/x-www-form-urlencoded", Value::Object(members)) => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, value) in members {
                form.append_pair(name, &text(value));
            }
            form.finish().into()
        }
        _ => Bytes::new(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One event per value. An example that is a stream already is sent as it is, with its last event ended.
fn events(values: &[Value]) -> String {
    let mut stream = String::new();
    for value in values {
        let text = text(value);
        let is_stream = |line: &str| {
            ["data:", "event:", "id:", "retry:", ":"]
                .iter()
                .any(|field| line.starts_with(field))
        };
        if value.is_string() && text.lines().any(is_stream) {
            stream.push_str(text.trim_end_matches(['\r', '\n']));
            stream.push('\n');
        } else if text.is_empty() {
            stream.push_str("data:\n");
        } else {
            for line in text.lines() {
                stream.push_str("data: ");
                stream.push_str(line);
                stream.push('\n');
            }
        }
        stream.push('\n');
    }
    stream
}

/// One line of JSON per value. An example that is such lines already is sent as it is.
fn lines(values: &[Value], before: &str) -> String {
    let mut stream = String::new();
    for value in values {
        match value {
            Value::String(text) if text.trim_start().starts_with(['{', '[', '\u{1e}']) => {
                stream.push_str(text.trim_end_matches(['\r', '\n']));
            }
            value => {
                stream.push_str(before);
                stream.push_str(&value.to_string());
            }
        }
        stream.push('\n');
    }
    stream
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_media_type_has_its_bytes() {
        let object = json!({"a": 1, "b": "x y"});
        for (essence, values, bytes) in [
            (
                "application/json",
                vec![object.clone()],
                r#"{"a":1,"b":"x y"}"#,
            ),
            ("application/problem+json", vec![json!("x")], r#""x""#),
            ("text/plain", vec![json!("x"), json!("y")], "x"),
            ("text/csv", vec![json!(3)], "3"),
            ("application/octet-stream", vec![json!("bytes")], "bytes"),
            ("application/xml", vec![json!("<a/>")], "<a/>"),
            ("application/xml", vec![object.clone()], ""),
            ("text/xml", vec![object.clone()], ""),
            (
                "application/x-www-form-urlencoded",
                vec![object.clone()],
                "a=1&b=x+y",
            ),
            (
                "text/event-stream",
                vec![object.clone(), json!("one\ntwo")],
                "data: {\"a\":1,\"b\":\"x y\"}\n\ndata: one\ndata: two\n\n",
            ),
            (
                "text/event-stream",
                vec![json!("event: e\ndata: 1\n\ndata: 2\n\n")],
                "event: e\ndata: 1\n\ndata: 2\n\n",
            ),
            ("text/event-stream", vec![json!("")], "data:\n\n"),
            (
                "application/x-ndjson",
                vec![json!({"a": 1}), json!("t")],
                "{\"a\":1}\n\"t\"\n",
            ),
            (
                "application/jsonl",
                vec![json!("{\"a\":1}\n{\"a\":2}\n")],
                "{\"a\":1}\n{\"a\":2}\n",
            ),
            ("application/json-seq", vec![json!(1)], "\u{1e}1\n"),
            ("application/json", vec![], ""),
        ] {
            assert_eq!(
                body(essence, &values),
                bytes.as_bytes(),
                "{essence} {values:?}"
            );
        }
    }

    #[test]
    fn a_range_is_announced_as_one_of_its_types() {
        assert_eq!(announced("*/*", "*/*"), "application/json");
        assert_eq!(announced("text/*", "text/*"), "text/plain");
        assert_eq!(announced("image/*", "image/*"), "application/octet-stream");
        assert_eq!(
            announced("text/plain; charset=utf-8", "text/plain"),
            "text/plain; charset=utf-8"
        );
    }
}
