//! The stage *assemble*: the fragments of an API become one document.
//!
//! Things are joined by what names them in OpenAPI (a path and a method, a component's kind and name). What two fragments
//! both say must agree in structure; what only a reader sees may differ. The result does not depend on key order, and on
//! the order of documents only where one of two texts has to be taken.

mod conflict;
mod document;
mod levels;
mod merge;
mod origins;
mod part;

pub use document::{Assembled, assemble};
pub use origins::Origins;
