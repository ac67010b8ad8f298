//! What people say about retries.

use std::time::Duration;

use super::growing;

/// When a call that failed is made again by itself, and how often.
///
/// Made again is a call that may succeed the next time: one without an answer (no connection, one that broke off) or with the
/// status 408, 429, 500, 502, 503 or 504. That goes for calls that do the same when they are made twice: the methods that are
/// idempotent (RFC 9110 §9.2.2), and, where the API is known to have keys for that, any call with a key. A 429 with
/// `Retry-After` is one of a call that was not carried out, so any call is made again after it. A retry with a key that is answered
/// by 409 has met the attempt before it, which broke off and goes on at the server, so it is made again as well. A body that
/// cannot be sent again (a file, a stream) never is.
///
/// Waits grow by the factor of two from the first, each a random time between its half and all of it; after a `Retry-After`
/// (RFC 9110 §10.2.3) it comes on top of what the server asks for. All attempts together have the time of one call: what cannot be
/// waited for is the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    first_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Two retries, after up to half a second and up to a second; `Retry-After` up to 20 seconds.
    fn default() -> Self {
        Self {
            retries: 2,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// No retries.
    #[must_use]
    pub fn off() -> Self {
        Self {
            retries: 0,
            ..Self::default()
        }
    }

    /// How often a call is made again at most; 2 unless set, 0 for never.
    #[must_use]
    pub fn max_retries(self, retries: u32) -> Self {
        Self { retries, ..self }
    }

    /// The longest wait before the first retry; half a second unless set.
    #[must_use]
    pub fn first_delay(self, first_delay: Duration) -> Self {
        Self {
            first_delay,
            ..self
        }
    }

    /// The longest wait between two attempts, where the server does not say how long; 8 seconds unless set.
    #[must_use]
    pub fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// The longest `Retry-After` that is waited for; 20 seconds unless set. After a longer one the call is not made again, and the
    /// caller has the error with [`retry_after`](crate::Error::retry_after).
    #[must_use]
    pub fn max_retry_after(self, max_retry_after: Duration) -> Self {
        Self {
            max_retry_after,
            ..self
        }
    }

    pub(super) fn longest_retry_after(&self) -> Duration {
        self.max_retry_after
    }

    /// The waits, one before each retry.
    pub(super) fn delays(&self) -> impl Iterator<Item = Duration> + Send + Sync + use<> {
        let retries = self.retries.try_into().unwrap_or(usize::MAX);
        growing(self.first_delay, self.max_delay, Some(retries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest_one() {
        let policy = RetryPolicy::default()
            .max_retries(5)
            .first_delay(Duration::from_millis(100))
            .max_delay(Duration::from_millis(500));
        let delays: Vec<u128> = policy.delays().map(|delay| delay.as_millis()).collect();
        let most = [100, 200, 400, 500, 500];
        assert_eq!(delays.len(), most.len());
        for (delay, most) in delays.iter().zip(&most) {
            assert!((most / 2..=*most).contains(delay), "{delays:?}");
        }
        assert_eq!(RetryPolicy::off().delays().count(), 0);
    }

    #[test]
    fn any_values_can_be_counted_with() {
        let policy = RetryPolicy::default()
            .max_retries(u32::MAX)
            .first_delay(Duration::MAX)
            .max_delay(Duration::MAX);
        assert_eq!(policy.delays().take(3).count(), 3);
        let policy = policy.first_delay(Duration::ZERO).max_delay(Duration::ZERO);
        assert_eq!(policy.delays().next(), Some(Duration::ZERO));
    }
}
