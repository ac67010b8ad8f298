//! The method and the path of a call.

use form_urlencoded::parse;
use httpmock::{Method, When};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::pattern::literal;
use super::written::refuse;
use crate::error::CallError;
use crate::path::{REFUSAL, refusal};

/// What a URL parser encodes in a path (WHATWG URL, "path percent-encode set").
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'^')
    .add(b'`');

/// Expects a call of a method and of a path below the mock server's base URL, with names in braces for its parameters:
/// `/users/{id}`. Parameters may have any value.
///
/// Documents that have several operations of one path tell them apart behind a `?` or a `#`: what stands in such a query
/// is expected too, and a fragment is never sent.
#[must_use]
pub fn call(when: When, method: Method, path: &str) -> When {
    let when = when.method(method).path_matches(pattern(path, |_| None));
    let query = path.split('#').next().and_then(|path| path.split_once('?'));
    let pairs = query.map(|(_, query)| parse(query.as_bytes()));
    pairs
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.contains('{'))
        .fold(when, |when, (name, value)| when.query_param(name, value))
}

/// Expects `text`, encoded as it is sent, at the place of the parameter `name` in such a path.
///
/// # Panics
///
/// If the value has no text, or is nothing, `.` or `..`: no client sends that.
#[must_use]
#[track_caller]
pub fn path(when: When, path: &str, name: &str, text: Result<String, CallError>) -> When {
    let text = text.unwrap_or_else(|error| refuse(&error));
    if refusal(&text).is_some() {
        refuse(&REFUSAL);
    }
    let of_parameter = |parameter: &str| (parameter == name).then(|| literal(&text));
    when.path_matches(pattern(path, of_parameter))
}

/// The pattern of a path, where a parameter is what `known` says or anything but a slash.
fn pattern(path: &str, known: impl Fn(&str) -> Option<String>) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let encoded = |text: &str| literal(&utf8_percent_encode(text, ENCODED).to_string());
    let mut pieces = path.split('{');
    let mut pattern = format!("^{}", encoded(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        pattern += &known(name).unwrap_or_else(|| "[^/]+".to_owned());
        pattern += &encoded(rest);
    }
    pattern + "$"
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_path_is_a_pattern_of_what_is_sent() {
        for (path, expected) in [
            ("/", "^/$"),
            ("/a.b/{x}", r"^/a\.b/[^/]+$"),
            ("/a b/\u{e4}", "^/a%20b/%C3%A4$"),
            ("/{x}.{y}/{x}", r"^/1\.[^/]+/1$"),
            ("/a?b={x}", "^/a$"),
            ("/a#b?c", "^/a$"),
        ] {
            let known = |name: &str| (name == "x" && path.contains("{y}")).then(|| "1".to_owned());
            assert_eq!(pattern(path, known), expected, "{path}");
        }
    }
}
