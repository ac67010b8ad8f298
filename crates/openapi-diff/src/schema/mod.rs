//! Schemas: what they are in Rust, and how two of them differ.

mod annotations;
mod closed;
mod compare;
mod core;
mod enums;
mod objects;
mod scalar;
mod shape;
mod tags;
mod unions;

pub(crate) use self::closed::Closed;
pub(crate) use self::core::{is_annotation, stated_types};
