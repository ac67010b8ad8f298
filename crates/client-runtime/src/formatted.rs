//! Texts of a format.

use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that the document says has a format, such as a date: the text as it came, and its value if it is of that format.
///
/// Servers send empty dates, dates without a zone and worse, and one of them must not make the whole answer unreadable. The
/// text is written as it was read. Two are equal if their texts are.
///
/// ```
/// use std::net::Ipv4Addr;
///
/// use client_runtime::Formatted;
///
/// let local: Formatted<Ipv4Addr> = Ipv4Addr::LOCALHOST.into();
/// assert_eq!((local.as_str(), local.value()), ("127.0.0.1", Some(&Ipv4Addr::LOCALHOST)));
/// let odd = Formatted::<Ipv4Addr>::from_text("localhost");
/// assert_eq!((odd.as_str(), odd.value()), ("localhost", None));
/// ```
#[derive(Clone)]
pub struct Formatted<T> {
    text: String,
    value: Option<T>,
}

impl<T> Formatted<T> {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value; `None` if the text is not of the format.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The value itself; `None` if the text is not of the format.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        self.value
    }
}

impl<T: DeserializeOwned> Formatted<T> {
    /// A text, which may be of the format.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = T::deserialize(StrDeserializer::<Error>::new(&text)).ok();
        Self { text, value }
    }
}

/// The text is the one that the value has in JSON, where dates, UUIDs and addresses are texts. For a value of another kind
/// it is its JSON.
impl<T: Serialize> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        let text = match serde_json::to_value(&value) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(other) => other.to_string(),
            Err(_) => String::new(),
        };
        Self {
            text,
            value: Some(value),
        }
    }
}

impl<T: DeserializeOwned> FromStr for Formatted<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from_text(text))
    }
}

impl<T> fmt::Display for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Formatted<T> {}

impl<T> Hash for Formatted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_text)
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::Formatted;

    #[test]
    fn any_text_is_read_and_written_again() {
        for (text, is_of_the_format) in [
            ("::1", true),
            ("127.0.0.1", true),
            ("", false),
            ("10.0.0", false),
        ] {
            let json = format!("{text:?}");
            let read: Formatted<IpAddr> = serde_json::from_str(&json).unwrap();
            assert_eq!(read.as_str(), text);
            assert_eq!(read.value().is_some(), is_of_the_format, "{text}");
            assert_eq!(read.value().copied(), text.parse().ok());
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            assert_eq!(
                (read.to_string(), format!("{read:?}")),
                (text.to_owned(), json)
            );
        }
        // What is no text is of no format.
        for json in ["null", "1", "[]"] {
            assert!(
                serde_json::from_str::<Formatted<IpAddr>>(json).is_err(),
                "{json}"
            );
        }
    }

    #[test]
    fn equal_texts_are_equal() {
        let long = Formatted::<IpAddr>::from_text("0:0:0:0:0:0:0:1");
        let short = Formatted::from(long.clone().into_value().unwrap());
        assert_eq!(short.as_str(), "::1");
        assert_ne!(long, short);
        assert_eq!(short, "::1".parse().unwrap());
    }
}
