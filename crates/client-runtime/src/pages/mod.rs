//! Lists that come in pages.

mod following;
mod items;
mod number;
mod paged;
mod seen;
mod stream;

pub use following::{Following, PageFailure};
pub use items::Items;
pub use number::PageNumber;
pub use paged::{PageCall, Paged};
pub use seen::SeenTokens;
pub use stream::Pages;
