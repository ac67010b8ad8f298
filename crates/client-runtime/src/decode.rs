//! JSON bodies, and why one did not decode.

#[cfg(test)]
mod oracle;
mod place;

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::error::Category;

use self::place::{InList, path_at};
use crate::lenient;
use crate::secrets::Secrets;
use crate::union;

/// The longest path and the longest reason, in bytes. Keys come from the server, and an error is a line.
const LONGEST: usize = 240;

/// Why a body did not decode: where, and what was expected there.
///
/// It never says what was found there, since that is the server's text and may hold anything, an echoed key too. The
/// body itself is in the error ([`Error::body`]).
///
/// [`Error::body`]: crate::Error::body
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeFailure {
    path: String,
    reason: String,
    position: Option<(usize, usize)>,
    empty: bool,
}

impl DecodeFailure {
    /// The place in the body as a JSONPath (RFC 9535), `$` for the whole. Inside a value that is tried against several
    /// types the path ends at that value.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether there was no body at all.
    #[must_use]
    pub fn is_empty_body(&self) -> bool {
        self.empty
    }

    pub(crate) fn too_long() -> Self {
        Self::whole("the body is too long to be decoded")
    }

    pub(crate) fn incomplete() -> Self {
        Self::whole("the body did not come whole")
    }

    /// For a body that decoded, and has something at `pointer` (RFC 6901) that it should not have.
    pub(crate) fn at(pointer: &str, reason: String) -> Self {
        let mut path = "$".to_owned();
        for key in pointer.split('/').skip(1) {
            push_key(&mut path, &key.replace("~1", "/").replace("~0", "~"));
        }
        Self {
            path,
            reason,
            position: None,
            empty: false,
        }
    }

    fn whole(reason: &str) -> Self {
        Self {
            path: "$".to_owned(),
            reason: reason.to_owned(),
            position: None,
            empty: false,
        }
    }

    /// Takes secrets out and cuts what is too long, in this order: half a secret would not be found.
    pub(crate) fn for_display(self, secrets: &Secrets) -> Self {
        Self {
            path: shortened(secrets.scrub(&self.path)),
            reason: shortened(secrets.scrub(&self.reason)),
            ..self
        }
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        match self.position {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeFailure {}

/// A byte order mark may be ignored in JSON (RFC 8259 §8.1) and in events (WHATWG HTML §9.2.5), and some servers write one.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Decodes a JSON body (RFC 8259). No body at all is read as `null`, so that a type for which that is a value, such as
/// an `Option` or `()`, accepts it. A list does not: an answer that got lost must not be taken for one without items.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeFailure> {
    let body = without_mark(body);
    if body.trim_ascii().is_empty() {
        return T::deserialize(NoBody).map_err(|_| DecodeFailure {
            empty: true,
            ..DecodeFailure::whole("the body is empty")
        });
    }
    serde_json::from_slice(body).map_err(|error| failure_of(&error, body))
}

fn failure_of(error: &serde_json::Error, body: &[u8]) -> DecodeFailure {
    let message = error.to_string();
    // A union is read before its branch is known, so where the branch failed is in its message.
    let (place, message) = union::place_and_reason(without_position(error, &message));
    DecodeFailure {
        path: path_of(error, body) + &place,
        reason: reason(error, message),
        position: (error.line() > 0).then(|| (error.line(), error.column())),
        empty: false,
    }
}

/// What is there to be read if there is no body.
struct NoBody;

impl<'de> Deserializer<'de> for NoBody {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == lenient::NAME {
            return Err(serde::de::Error::custom("there is no body"));
        }
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// The path (RFC 9535) of the value in `json` that the error is about.
pub(crate) fn path_of(error: &serde_json::Error, json: &[u8]) -> String {
    if error.line() == 0 {
        return "$".to_owned();
    }
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line() - 1).map(<[u8]>::len).sum();
    let at = before + error.column();
    match error.classify() {
        // What is missing would come after the last byte.
        Category::Eof => path_at(json, json.len() + 1, InList::List),
        // The byte at fault is the last one.
        Category::Syntax | Category::Io => path_at(json, at, InList::List),
        Category::Data => path_at(json, at, in_list(error, &json[at.min(json.len())..])),
    }
}

/// Whether a list is at fault or its first item, of which nothing was read: a list in a list has the same message, and then it is
/// taken to be the inner one.
fn in_list(error: &serde_json::Error, rest: &[u8]) -> InList {
    let is_list = error.to_string().starts_with("invalid type: sequence");
    if is_list && !rest.trim_ascii_start().starts_with(b"[") {
        InList::List
    } else {
        InList::Item
    }
}

fn push_key(path: &mut String, key: &str) {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        path.push('.');
        path.push_str(key);
    } else {
        path.push_str(&format!("[{key:?}]"));
    }
}

pub(crate) fn without_position<'m>(error: &serde_json::Error, message: &'m str) -> &'m str {
    let position = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&position).unwrap_or(message)
}

/// serde's message without the value that was found.
fn reason(error: &serde_json::Error, message: &str) -> String {
    match error.classify() {
        // Words of serde_json alone, such as "EOF while parsing a string".
        Category::Syntax | Category::Eof | Category::Io => message,
        Category::Data => {
            expectation(message).unwrap_or("the value is not one that the type accepts")
        }
    }
    .to_owned()
}

/// The part of a message of `serde::de::Error` that comes from the type, not from the body.
fn expectation(message: &str) -> Option<&str> {
    const FROM_THE_TYPE: [&str; 3] = [
        "missing field ",
        "duplicate field ",
        "data did not match any variant of untagged enum ",
    ];
    const FOUND_FIRST: [&str; 5] = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant ",
        "unknown field ",
    ];
    let starts = |with: &[&str]| with.iter().any(|prefix| message.starts_with(prefix));
    // Exactly one name in backticks or a bare type name: a hand-written `Deserialize` may begin its message alike.
    let is_one_name = |rest: &str| {
        rest.chars()
            .all(|c| c == '`' || c == '_' || c.is_ascii_alphanumeric() || "$@-.".contains(c))
    };
    let names_one = FROM_THE_TYPE
        .iter()
        .filter_map(|prefix| message.strip_prefix(prefix))
        .any(is_one_name);
    if names_one {
        Some(message)
    } else if starts(&FOUND_FIRST) {
        // The last one: what was found can hold the same words.
        message
            .rfind(", expected ")
            .map(|at| &message[at + ", ".len()..])
    } else {
        None
    }
}

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only decoding matters here")]
    struct Page {
        data: Vec<Item>,
        #[serde(default)]
        more: BTreeMap<String, u8>,
        #[serde(default)]
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only decoding matters here")]
    struct Item {
        id: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        One,
        Two,
    }

    fn failure(body: &str) -> (String, String) {
        let failure = decode::<Page>(body.as_bytes()).unwrap_err();
        assert!(!format!("{failure:?} {failure}").contains("SECRET"));
        (failure.path().to_owned(), failure.to_string())
    }

    #[test]
    fn says_where_and_what_was_expected() {
        for (body, path, text) in [
            (
                r#"{"data":[{"id":1},{"id":"SECRET, expected SECRET"}]}"#,
                "$.data[1].id",
                "expected u32 at line 1 column 49",
            ),
            (
                r#"{"data":[{}]}"#,
                "$.data[0]",
                "missing field `id` at line 1 column 11",
            ),
            (
                r#"{"data":[],"more":{"a b":300}}"#,
                r#"$.more["a b"]"#,
                "expected u8 at line 1 column 28",
            ),
            (
                r#"{"data":[],"kind":"SECRET"}"#,
                "$.kind",
                "expected `one` or `two` at line 1 column 26",
            ),
            (
                r#"{"data":[{"id":1}"#,
                "$.data",
                "EOF while parsing a list at line 1 column 17",
            ),
            (
                "<html>SECRET</html>",
                "$",
                "expected value at line 1 column 1",
            ),
            (
                r#"{"data":[]} SECRET"#,
                "$",
                "trailing characters at line 1 column 13",
            ),
            ("", "$", "the body is empty"),
            (" \n", "$", "the body is empty"),
        ] {
            assert_eq!(failure(body), (path.to_owned(), text.to_owned()), "{body}");
        }
    }

    #[test]
    fn a_pointer_is_said_as_a_path() {
        for (pointer, path) in [
            ("", "$"),
            ("/data/next_token", "$.data.next_token"),
            ("/a~1b/~01", r#"$["a/b"]["~1"]"#),
            ("/", r#"$[""]"#),
        ] {
            assert_eq!(DecodeFailure::at(pointer, String::new()).path(), path);
        }
    }

    #[test]
    fn a_path_stays_short_and_never_ends_in_half_a_secret() {
        let secrets = Secrets::new(["secret-key".to_owned()]);
        for length in 200..260 {
            let body = format!(r#"{{"{}secret-key":"x"}}"#, "ä".repeat(length / 2));
            let failure = decode::<BTreeMap<String, u8>>(body.as_bytes()).unwrap_err();
            let failure = failure.for_display(&secrets);
            assert!(failure.path().len() < 250 && !failure.path().contains("sec"));
        }
    }

    #[test]
    fn no_body_is_null() {
        assert_eq!(decode::<Option<u8>>(b""), Ok(None));
        assert_eq!(decode::<()>(b"\n"), Ok(()));
        assert!(decode::<u8>(b"").unwrap_err().is_empty_body());
        assert_eq!(decode::<u8>(b"\xEF\xBB\xBF7"), Ok(7));
    }

    #[test]
    fn a_custom_message_is_not_taken_over() {
        #[derive(Debug)]
        struct Picky;
        impl<'de> Deserialize<'de> for Picky {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                Err(serde::de::Error::custom(format!("{text} is odd")))
            }
        }
        let failure = decode::<Picky>(br#""SECRET""#).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "the value is not one that the type accepts"
        );
    }

    #[test]
    fn a_known_secret_in_a_key_is_scrubbed() {
        let failure = decode::<BTreeMap<String, u8>>(br#"{"my-secret-key":"x"}"#).unwrap_err();
        let secrets = Secrets::new(["secret-key".to_owned()]);
        assert_eq!(
            failure.for_display(&secrets).path(),
            r#"$["my-[redacted]"]"#
        );
    }
}
