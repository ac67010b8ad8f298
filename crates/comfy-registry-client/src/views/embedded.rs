//! JSON in a text.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a text holds that should be JSON of a certain form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Embedded<T> {
    /// What is expected.
    Value(T),
    /// JSON of another form.
    Json(Value),
    /// No JSON at all.
    Text(String),
}

impl<T: DeserializeOwned> Embedded<T> {
    /// `None` where there is nothing, or the empty text that the registry writes for nothing.
    #[inline]
    pub(super) fn of(text: Option<&str>) -> Option<Self> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        Some(match serde_json::from_str(text) {
            Ok(value) => Self::Value(value),
            Err(_) => {
                serde_json::from_str(text).map_or_else(|_| Self::Text(text.to_owned()), Self::Json)
            }
        })
    }
}

impl<T> Embedded<T> {
    /// What is expected, if it is that.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Json(_) | Self::Text(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whatever_it_is() {
        let of = |text| Embedded::<Vec<String>>::of(Some(text));
        assert_eq!(
            of(r#"["IMAGE"]"#),
            Some(Embedded::Value(vec!["IMAGE".to_owned()]))
        );
        assert_eq!(of(r#"{"a": 1}"#), Some(Embedded::Json(json!({"a": 1}))));
        assert_eq!(
            of("IMAGE, MASK"),
            Some(Embedded::Text("IMAGE, MASK".to_owned()))
        );
        assert_eq!(of(" "), None);
        assert_eq!(Embedded::<Value>::of(None), None);
    }
}
