//! Any value, as the branch of a union that it is.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::branch::Union;
use super::choose::choose;

/// Reads the value as a whole, and chooses while the reader still knows where it is: what went wrong is then said of this place.
pub(super) struct Branches<U>(PhantomData<U>);

impl<U> Branches<U> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

fn chosen<U: Union, E: Error>(value: impl Into<Value>) -> Result<U, E> {
    choose(value.into()).map_err(E::custom)
}

impl<'de, U: Union> Visitor<'de> for Branches<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(U::NAME)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<U, E> {
        chosen(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<U, E> {
        chosen(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<U, E> {
        chosen(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<U, E> {
        chosen(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<U, E> {
        chosen(value)
    }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        chosen(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<U, E> {
        chosen(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<U, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<U, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        chosen(Value::deserialize(SeqAccessDeserializer::new(items))?)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<U, A::Error> {
        chosen(Value::deserialize(MapAccessDeserializer::new(entries))?)
    }
}
