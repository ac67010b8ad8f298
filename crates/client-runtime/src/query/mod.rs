//! Query parameters, and the name-value pairs that forms are made of too.

mod pairs;
mod param;

pub(crate) use pairs::{Nested, pairs, tree_pairs};
pub use param::QueryParam;
pub(crate) use param::spaces_as_percent;
