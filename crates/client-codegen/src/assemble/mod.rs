//! The stage *assemble*: the fragments of an API become one document.
//!
//! Things are joined by what names them in OpenAPI (a path and a method, a component's kind and name). What two fragments
//! of one rank both say must agree in structure; one of a lower rank yields, with a note. What only a reader sees may
//! differ, and what a page form cannot say is not missing. Neither key order nor the order of documents has a meaning.

mod conflict;
mod document;
mod head;
mod joined;
mod levels;
mod merge;
mod origins;
mod parameter;
mod part;
mod path_items;
mod reference;
mod schemes;
mod spelling;
mod templates;

pub(crate) use conflict::RANK_RULE;
pub use document::{Assembled, assemble};
pub use origins::Origins;
