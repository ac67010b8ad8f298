//! Whether a call is made once more.

use std::time::Duration;

use reqwest::{Request, StatusCode};

use super::policy::RetryPolicy;
use super::{has_key, is_idempotent, retry_after};
use crate::error::Report;
use crate::inner::Inner;
use crate::redirect::Answered;

/// The attempts of one call.
pub(crate) struct Attempts {
    policy: RetryPolicy,
    delays: Box<dyn Iterator<Item = Duration> + Send + Sync>,
    /// Whether the call does the same when it is made twice.
    is_repeatable: bool,
    /// Whether the server knows the call by a key.
    has_key: bool,
    /// Whether this is not the first attempt.
    is_again: bool,
}

/// RFC 9110 §15.5.9, §15.6.1, §15.6.3 to §15.6.5, RFC 6585 §4.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

impl Attempts {
    /// `knows_keys` is whether the call goes to the API itself, which is who a key is for.
    pub(crate) fn of(request: &Request, inner: &Inner, knows_keys: bool) -> Self {
        let policy = inner.retry_policy().clone();
        let key = inner
            .shared()
            .idempotency_key
            .as_ref()
            .filter(|_| knows_keys);
        let has_key = has_key(request, key);
        Self {
            delays: Box::new(policy.delays()),
            is_repeatable: is_idempotent(request.method()) || has_key,
            has_key,
            is_again: false,
            policy,
        }
    }

    /// How long to wait until the next attempt; `None` if what came is what the caller gets.
    pub(crate) fn wait(&mut self, outcome: &Result<Answered, Report>) -> Option<Duration> {
        let asked = match outcome {
            Ok(answered) => {
                let status = answered.response.status();
                let asked = retry_after(answered.response.headers());
                let was_not_done = status == StatusCode::TOO_MANY_REQUESTS && asked.is_some();
                // The first attempt broke off here and goes on there (draft-ietf-httpapi-idempotency-key-header §2.7).
                let is_under_way = status == StatusCode::CONFLICT && self.has_key && self.is_again;
                if !(self.is_repeatable && may_pass(status) || was_not_done || is_under_way) {
                    return None;
                }
                asked
            }
            Err(report) if self.is_repeatable && report.may_pass() => None,
            Err(_) => return None,
        };
        let delay = self.delays.next()?;
        self.is_again = true;
        match asked {
            // Not all clients that were told so should come back at the same moment: the delay is random.
            Some(asked) => {
                (asked <= self.policy.longest_retry_after()).then_some(asked.saturating_add(delay))
            }
            None => Some(delay),
        }
    }
}
