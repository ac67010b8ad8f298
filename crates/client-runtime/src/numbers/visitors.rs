//! What numbers, and what holds them, take from serde.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::{Inner, NumberTexts, Numbers};
use crate::lenient::NAME;

/// Every integer of 64 bits, with a sign or without one, and every decimal without a fraction that is as large.
type Wide = i128;

/// From here on (2^53) a float may stand for several integers, or for one with a fraction.
const INEXACT: f64 = 9_007_199_254_740_992.0;

fn whole(number: f64) -> Option<Wide> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "there is no fraction, and it is small enough"
    )]
    (number.fract() == 0.0 && number.abs() < INEXACT).then_some(number as Wide)
}

/// `3` of `3.00`.
fn without_zeros(text: &str) -> &str {
    match text.split_once('.') {
        Some((integer, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => {
            integer
        }
        _ => text,
    }
}

pub(super) struct Integer<T> {
    texts: NumberTexts,
    value: PhantomData<T>,
}

impl<T> Integer<T> {
    pub(super) const fn new(texts: NumberTexts) -> Self {
        Self {
            texts,
            value: PhantomData,
        }
    }
}

impl<T: TryFrom<Wide>> Integer<T> {
    fn fit<E: Error>(&self, number: Wide, found: Unexpected<'_>) -> Result<T, E>
    where
        Self: for<'v> Visitor<'v>,
    {
        T::try_from(number).map_err(|_| E::invalid_value(found, self))
    }
}

impl<'de, T: TryFrom<Wide>> Visitor<'de> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.fit(number.into(), Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.fit(number.into(), Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        match whole(number) {
            Some(whole) => self.fit(whole, Unexpected::Float(number)),
            None => Err(E::invalid_type(Unexpected::Float(number), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        if self.texts == NumberTexts::Refused {
            return Err(E::invalid_type(Unexpected::Str(text), &self));
        }
        let decimal = || text.parse().ok().and_then(whole);
        match without_zeros(text).parse().ok().or_else(decimal) {
            Some(number) => self.fit(number, Unexpected::Str(text)),
            None => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        match kept_as_text(map)? {
            (Some(integer), decimal) => self.fit(integer, Unexpected::Float(decimal)),
            (None, decimal) => self.visit_f64(decimal),
        }
    }
}

pub(super) struct Decimal<T> {
    texts: NumberTexts,
    value: PhantomData<T>,
}

impl<T> Decimal<T> {
    pub(super) const fn new(texts: NumberTexts) -> Self {
        Self {
            texts,
            value: PhantomData,
        }
    }
}

/// As serde reads them: what is too large for an `f32` is infinite.
trait FromDecimal {
    fn from_decimal(number: f64) -> Self;
}

impl FromDecimal for f64 {
    fn from_decimal(number: f64) -> Self {
        number
    }
}

impl FromDecimal for f32 {
    fn from_decimal(number: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "the type of the field")]
        let number = number as Self;
        number
    }
}

impl<'de, T: FromDecimal> Visitor<'de> for Decimal<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }

    #[allow(clippy::cast_precision_loss, reason = "the type of the field")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Ok(T::from_decimal(number as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "the type of the field")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        Ok(T::from_decimal(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        Ok(T::from_decimal(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        if self.texts == NumberTexts::Refused {
            return Err(E::invalid_type(Unexpected::Str(text), &self));
        }
        // `parse` also takes names such as `inf`, which JSON has no number for.
        match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => Ok(T::from_decimal(number)),
            None => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        Ok(T::from_decimal(kept_as_text(map)?.1))
    }
}

/// A number as serde_json hands it over with its feature `arbitrary_precision`, which any crate of a program can turn on.
fn kept_as_text<'de, A: MapAccess<'de>>(map: A) -> Result<(Option<Wide>, f64), A::Error> {
    let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map))?;
    let decimal = number.as_f64().unwrap_or(f64::INFINITY);
    Ok((number.as_i128(), decimal))
}

pub(super) struct Possible<T>(pub(super) Inner<T>);

impl<'de, T: Numbers> Visitor<'de> for Possible<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(deserializer, self.0.texts).map(Some)
    }
}

/// What is a list or a map: `null` is an empty one, and no body at all is none (see [`NAME`]).
pub(super) struct Listed<V>(pub(super) V);

impl<V> Listed<V> {
    pub(super) fn read<'de, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error>
    where
        V: Visitor<'de>,
    {
        deserializer.deserialize_newtype_struct(NAME, self)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Listed<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_any(self.0)
    }
}

pub(super) struct Items<T>(pub(super) Inner<T>);

impl<'de, T: Numbers> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of numbers")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self.0.clone())? {
            all.push(item);
        }
        Ok(all)
    }
}

/// A map of the type `M`, with entries of the type `E`.
pub(super) struct Entries<M, E> {
    texts: NumberTexts,
    map: PhantomData<(M, E)>,
}

impl<M, E> Entries<M, E> {
    pub(super) const fn new(texts: NumberTexts) -> Self {
        Self {
            texts,
            map: PhantomData,
        }
    }
}

impl<'de, K, T, M> Visitor<'de> for Entries<M, (K, T)>
where
    K: Deserialize<'de>,
    T: Numbers,
    M: Default + Extend<(K, T)>,
{
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of numbers")
    }

    fn visit_unit<E: Error>(self) -> Result<M, E> {
        Ok(M::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<M, A::Error> {
        let mut all = M::default();
        while let Some(key) = entries.next_key()? {
            let value = entries.next_value_seed(Inner::<T>::new(self.texts))?;
            all.extend([(key, value)]);
        }
        Ok(all)
    }
}
