//! What the lowering takes out of the document and hands over beside it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::pointer::join;

/// One operation of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Operation {
    /// HTTP method, in lower case as in the document.
    pub method: String,
    /// Path template, as in the lowered document.
    pub path: String,
    /// Documented responses that are not successes: the component of the JSON body, `None` without a JSON body.
    pub errors: BTreeMap<StatusPattern, Option<String>>,
}

impl Operation {
    /// Where it stands in the lowered document, as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        join(&join("/paths", &self.path), &self.method)
    }
}

/// A key of `responses`. Ordered from the most to the least specific: codes, ranges, default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPattern {
    /// One status, `404`.
    Code(u16),
    /// A class of statuses, `4XX`.
    Range(u8),
    /// Every status that is not listed.
    Default,
}

impl StatusPattern {
    /// Whether a response with this pattern is a success: `2XX` or a code from 200 to 299.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether `status` is described by this pattern.
    pub fn matches(self, status: u16) -> bool {
        match self {
            Self::Code(code) => code == status,
            Self::Range(class) => status / 100 == u16::from(class),
            Self::Default => true,
        }
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(class) => write!(formatter, "{class}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// The text is no key that `responses` may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidStatusPattern(pub String);

impl fmt::Display for InvalidStatusPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is not a status code, a range like `4XX` or `default`",
            self.0
        )
    }
}

impl std::error::Error for InvalidStatusPattern {}

impl FromStr for StatusPattern {
    type Err = InvalidStatusPattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("default") {
            return Ok(Self::Default);
        }
        let invalid = || InvalidStatusPattern(text.to_owned());
        let bytes = text.as_bytes();
        if let [class @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] = bytes {
            return Ok(Self::Range(class - b'0'));
        }
        if bytes.len() == 3 && bytes.iter().all(u8::is_ascii_digit) {
            let code: u16 = text.parse().map_err(|_| invalid())?;
            if code >= 100 {
                return Ok(Self::Code(code));
            }
        }
        Err(invalid())
    }
}

impl Serialize for StatusPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_and_written() {
        for (text, pattern) in [
            ("404", StatusPattern::Code(404)),
            ("4XX", StatusPattern::Range(4)),
            ("default", StatusPattern::Default),
        ] {
            assert_eq!(text.parse(), Ok(pattern));
            assert_eq!(pattern.to_string(), text);
        }
        assert_eq!("5xx".parse(), Ok(StatusPattern::Range(5)));
        for text in ["", "20", "2000", "0XX", "099", "ok", "+20"] {
            assert!(text.parse::<StatusPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_from_specific_to_general() {
        let mut patterns = vec![
            StatusPattern::Default,
            StatusPattern::Range(4),
            StatusPattern::Code(500),
        ];
        patterns.sort();
        assert_eq!(
            patterns,
            [
                StatusPattern::Code(500),
                StatusPattern::Range(4),
                StatusPattern::Default
            ]
        );
        assert!(StatusPattern::Range(4).matches(418));
        assert!(!StatusPattern::Code(404).matches(400));
    }
}
