//! Jobs of the server that a program waits for.

mod error;
mod polled;
mod progress;
mod schedule;
mod states;
#[cfg(test)]
mod tests;
mod text;
mod wait;

pub use error::JobError;
pub use polled::{JobCall, Polled};
pub use progress::JobProgress;
pub use states::JobStates;
pub use text::job_text;
pub use wait::Wait;
