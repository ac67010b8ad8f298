//! Characters of a value that a place cannot have as they are.

use std::fmt::Write;

use crate::path::percent_encode;

/// How the texts of a parameter are encoded; the delimiters between them are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// All but the unreserved characters of RFC 3986 §2.3 are percent-encoded.
    Percent,
    /// The reserved ones stay too (`allowReserved`), but for those that would end the value or the query.
    Reserved,
    /// What a cookie's value can have stays (RFC 6265 §4.1.1), but for the percent sign, by which the others are written.
    Cookie,
    /// Nothing is encoded: headers hold texts as they are.
    None,
}

impl Encoding {
    pub(super) fn encode(self, text: &str) -> String {
        match self {
            Self::Percent => percent_encode(text),
            Self::Reserved => reserved(text),
            Self::Cookie => escaped(text, |byte| {
                (b'!'..=b'~').contains(&byte) && !b"\",;\\%".contains(&byte)
            }),
            Self::None => text.to_owned(),
        }
    }
}

/// RFC 6570 §3.2.3 keeps what is percent-encoded already.
fn reserved(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_triplet = |at: usize| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
        digit(at + 1) && digit(at + 2)
    };
    let mut encoded = String::with_capacity(text.len());
    for (at, byte) in bytes.iter().enumerate() {
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~:/?@!$'()*,;=".contains(byte)
            || (*byte == b'%' && is_triplet(at));
        push(&mut encoded, *byte, stays);
    }
    encoded
}

fn escaped(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        push(&mut encoded, byte, stays(byte));
    }
    encoded
}

fn push(encoded: &mut String, byte: u8, stays: bool) {
    if stays {
        encoded.push(char::from(byte));
    } else {
        // Writing into a String cannot fail.
        let _ = write!(encoded, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[test]
    fn each_place_keeps_what_it_can_have() {
        let text = "a/b c,d;e=f&g+h#%20%\"\u{e4}[x]";
        for (encoding, encoded) in [
            (
                Encoding::Percent,
                "a%2Fb%20c%2Cd%3Be%3Df%26g%2Bh%23%2520%25%22%C3%A4%5Bx%5D",
            ),
            (
                Encoding::Reserved,
                "a/b%20c,d;e=f%26g%2Bh%23%20%25%22%C3%A4%5Bx%5D",
            ),
            (
                Encoding::Cookie,
                "a/b%20c%2Cd%3Be=f&g+h#%2520%25%22%C3%A4[x]",
            ),
            (Encoding::None, text),
        ] {
            assert_eq!(encoding.encode(text), encoded);
        }
    }
}
