//! What some calls of a client have of their own.

use std::time::Duration;

use crate::retry::RetryPolicy;

/// What calls have of their own, in place of their client's: given to `Client::with_options` of a generated client. What is not
/// set stays as it is in the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "options do nothing until a client takes them"]
pub struct CallOptions {
    timeout: Option<Option<Duration>>,
    retry: Option<RetryPolicy>,
}

impl CallOptions {
    /// Nothing of their own.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long a call may take, with all its attempts; `None` for no limit. Zero is over before it begins.
    ///
    /// A body that is read piece by piece has that long to begin, and then for each piece.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// When a call is made again by itself.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// These, and what only `others` set.
    pub(crate) fn or(&self, others: &Self) -> Self {
        Self {
            timeout: self.timeout.or(others.timeout),
            retry: self.retry.clone().or_else(|| others.retry.clone()),
        }
    }

    pub(crate) fn own_timeout(&self) -> Option<Option<Duration>> {
        self.timeout
    }

    pub(crate) fn own_retry(&self) -> Option<&RetryPolicy> {
        self.retry.as_ref()
    }
}
