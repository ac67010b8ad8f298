//! Values in the path of a URL.

use std::fmt::Write;

/// Begins a segment that must not be sent. `encode_path` writes a percent sign only before two hexadecimal digits, so
/// no value can look like this.
const REFUSED: &str = "%!";

/// Encodes a value as a part of a path segment.
///
/// Everything but the unreserved characters of RFC 3986 §2.3 is percent-encoded, which is what OpenAPI 3.1 §4.8.12
/// asks for in a path parameter (`style: simple`, RFC 6570 §3.2.2): `a/b` becomes `a%2Fb`.
///
/// Three values have no encoding. An empty value would address another resource (`/widgets/` for `/widgets/{id}`), and
/// `.` and `..` are removed from a path together with a segment before them, also when written as `%2E`
/// (WHATWG URL, "path state"). They become a mark, and the request is refused as invalid before anything is sent.
#[must_use]
pub fn encode_path(value: &str) -> String {
    if matches!(value, "" | "." | "..") {
        return format!("{REFUSED}{value}");
    }
    percent_encode(value)
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 §2.3.
pub(crate) fn percent_encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// What is wrong with a value that a path cannot have.
pub(crate) const REFUSAL: &str =
    "a path parameter is empty, `.` or `..`, which would address something else";

/// What is wrong with a path made by [`encode_path`], if anything.
pub(crate) fn refusal(path: &str) -> Option<&'static str> {
    path.contains(REFUSED).then_some(REFUSAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_unreserved() {
        for (value, encoded) in [
            ("abc-._~09AZ", "abc-._~09AZ"),
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            ("100%", "100%25"),
            ("%2e%2e", "%252e%252e"),
            ("../x", "..%2Fx"),
            ("...", "..."),
            ("a b?c#d", "a%20b%3Fc%23d"),
            ("ü", "%C3%BC"),
            ("\0\n", "%00%0A"),
            ("urn:a@b,c;d", "urn%3Aa%40b%2Cc%3Bd"),
        ] {
            assert_eq!(encode_path(value), encoded);
            assert_eq!(refusal(&encode_path(value)), None);
        }
    }

    #[test]
    fn marks_what_a_url_would_remove() {
        for value in ["", ".", ".."] {
            // As generated code does it, with text around the value.
            for template in ["/a/{}/b", "/a/{}", "/a/{}.json", "/{}"] {
                let url = format!(
                    "http://localhost/v1{}",
                    template.replace("{}", &encode_path(value))
                );
                let url: reqwest::Url = url.parse().unwrap();
                assert!(refusal(url.path()).is_some(), "{value:?} in {template}");
            }
        }
    }
}
