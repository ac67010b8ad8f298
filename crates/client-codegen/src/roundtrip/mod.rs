//! The round trip: samples of the document's schemas through the generated types and back.
//!
//! A type that compiles can still be wrong. `cases` chooses the schemas and their samples, `decoders` writes the Rust that
//! decodes and encodes them, `answer` is what that says, and `judge` compares.

mod answer;
mod ask;
mod cases;
mod decoders;
mod judge;
mod variants;

pub use answer::Answer;
pub use ask::ask;
pub use cases::{Case, Cases, Trip};
pub use decoders::{decoders, program};
pub use judge::{Failure, Judged, judge};
