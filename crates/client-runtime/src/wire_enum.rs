//! Enums whose values are no texts.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;
use serde_json::Value;

/// A value as it is in JSON, for a table in generated code.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum WireValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number that is too large for [`WireValue::Integer`].
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(&'static str),
}

impl WireValue {
    /// Whether it is this value. `1.0` is `1`, as in JSON Schema.
    pub(crate) fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool(own), Value::Bool(other)) => own == *other,
            (Self::Text(own), Value::String(other)) => own == other,
            (_, Value::Number(number)) => {
                let whole = number.as_i64().map(Self::Integer);
                let whole = whole.or(number.as_u64().map(Self::Unsigned));
                whole
                    .or(number.as_f64().map(Self::Float))
                    .is_some_and(|other| self.equals(other))
            }
            _ => false,
        }
    }

    #[allow(
        clippy::float_cmp,
        reason = "the same number in another notation is the same float"
    )]
    fn equals(self, other: Self) -> bool {
        match (self, other) {
            (Self::Float(float), Self::Integer(integer))
            | (Self::Integer(integer), Self::Float(float)) => float == integer as f64,
            (own, other) => own == other,
        }
    }
}

impl fmt::Display for WireValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => fmt::Display::fmt(value, f),
            Self::Integer(value) => fmt::Display::fmt(value, f),
            Self::Unsigned(value) => fmt::Display::fmt(value, f),
            Self::Float(value) => fmt::Display::fmt(value, f),
            Self::Text(value) => fmt::Display::fmt(value, f),
        }
    }
}

/// An enum with values of other JSON types than text.
///
/// Generated; the functions of this module are what generated implementations of serde's and the standard library's
/// traits call.
pub trait WireEnum: Copy + PartialEq + 'static {
    /// Each variant with its value.
    const VALUES: &'static [(Self, WireValue)];
}

/// The value of a variant. A table that lacks one is a bug of the generator, and `None`.
fn value_of<E: WireEnum>(variant: E) -> Option<WireValue> {
    let mut values = E::VALUES.iter();
    values
        .find(|(known, _)| *known == variant)
        .map(|(_, value)| *value)
}

fn variant_of<E: WireEnum>(value: WireValue) -> Option<E> {
    let mut values = E::VALUES.iter();
    values
        .find(|(_, known)| known.equals(value))
        .map(|(variant, _)| *variant)
}

/// Writes the value.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_enum<E: WireEnum, S: Serializer>(
    variant: E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value_of(variant) {
        Some(WireValue::Bool(value)) => serializer.serialize_bool(value),
        Some(WireValue::Integer(value)) => serializer.serialize_i64(value),
        Some(WireValue::Unsigned(value)) => serializer.serialize_u64(value),
        Some(WireValue::Float(value)) => serializer.serialize_f64(value),
        Some(WireValue::Text(value)) => serializer.serialize_str(value),
        None => serializer.serialize_unit(),
    }
}

/// Reads the variant.
///
/// # Errors
/// A value that is none of the enum's.
pub fn deserialize_enum<'de, E: WireEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    deserializer.deserialize_any(AnyOf(PhantomData))
}

/// The variant whose value is written so, as in a query.
#[must_use]
pub fn parse_enum<E: WireEnum>(text: &str) -> Option<E> {
    let mut values = E::VALUES.iter();
    values
        .find(|(_, value)| value.to_string() == text)
        .map(|(variant, _)| *variant)
}

/// Writes the value as text, as in a query.
///
/// # Errors
/// Those of the formatter.
pub fn format_enum<E: WireEnum>(variant: E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value_of(variant) {
        Some(value) => fmt::Display::fmt(&value, f),
        None => Ok(()),
    }
}

struct AnyOf<E>(PhantomData<E>);

impl<E: WireEnum> AnyOf<E> {
    fn find<R: Error>(&self, value: Option<WireValue>, found: Unexpected<'_>) -> Result<E, R> {
        value
            .and_then(variant_of)
            .ok_or_else(|| R::invalid_value(found, self))
    }
}

impl<E: WireEnum> Visitor<'_> for AnyOf<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of ")?;
        for (position, (_, value)) in E::VALUES.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            match value {
                WireValue::Text(text) => write!(f, "{separator}{text:?}")?,
                value => write!(f, "{separator}{value}")?,
            }
        }
        Ok(())
    }

    fn visit_bool<R: Error>(self, value: bool) -> Result<E, R> {
        self.find(Some(WireValue::Bool(value)), Unexpected::Bool(value))
    }

    fn visit_i64<R: Error>(self, value: i64) -> Result<E, R> {
        self.find(Some(WireValue::Integer(value)), Unexpected::Signed(value))
    }

    fn visit_u64<R: Error>(self, value: u64) -> Result<E, R> {
        let known = match i64::try_from(value) {
            Ok(value) => WireValue::Integer(value),
            Err(_) => WireValue::Unsigned(value),
        };
        self.find(Some(known), Unexpected::Unsigned(value))
    }

    fn visit_f64<R: Error>(self, value: f64) -> Result<E, R> {
        self.find(Some(WireValue::Float(value)), Unexpected::Float(value))
    }

    fn visit_str<R: Error>(self, value: &str) -> Result<E, R> {
        let mut values = E::VALUES.iter();
        let found =
            values.find(|(_, known)| matches!(known, WireValue::Text(text) if *text == value));
        found
            .map(|(variant, _)| *variant)
            .ok_or_else(|| R::invalid_value(Unexpected::Str(value), &self))
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Level {
        One,
        Half,
        Off,
        Auto,
        Most,
    }

    impl WireEnum for Level {
        const VALUES: &'static [(Self, WireValue)] = &[
            (Self::One, WireValue::Integer(1)),
            (Self::Half, WireValue::Float(0.5)),
            (Self::Off, WireValue::Bool(false)),
            (Self::Auto, WireValue::Text("auto")),
            (Self::Most, WireValue::Unsigned(u64::MAX)),
        ];
    }

    impl Serialize for Level {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serialize_enum(*self, serializer)
        }
    }

    impl<'de> Deserialize<'de> for Level {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserialize_enum(deserializer)
        }
    }

    #[test]
    fn values_are_on_the_wire_what_they_are() {
        let all = [
            Level::One,
            Level::Half,
            Level::Off,
            Level::Auto,
            Level::Most,
        ];
        let json = r#"[1,0.5,false,"auto",18446744073709551615]"#;
        assert_eq!(serde_json::to_string(&all).unwrap(), json);
        assert_eq!(serde_json::from_str::<[Level; 5]>(json).unwrap(), all);
        assert_eq!(serde_json::from_str::<Level>("1.0").unwrap(), Level::One);
        assert_eq!(parse_enum("0.5"), Some(Level::Half));
        assert_eq!(parse_enum::<Level>("2"), None);
    }

    #[test]
    fn another_value_is_refused() {
        for json in ["2", "true", r#""1""#, "null", "0.25", "[]"] {
            assert!(serde_json::from_str::<Level>(json).is_err(), "{json}");
        }
        let error = serde_json::from_str::<Level>("2").unwrap_err().to_string();
        assert!(
            error.contains(r#"expected one of 1, 0.5, false, "auto""#),
            "{error}"
        );
    }
}
