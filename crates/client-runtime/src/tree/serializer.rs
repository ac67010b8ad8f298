//! Any `Serialize` value to a tree.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{Tree, TreeError};
use crate::file_part;

pub(super) struct Builder;

/// The items of a list, or of the one property of a variant that is one.
pub(super) struct List {
    items: Vec<Tree>,
    variant: Option<&'static str>,
}

/// The properties of an object, or of the one property of a variant that is one.
pub(super) struct Object {
    properties: Vec<(String, Tree)>,
    /// The key of a map's entry, between its key and its value.
    key: Option<String>,
    variant: Option<&'static str>,
}

fn list(length: Option<usize>, variant: Option<&'static str>) -> List {
    List {
        items: Vec::with_capacity(length.unwrap_or_default().min(1024)),
        variant,
    }
}

fn object(variant: Option<&'static str>) -> Object {
    Object {
        properties: Vec::new(),
        key: None,
        variant,
    }
}

/// As JSON has a variant with a value: an object with one property.
fn in_variant(variant: Option<&'static str>, tree: Tree) -> Tree {
    match variant {
        Some(variant) => Tree::Object(vec![(variant.to_owned(), tree)]),
        None => tree,
    }
}

fn literal(text: String) -> Result<Tree, TreeError> {
    Ok(Tree::Text {
        text,
        is_string: false,
    })
}

fn string(text: &str) -> Result<Tree, TreeError> {
    Ok(Tree::Text {
        text: text.to_owned(),
        is_string: true,
    })
}

macro_rules! literals {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<Tree, TreeError> {
            literal(value.to_string())
        })*
    };
}

impl Serializer for Builder {
    type Ok = Tree;
    type Error = TreeError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    literals! {
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
    }

    /// JSON has no infinities (RFC 8259 §6), and neither has a schema's `number`.
    fn serialize_f32(self, value: f32) -> Result<Tree, TreeError> {
        if value.is_finite() {
            literal(value.to_string())
        } else {
            Err(TreeError::NotFinite)
        }
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, TreeError> {
        if value.is_finite() {
            literal(value.to_string())
        } else {
            Err(TreeError::NotFinite)
        }
    }

    fn serialize_char(self, value: char) -> Result<Tree, TreeError> {
        string(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, TreeError> {
        string(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Tree, TreeError> {
        string(std::str::from_utf8(value).map_err(|_| TreeError::NotText)?)
    }

    fn serialize_none(self) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, TreeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, TreeError> {
        string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Tree, TreeError> {
        if name == file_part::NAME
            && let Some(file) = file_part::take_handed_over()
        {
            return Ok(Tree::File(file));
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, TreeError> {
        Ok(in_variant(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, TreeError> {
        Ok(list(length, None))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, TreeError> {
        Ok(list(Some(length), None))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List, TreeError> {
        Ok(list(Some(length), None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<List, TreeError> {
        Ok(list(Some(length), Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, TreeError> {
        Ok(object(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, TreeError> {
        Ok(object(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object, TreeError> {
        Ok(object(Some(variant)))
    }
}

macro_rules! lists {
    ($($trait:ident :: $method:ident,)*) => {
        $(impl $trait for List {
            type Ok = Tree;
            type Error = TreeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
                self.items.push(value.serialize(Builder)?);
                Ok(())
            }

            fn end(self) -> Result<Tree, TreeError> {
                Ok(in_variant(self.variant, Tree::List(self.items)))
            }
        })*
    };
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

macro_rules! structs {
    ($($trait:ident,)*) => {
        $(impl $trait for Object {
            type Ok = Tree;
            type Error = TreeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), TreeError> {
                self.properties.push((key.to_owned(), value.serialize(Builder)?));
                Ok(())
            }

            fn end(self) -> Result<Tree, TreeError> {
                Ok(in_variant(self.variant, Tree::Object(self.properties)))
            }
        })*
    };
}

structs! { SerializeStruct, SerializeStructVariant, }

impl SerializeMap for Object {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TreeError> {
        self.key = key.serialize(Builder)?.text()?.map(str::to_owned);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        let key = self.key.take().ok_or(TreeError::Unnamed)?;
        self.properties.push((key, value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, TreeError> {
        Ok(Tree::Object(self.properties))
    }
}
