//! What generated code says of an operation that reads the state of a job.

use std::future::Future;
use std::pin::Pin;

use super::states::JobStates;
use crate::error::Error;
use crate::response::ResponseValue;

/// A call whose answer says how far a job of the server is. Generated code implements it for the builders of such operations; it is
/// [`Wait`](super::Wait) that calls it.
pub trait Polled: Clone + Send {
    /// The operation's name in Rust.
    const OPERATION: &'static str;
    /// The states that the document lists.
    const STATES: JobStates;
    /// The body of an answer.
    type Answer: Send;
    /// The operation's error type.
    type Error: Send;
    /// A call that is under way.
    type Call: Future<Output = Result<ResponseValue<Self::Answer>, Error<Self::Error>>> + Send;

    /// Sends the call.
    fn call(self) -> Self::Call;

    /// The job's state as it is on the wire; `None` if the answer has none.
    fn state(answer: &Self::Answer) -> Option<String>;

    /// What is said of the job; `None` if that is nothing.
    fn message(answer: &Self::Answer) -> Option<String>;
}

/// A call that asks for the state of a job, as generated code makes it.
pub type JobCall<'a, T, E> =
    Pin<Box<dyn Future<Output = Result<ResponseValue<T>, Error<E>>> + Send + 'a>>;
