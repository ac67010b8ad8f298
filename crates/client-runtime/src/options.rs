//! What some calls of a client have of their own.

use std::time::Duration;

use crate::retry::RetryPolicy;

/// What calls have of their own, in place of their client's: given to `Client::with_options` of a generated client. What is not
/// set stays as it is in the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "options do nothing until a client takes them"]
pub struct CallOptions {
    timeout: Option<Option<Duration>>,
    min_timeout: Option<Duration>,
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

    /// How long a call may take at least: the client's own timeout counts where it is longer. For calls that send much, and are not to
    /// take that time from a client that has more.
    pub fn min_timeout(mut self, timeout: Duration) -> Self {
        self.min_timeout = Some(timeout);
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
            // What is said of the time last is meant.
            min_timeout: match self.timeout {
                Some(_) => self.min_timeout,
                None => self.min_timeout.or(others.min_timeout),
            },
            retry: self.retry.clone().or_else(|| others.retry.clone()),
        }
    }

    /// The timeout of calls of a client that has this one.
    pub(crate) fn timeout_beside(&self, of_client: Option<Duration>) -> Option<Duration> {
        let timeout = self.timeout.unwrap_or(of_client)?;
        Some(self.min_timeout.map_or(timeout, |least| timeout.max(least)))
    }

    pub(crate) fn own_retry(&self) -> Option<&RetryPolicy> {
        self.retry.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_said_last_counts() {
        let seconds = Duration::from_secs;
        let none = CallOptions::new();
        let least = CallOptions::new().min_timeout(seconds(60));
        let short = CallOptions::new().timeout(seconds(5));
        let endless = CallOptions::new().timeout(None);
        for (options, of_client, expected) in [
            (none.clone(), Some(seconds(30)), Some(seconds(30))),
            (least.clone(), Some(seconds(30)), Some(seconds(60))),
            (least.clone(), Some(seconds(90)), Some(seconds(90))),
            (least.clone(), None, None),
            (least.or(&short), Some(seconds(90)), Some(seconds(60))),
            (least.or(&endless), Some(seconds(30)), None),
            (short.or(&least), Some(seconds(90)), Some(seconds(5))),
            (endless.or(&least), Some(seconds(30)), None),
            (none.or(&least), Some(seconds(30)), Some(seconds(60))),
        ] {
            assert_eq!(options.timeout_beside(of_client), expected, "{options:?}");
        }
    }
}
