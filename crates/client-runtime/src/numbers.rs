//! Reading of numbers that are written in another way than the document says.

mod visitors;

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer};

use crate::nullable::Nullable;
use visitors::{Decimal, Entries, Integer, Items, Listed, Possible};

/// Reads integers, also ones that are written with a fraction of zero (`3.0`): languages with one type of numbers write them
/// like that. To JSON Schema both are integers (2020-12 Core §4.2.3).
///
/// Generated code has it on fields of integers, and of lists and maps of them, where `null` is empty.
///
/// # Errors
/// Those of the type: a fraction, a number that it cannot hold, or something else.
pub fn integers<'de, T: Numbers, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer, NumberTexts::Refused)
}

/// Reads integers and decimals as [`integers`] does, and also ones in a text (`"3"`).
///
/// Generated code has it where the manifest says `numbers-as-strings`.
///
/// # Errors
/// Those of the type: a text that is no number of it, or something else.
pub fn numbers_or_texts<'de, T: Numbers, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer, NumberTexts::Read)
}

/// What to do with a number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberTexts {
    /// It is an error.
    Refused,
    /// It is the number.
    Read,
}

/// Numbers, and what holds them: options, lists, maps.
pub trait Numbers: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// Those of the type.
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error>;
}

/// A value that is a whole body; `TEXTS` is whether numbers in texts are read.
pub(crate) struct Body<T, const TEXTS: bool>(pub(crate) T);

impl<'de, T: Numbers, const TEXTS: bool> Deserialize<'de> for Body<T, TEXTS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = if TEXTS {
            NumberTexts::Read
        } else {
            NumberTexts::Refused
        };
        T::read(deserializer, texts).map(Self)
    }
}

/// Reads what is in an option, a list or a map.
struct Inner<T> {
    texts: NumberTexts,
    value: PhantomData<T>,
}

impl<T> Inner<T> {
    const fn new(texts: NumberTexts) -> Self {
        Self {
            texts,
            value: PhantomData,
        }
    }
}

impl<T> Clone for Inner<T> {
    fn clone(&self) -> Self {
        Self::new(self.texts)
    }
}

impl<'de, T: Numbers> DeserializeSeed<'de> for Inner<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer, self.texts)
    }
}

macro_rules! numbers {
    ($visitor:ident: $($type:ty),*) => {
        $(impl Numbers for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D, texts: NumberTexts) -> Result<Self, D::Error> {
                deserializer.deserialize_any($visitor::<Self>::new(texts))
            }
        })*
    };
}

numbers!(Integer: i8, i16, i32, i64, u8, u16, u32, u64);
numbers!(Decimal: f32, f64);

macro_rules! non_zero {
    ($($type:ident of $inner:ty),*) => {
        $(impl Numbers for std::num::$type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D, texts: NumberTexts) -> Result<Self, D::Error> {
                let number = <$inner>::read(deserializer, texts)?;
                Self::new(number).ok_or_else(|| serde::de::Error::custom("zero, where it must not be"))
            }
        })*
    };
}

non_zero!(NonZeroU8 of u8, NonZeroU16 of u16, NonZeroU32 of u32, NonZeroU64 of u64);

impl<T: Numbers> Numbers for Option<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Possible(Inner::new(texts)))
    }
}

impl<T: Numbers> Numbers for Nullable<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        Option::read(deserializer, texts).map(Self::from)
    }
}

impl<T: Numbers> Numbers for Box<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        T::read(deserializer, texts).map(Self::new)
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        Listed(Items(Inner::new(texts))).read(deserializer)
    }
}

impl<K, T> Numbers for BTreeMap<K, T>
where
    K: for<'k> Deserialize<'k> + Ord,
    T: Numbers,
{
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        Listed(Entries::<Self, (K, T)>::new(texts)).read(deserializer)
    }
}

impl<K, T> Numbers for HashMap<K, T>
where
    K: for<'k> Deserialize<'k> + Eq + Hash,
    T: Numbers,
{
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        texts: NumberTexts,
    ) -> Result<Self, D::Error> {
        Listed(Entries::<Self, (K, T)>::new(texts)).read(deserializer)
    }
}

#[cfg(test)]
mod tests;
