//! What a program sees of a job while it waits.

use std::fmt;

use crate::response::ResponseValue;

/// One answer about a job, for the function that is given to [`Wait::on_answer`](super::Wait::on_answer).
pub struct JobProgress<'p, T> {
    pub(super) answer: &'p ResponseValue<T>,
    pub(super) state: Option<&'p str>,
}

impl<'p, T> JobProgress<'p, T> {
    /// The answer.
    #[must_use]
    pub fn answer(&self) -> &'p ResponseValue<T> {
        self.answer
    }

    /// The job's state as it is on the wire; `None` if the answer has none.
    #[must_use]
    pub fn state(&self) -> Option<&'p str> {
        self.state
    }
}

/// The server's texts are not shown.
impl<T> fmt::Debug for JobProgress<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JobProgress")
    }
}
