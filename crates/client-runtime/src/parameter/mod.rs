//! Parameters by style: what a value is in a path, a query, a header or a cookie.

mod encode;
mod public;
mod style;

pub use public::Parameter;
