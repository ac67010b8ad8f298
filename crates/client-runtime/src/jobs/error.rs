//! Why a job that was waited for gave no result.

use std::fmt;

use crate::error::Error;
use crate::error_body::Untyped;
use crate::response::ResponseValue;

/// Why the waiting for a job ended without its result: the job has failed, needs a person, was not done in time, or the call that asks
/// for its state failed.
///
/// `T` is the answer about the job and `E` the error type of the operation that asks for it.
///
/// `Display` is one line. As with [`Error`], neither it nor `Debug` shows what the server wrote: of the job's state only one that the
/// document lists. [`state`](Self::state), [`message`](Self::message) and [`answer`](Self::answer) give it.
///
/// ```
/// # fn f<T, E>(error: client_runtime::JobError<T, E>) {
/// if error.is_failed() {
///     println!("{:?}: {:?}", error.state(), error.message());
/// } else if error.is_timeout() {
///     println!("go on waiting later");
/// }
/// # }
/// ```
pub struct JobError<T, E = Untyped>(Box<Content<T, E>>);

struct Content<T, E> {
    operation: &'static str,
    end: End,
    last: Option<Seen<T>>,
    message: Option<String>,
    call: Option<Error<E>>,
}

/// What ended the waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Failed,
    NeedsPerson,
    TimedOut,
    Call,
}

/// An answer about a job.
pub(super) struct Seen<T> {
    pub(super) answer: ResponseValue<T>,
    pub(super) state: Option<String>,
    /// The state, if the document lists it.
    pub(super) listed: Option<&'static str>,
}

impl<T, E> JobError<T, E> {
    /// What the last answer said, and the failure of the last call, if it was one.
    pub(super) fn new(
        operation: &'static str,
        end: End,
        last: Option<Seen<T>>,
        message: Option<String>,
        call: Option<Error<E>>,
    ) -> Self {
        Self(Box::new(Content {
            operation,
            end,
            last,
            message,
            call,
        }))
    }

    /// The name in Rust of the operation that asks for the job, as in `get_widget`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The job has failed: [`state`](Self::state), [`message`](Self::message) and [`answer`](Self::answer) say how.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        self.0.end == End::Failed
    }

    /// The job goes on only if a person does something, as its [`state`](Self::state) says: an answer to a question, a consent.
    /// Then it can be waited for again.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        self.0.end == End::NeedsPerson
    }

    /// The time of the waiting is over. The job may go on, and can be waited for again.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.end == End::TimedOut
    }

    /// The call that asks for the job's state failed: [`call`](Self::call) says how. The job may go on.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.0.end == End::Call
    }

    /// The state in the last answer, as it is on the wire. `None` without an answer, or if it has none.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.0.last.as_ref()?.state.as_deref()
    }

    /// What the vendor says of a job that has failed or needs a person, from the first of the places that the document names where
    /// something stands; at most 1,024 characters. It is a part of the body, so `Display` does not have it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The last answer; `None` if there was none.
    #[must_use]
    pub fn answer(&self) -> Option<&ResponseValue<T>> {
        Some(&self.0.last.as_ref()?.answer)
    }

    /// The last answer by value.
    #[must_use]
    pub fn into_answer(self) -> Option<ResponseValue<T>> {
        Some(self.0.last?.answer)
    }

    /// The error of the call that ended the waiting, or of the last call before its time was over.
    #[must_use]
    pub fn call(&self) -> Option<&Error<E>> {
        self.0.call.as_ref()
    }

    /// That error by value.
    ///
    /// # Errors
    ///
    /// The error itself, if the last call was answered.
    pub fn into_call(self) -> Result<Error<E>, Self> {
        let mut content = self.0;
        content.call.take().ok_or(Self(content))
    }
}

impl<T, E> fmt::Display for JobError<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Content {
            operation,
            end,
            last,
            call,
            ..
        } = &*self.0;
        let listed = last.as_ref().and_then(|last| last.listed);
        match (end, call) {
            (End::Call, Some(call)) => {
                return write!(f, "the state of the job is not known: {call}");
            }
            (End::Call, None) => write!(f, "{operation}: the state of the job is not known")?,
            (End::Failed, _) => write!(f, "{operation}: the job has failed")?,
            (End::NeedsPerson, _) => write!(f, "{operation}: the job waits for a person")?,
            (End::TimedOut, Some(call)) => {
                return write!(
                    f,
                    "{operation}: the job was not done in time, and the last call failed: {call}"
                );
            }
            (End::TimedOut, None) => write!(f, "{operation}: the job was not done in time")?,
        }
        match (listed, last) {
            (Some(state), _) => write!(f, " (`{state}`)"),
            (None, Some(_)) => f.write_str(" (in a state that the document does not list)"),
            (None, None) => f.write_str(" (there was no answer)"),
        }
    }
}

/// What the server wrote is not shown, only whether it is there.
impl<T, E> fmt::Debug for JobError<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.last.as_ref();
        f.debug_struct("JobError")
            .field("operation", &self.0.operation)
            .field("end", &self.0.end)
            .field("state", &last.and_then(|last| last.listed))
            .field("message", &self.0.message.is_some())
            .field("answer", &last.is_some())
            .field("call", &self.0.call)
            .finish()
    }
}

/// The source is that of the call's error, which `Display` has already.
impl<T, E> std::error::Error for JobError<T, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(self.0.call.as_ref()?)
    }
}
