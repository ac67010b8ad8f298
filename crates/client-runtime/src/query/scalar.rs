//! Values that are one piece of text.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{Impossible, Serializer};

use super::pairs::PairError;

/// Writes a scalar as text. `None` stands for a value that is absent.
pub(super) struct Scalar;

macro_rules! as_text {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<Self::Ok, PairError> {
            Ok(Some(value.to_string()))
        })*
    };
}

macro_rules! compound {
    ($($method:ident -> $type:ident ($($argument:ty),*);)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<Self::$type, PairError> {
            Err(PairError::Nested)
        })*
    };
}

impl Serializer for Scalar {
    type Ok = Option<String>;
    type Error = PairError;
    type SerializeSeq = Impossible<Self::Ok, PairError>;
    type SerializeTuple = Impossible<Self::Ok, PairError>;
    type SerializeTupleStruct = Impossible<Self::Ok, PairError>;
    type SerializeTupleVariant = Impossible<Self::Ok, PairError>;
    type SerializeMap = Impossible<Self::Ok, PairError>;
    type SerializeStruct = Impossible<Self::Ok, PairError>;
    type SerializeStructVariant = Impossible<Self::Ok, PairError>;

    as_text! {
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
        serialize_char: char,
        serialize_str: &str,
    }

    compound! {
        serialize_seq -> SerializeSeq(Option<usize>);
        serialize_tuple -> SerializeTuple(usize);
        serialize_tuple_struct -> SerializeTupleStruct(&'static str, usize);
        serialize_tuple_variant -> SerializeTupleVariant(&'static str, u32, &'static str, usize);
        serialize_map -> SerializeMap(Option<usize>);
        serialize_struct -> SerializeStruct(&'static str, usize);
        serialize_struct_variant -> SerializeStructVariant(&'static str, u32, &'static str, usize);
    }

    fn serialize_f32(self, value: f32) -> Result<Self::Ok, PairError> {
        number(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<Self::Ok, PairError> {
        number(value.is_finite(), value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Self::Ok, PairError> {
        let text = std::str::from_utf8(value).map_err(|_| PairError::NotText)?;
        Ok(Some(text.to_owned()))
    }

    fn serialize_none(self) -> Result<Self::Ok, PairError> {
        Ok(None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, PairError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, PairError> {
        Ok(None)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, PairError> {
        Ok(None)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Self::Ok, PairError> {
        Ok(Some(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, PairError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Self::Ok, PairError> {
        Err(PairError::Nested)
    }
}

/// JSON has no infinities (RFC 8259 §6), and neither has a schema's `number`.
fn number(finite: bool, value: impl Display) -> Result<Option<String>, PairError> {
    if finite {
        Ok(Some(value.to_string()))
    } else {
        Err(PairError::NotFinite)
    }
}
