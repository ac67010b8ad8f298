//! Properties that may be absent and may be `null`.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional property that may also be `null`.
///
/// In a change, an absent property stays as it is, and one that is `null` loses its value (RFC 7396 §1). A value, and an
/// `Option`, become one with [`From`]; `None` is [`Null`](Self::Null).
///
/// ```
/// use client_runtime::Nullable;
///
/// let name: Nullable<String> = "Ada".to_owned().into();
/// assert_eq!(name.as_deref(), Some("Ada"));
/// assert!(Nullable::<String>::from(None).is_null());
/// assert!(Nullable::<String>::default().is_absent());
/// assert_eq!(name.unwrap_or_default(), "Ada");
/// assert_eq!(Option::from(Nullable::Value(7)), Some(7));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// The property is not there. The default.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether the property is not there.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value; `None` if it is absent or `null`.
    #[must_use]
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the value stands for, such as the `&str` of a `String`; `None` if it is absent or `null`.
    #[must_use]
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_option().map(Deref::deref)
    }

    /// The value itself; `None` if it is absent or `null`.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, or the default one of its type if it is absent or `null`.
    #[must_use]
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// The same with another value, if it has one.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(change(value)),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A text that is borrowed, for setters of texts.
impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// As [`into_option`](Nullable::into_option).
impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// An absent value has no text of its own: a field of this type has `skip_serializing_if`, or it becomes `null`.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};

    use super::Nullable;

    #[derive(Debug, Deserialize, Serialize)]
    struct Change {
        #[serde(default, skip_serializing_if = "Nullable::is_absent")]
        size: Nullable<i64>,
        #[serde(default, skip_serializing_if = "Nullable::is_absent")]
        anything: Nullable<Value>,
    }

    #[test]
    fn absent_null_and_a_value_are_three_texts() {
        for text in [
            json!({}),
            json!({"size": null, "anything": null}),
            json!({"size": 0, "anything": {"a": null}}),
        ] {
            let change: Change = serde_json::from_value(text.clone()).unwrap();
            assert_eq!(serde_json::to_value(&change).unwrap(), text);
        }
        let change: Change = serde_json::from_value(json!({"size": null})).unwrap();
        assert_eq!(change.size, Nullable::Null);
        assert!(change.anything.is_absent());
    }

    #[test]
    fn a_value_is_at_hand() {
        assert_eq!(Nullable::from(Some(1)), Nullable::from(1));
        assert_eq!(Nullable::Value(1).into_option(), Some(1));
        assert_eq!(Nullable::<i64>::Null.into_option(), None);
        assert_eq!(
            Nullable::<String>::from("a"),
            Nullable::from("a".to_owned())
        );
        assert_eq!(Nullable::from(1).map(|one| one + 1), Nullable::Value(2));
        assert_eq!(Nullable::<i64>::Null.map(|one| one + 1), Nullable::Null);
        assert!(Nullable::<i64>::Absent.map(|one| one + 1).is_absent());
        assert_eq!(Nullable::<String>::Absent.as_deref(), None);
    }
}
