//! Values as name-value pairs.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::scalar::Scalar;

/// What to do with an object or an array inside an object or an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nested {
    Refused,
    AsJson,
}

/// Why a value has no pairs. Our own reasons never quote the value.
#[derive(Debug)]
pub(crate) enum PairError {
    Nested,
    Unnamed,
    NotText,
    NotFinite,
    Custom(String),
}

/// The pairs of a value, in order. An object's properties name themselves; `name` is for everything else.
pub(crate) fn pairs<T: Serialize + ?Sized>(
    name: Option<&str>,
    value: &T,
    nested: Nested,
) -> Result<Vec<(String, String)>, PairError> {
    value.serialize(Pairs {
        name,
        nested,
        properties: true,
        out: Vec::new(),
        key: None,
    })
}

/// Collects pairs; it is the serializer of the value itself and of the array or object that it turns out to be.
struct Pairs<'a> {
    name: Option<&'a str>,
    nested: Nested,
    /// Whether an object may be written as its properties here.
    properties: bool,
    out: Vec<(String, String)>,
    /// The key of a map's entry, between its key and its value.
    key: Option<String>,
}

impl Pairs<'_> {
    fn scalar<T: Serialize + ?Sized>(
        mut self,
        value: &T,
    ) -> Result<Vec<(String, String)>, PairError> {
        self.item(value)?;
        Ok(self.out)
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairError> {
        let text = match value.serialize(Scalar) {
            Err(PairError::Nested) if self.nested == Nested::AsJson => Some(json(value)?),
            text => text?,
        };
        if let Some(text) = text {
            let name = self.name.ok_or(PairError::Unnamed)?;
            self.out.push((name.to_owned(), text));
        }
        Ok(())
    }

    fn property<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), PairError> {
        let property = Pairs {
            name: Some(name),
            nested: self.nested,
            properties: false,
            out: Vec::new(),
            key: None,
        };
        match value.serialize(property) {
            Ok(pairs) => self.out.extend(pairs),
            Err(PairError::Nested) if self.nested == Nested::AsJson => {
                self.out.push((name.to_owned(), json(value)?));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn object(self) -> Result<Self, PairError> {
        if self.properties {
            Ok(self)
        } else {
            Err(PairError::Nested)
        }
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, PairError> {
    serde_json::to_string(value).map_err(|error| PairError::Custom(error.to_string()))
}

macro_rules! scalars {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<Self::Ok, PairError> {
            self.scalar(&value)
        })*
    };
}

impl Serializer for Pairs<'_> {
    type Ok = Vec<(String, String)>;
    type Error = PairError;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    scalars! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Self::Ok, PairError> {
        self.scalar(std::str::from_utf8(value).map_err(|_| PairError::NotText)?)
    }

    fn serialize_none(self) -> Result<Self::Ok, PairError> {
        Ok(self.out)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, PairError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, PairError> {
        Ok(self.out)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, PairError> {
        Ok(self.out)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Self::Ok, PairError> {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, PairError> {
        value.serialize(self)
    }

    /// As JSON has it: an object with one property.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Self::Ok, PairError> {
        let mut object = self.object()?;
        object.property(variant, value)?;
        Ok(object.out)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, PairError> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, PairError> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, PairError> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, PairError> {
        Err(PairError::Nested)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, PairError> {
        self.object()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, PairError> {
        self.object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, PairError> {
        Err(PairError::Nested)
    }
}

macro_rules! parts {
    ($($trait:ident :: $method:ident => $part:ident ($($key:ident: $type:ty)?);)*) => {
        $(impl $trait for Pairs<'_> {
            type Ok = Vec<(String, String)>;
            type Error = PairError;

            fn $method<T: Serialize + ?Sized>(&mut self, $($key: $type,)? value: &T) -> Result<(), PairError> {
                self.$part($($key,)? value)
            }

            fn end(self) -> Result<Self::Ok, PairError> {
                Ok(self.out)
            }
        })*
    };
}

parts! {
    SerializeSeq::serialize_element => item();
    SerializeTuple::serialize_element => item();
    SerializeTupleStruct::serialize_field => item();
    SerializeTupleVariant::serialize_field => item();
    SerializeStruct::serialize_field => property(key: &'static str);
    SerializeStructVariant::serialize_field => property(key: &'static str);
}

impl SerializeMap for Pairs<'_> {
    type Ok = Vec<(String, String)>;
    type Error = PairError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), PairError> {
        self.key = key.serialize(Scalar)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairError> {
        let key = self.key.take().ok_or(PairError::Unnamed)?;
        self.property(&key, value)
    }

    fn end(self) -> Result<Self::Ok, PairError> {
        Ok(self.out)
    }
}

impl fmt::Display for PairError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nested => "an array or object inside another has no encoding",
            Self::Unnamed => "it is not an object, so that its values have no names",
            Self::NotText => "its bytes are not UTF-8",
            Self::NotFinite => "a number is not finite",
            Self::Custom(message) => message,
        })
    }
}

impl std::error::Error for PairError {}

impl serde::ser::Error for PairError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
