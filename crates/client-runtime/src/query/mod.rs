//! Query parameters, and the name-value pairs that forms are made of too.

mod pairs;
mod param;
mod scalar;

pub(crate) use pairs::{Nested, pairs};
pub use param::QueryParam;
pub(crate) use param::spaces_as_percent;
