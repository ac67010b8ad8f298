//! The Markdown around an OpenAPI block: where the blocks are, and what the page says before each of them.

mod bare;
mod block;
mod head;
mod lines;
mod start;

pub(crate) use bare::{Bare, bare_definition};
pub(crate) use block::{Block, Fence, blocks, has_definition_heading};
pub(crate) use head::Description;
