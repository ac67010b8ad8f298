//! Header fields of a delivery.

use reqwest::header::HeaderMap;

use super::WebhookError;

/// How long a SHA-256 is, in bytes.
const HASH: usize = 32;

/// The one value of a header field. Which of several is meant nobody can say, so they are refused.
#[inline]
pub(super) fn one<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h [u8], WebhookError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Err(WebhookError::MissingHeader(name.to_owned())),
        (Some(value), None) => Ok(value.as_bytes()),
        (Some(_), Some(_)) => Err(WebhookError::RepeatedHeader(name.to_owned())),
    }
}

/// The bytes of a SHA-256 in hex, of either case.
#[inline]
pub(super) fn hash(text: &[u8]) -> Option<[u8; HASH]> {
    if text.len() != 2 * HASH {
        return None;
    }
    let mut bytes = [0; HASH];
    for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        for digit in digits {
            let digit = char::from(*digit).to_digit(16)?;
            *byte = *byte << 4 | u8::try_from(digit).ok()?;
        }
    }
    Some(bytes)
}

/// Seconds, in digits and nothing else.
#[inline]
pub(super) fn seconds(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    // A number's `parse` takes a plus sign.
    let digits = text.bytes().all(|digit| digit.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_64_digits() {
        let zeros = "0".repeat(62);
        for (end, expected) in [("00", Some(0)), ("fF", Some(255)), ("1a", Some(26))] {
            let hash = hash(format!("{zeros}{end}").as_bytes());
            assert_eq!(hash.map(|hash| hash[31]), expected);
        }
        for wrong in ["", "0", "000", "0g", "+1", " 1", "é", "0x00"] {
            assert_eq!(hash(format!("{zeros}{wrong}").as_bytes()), None, "{wrong}");
        }
        assert_eq!(hash(&[0xff; 64]), None);
        assert_eq!(hash(&vec![b'a'; 1 << 20]), None);
    }

    #[test]
    fn seconds_are_digits() {
        for (text, expected) in [
            ("1767225600", Some(1_767_225_600)),
            ("0", Some(0)),
            ("", None),
            ("+1", None),
            ("-1", None),
            ("1.5", None),
            ("1767225600 ", None),
            ("99999999999999999999", None),
            ("١", None),
        ] {
            assert_eq!(seconds(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(seconds(&[0xff]), None);
    }
}
