//! The time that a call may take.
//!
//! Not reqwest's own: that is for a whole response, and a stream of events has no end.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep, timeout_at};

/// The time of a call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimedOut;

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time of the call is over")
    }
}

impl std::error::Error for TimedOut {}

/// When a call has to be done, if ever.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// For a response that is of no call.
    pub(crate) const NONE: Self = Self(None);

    /// From now on. A time that is too long to be counted is none.
    pub(crate) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// Whether there is time left after `wait` from now on.
    pub(crate) fn leaves(self, wait: Duration) -> bool {
        let Some(deadline) = self.0 else { return true };
        Instant::now()
            .checked_add(wait)
            .is_some_and(|then| then < deadline)
    }

    /// How much time is left; `None` if that has no end.
    pub(crate) fn left(self) -> Option<Duration> {
        Some(self.0?.saturating_duration_since(Instant::now()))
    }

    /// What comes of `work`, if it is done in time.
    pub(crate) async fn keep<T>(self, work: impl Future<Output = T>) -> Result<T, TimedOut> {
        match self.0 {
            Some(deadline) => timeout_at(deadline, work).await.map_err(|_| TimedOut),
            None => Ok(work.await),
        }
    }
}

/// How long the next piece of a body is waited for.
pub(crate) struct Patience {
    timeout: Option<Duration>,
    /// Runs while something is waited for.
    end: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub(crate) const fn new(timeout: Option<Duration>) -> Self {
        Self { timeout, end: None }
    }

    /// Something came.
    pub(crate) fn renew(&mut self) {
        self.end = None;
    }

    /// Ready when nothing has come for too long.
    pub(crate) fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(timeout) = self.timeout else {
            return Poll::Pending;
        };
        let end = self.end.get_or_insert_with(|| Box::pin(sleep(timeout)));
        end.as_mut().poll(context)
    }
}
