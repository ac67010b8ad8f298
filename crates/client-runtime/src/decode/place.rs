//! Where in a JSON text a decoder stopped.
//!
//! A decoder that keeps track of the place is compiled a second time for each type. This one looks at the text alone, once
//! something is wrong with it.

use super::push_key;

/// A container around the place, and which of its values comes there.
enum Step {
    Key(String),
    Index(usize),
}

/// What has to come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A key or the end of an object.
    Key,
    Colon,
    /// A comma or the end of a container.
    Comma,
}

/// Which value it is if the last byte is the bracket or a comma of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InList {
    /// The item that follows.
    Item,
    /// The list itself.
    List,
}

/// The path (RFC 9535) of the value that a decoder had before it when it gave up after `consumed` bytes.
///
/// That is the value which the last of these bytes belongs to. A decoder that sees by the first byte of a value that it is of
/// another type has not consumed it, so after a colon it is the value that follows.
pub(super) fn path_at(json: &[u8], consumed: usize, in_list: InList) -> String {
    let mut place = Place {
        steps: Vec::new(),
        next: Next::Value,
    };
    let mut at = 0;
    while let Some(start) = next_token(json, at).filter(|start| *start < consumed) {
        let end = end_of_token(json, start);
        // A text that has no end goes on behind the last byte.
        let is_last = end.is_none_or(|end| end >= consumed);
        let end = end.unwrap_or(json.len());
        if is_last && place.next == Next::Value && !matches!(json[start], b'{' | b'[' | b']') {
            return place.value();
        }
        if !place.take(json, start, end) {
            return match place.next {
                Next::Value => place.value(),
                _ => place.container(),
            };
        }
        if is_last && matches!(json[start], b'}' | b']') {
            return place.value();
        }
        at = end;
    }
    let ends = next_token(json, at).is_some_and(|start| json[start] == b']');
    match (place.next, place.steps.last()) {
        (Next::Value, Some(Step::Index(_))) if ends || in_list == InList::List => place.container(),
        (Next::Value, _) => place.value(),
        _ => place.container(),
    }
}

struct Place {
    steps: Vec<Step>,
    next: Next,
}

impl Place {
    /// Goes over a token; false for one that may not stand here.
    fn take(&mut self, json: &[u8], start: usize, end: usize) -> bool {
        match (json[start], self.next) {
            (b'{', Next::Value) => {
                self.steps.push(Step::Key(String::new()));
                self.next = Next::Key;
            }
            (b'[', Next::Value) => {
                self.steps.push(Step::Index(0));
                self.next = Next::Value;
            }
            (b'}', Next::Key | Next::Comma) | (b']', Next::Value | Next::Comma) => {
                self.steps.pop();
                self.next = Next::Comma;
            }
            (b'"', Next::Key) => {
                let key = serde_json::from_slice(&json[start..end]).unwrap_or_default();
                if let Some(last) = self.steps.last_mut() {
                    *last = Step::Key(key);
                }
                self.next = Next::Colon;
            }
            (b':', Next::Colon) => self.next = Next::Value,
            (b',', Next::Comma) => match self.steps.last_mut() {
                Some(Step::Index(index)) => {
                    *index += 1;
                    self.next = Next::Value;
                }
                Some(Step::Key(_)) => self.next = Next::Key,
                None => return false,
            },
            (_, Next::Value) if is_scalar(&json[start..end]) => self.next = Next::Comma,
            _ => return false,
        }
        true
    }

    fn value(&self) -> String {
        self.path(self.steps.len())
    }

    fn container(&self) -> String {
        self.path(self.steps.len().saturating_sub(1))
    }

    fn path(&self, depth: usize) -> String {
        let mut path = "$".to_owned();
        for step in &self.steps[..depth] {
            match step {
                Step::Key(key) => push_key(&mut path, key),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

/// Whether it is a whole one: `1.` and `tru` are not.
fn is_scalar(token: &[u8]) -> bool {
    match token {
        b"true" | b"false" | b"null" | [b'"', ..] => true,
        [.., last] => last.is_ascii_digit(),
        [] => false,
    }
}

fn next_token(json: &[u8], at: usize) -> Option<usize> {
    let is_token = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    json[at..].iter().position(is_token).map(|ahead| at + ahead)
}

/// What is behind the token that starts there, `None` for a text without an end.
fn end_of_token(json: &[u8], start: usize) -> Option<usize> {
    let rest = &json[start..];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = match rest[0] {
        b'"' => end_of_text(rest)?,
        byte if is_word(&byte) => rest.iter().take_while(|byte| is_word(byte)).count(),
        _ => 1,
    };
    Some(start + length)
}

fn end_of_text(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    let quote = text[1..].iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    quote.map(|quote| quote + 2)
}

#[cfg(test)]
mod tests {
    use super::{InList, path_at};

    /// The path for each number of bytes, where it differs from the one before.
    fn paths(json: &str) -> Vec<(usize, String)> {
        let mut paths: Vec<(usize, String)> = Vec::new();
        for consumed in 0..=json.len() + 1 {
            let path = path_at(json.as_bytes(), consumed, InList::Item);
            if paths.last().is_none_or(|(_, last)| *last != path) {
                paths.push((consumed, path));
            }
        }
        paths
    }

    #[test]
    fn each_byte_belongs_to_a_value() {
        for (json, expected) in [
            ("", vec![(0, "$")]),
            ("12", vec![(0, "$")]),
            // `[`, `1`, `,`, ` `, `"`, `,`, `"`, `]`
            (
                r#"[1, ","]"#,
                vec![(0, "$"), (1, "$[0]"), (3, "$[1]"), (8, "$")],
            ),
            ("[ ]", vec![(0, "$")]),
            (
                r#"{"a" : {"b\"": []}, "c": null}"#,
                vec![
                    (0, "$"),
                    (6, "$.a"),
                    (14, r#"$.a["b\""]"#),
                    (18, "$.a"),
                    (19, "$"),
                    (24, "$.c"),
                    (30, "$"),
                ],
            ),
        ] {
            let paths = paths(json);
            let paths: Vec<(usize, &str)> = paths
                .iter()
                .map(|(at, path)| (*at, path.as_str()))
                .collect();
            assert_eq!(paths, expected, "{json}");
        }
    }

    #[test]
    fn what_is_no_json_ends_the_way() {
        for (json, expected) in [
            (r#"{"a": tru"#, "$.a"),
            (r#"{"a": <html>"#, "$.a"),
            (r#"{"a" 1, "b": 2}"#, "$"),
            (r#"{"a": "x"#, "$.a"),
            (r#"{"a": [1, 2"#, "$.a"),
            (r#"{"a": [1, "#, "$.a[1]"),
            ("[1] [2]", "$"),
            ("}", "$"),
            ("\u{0}", "$"),
            (r#"["\"#, "$[0]"),
        ] {
            let path = path_at(json.as_bytes(), json.len() + 1, InList::Item);
            assert_eq!(path, expected, "{json}");
        }
    }
}
