//! A span of `tracing` over a call, from its first attempt to the head of the answer that the caller gets.
//!
//! It has the names that the document has for the call, and of the URL the host alone: paths, queries, header fields and bodies
//! can hold secrets or somebody's data.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Request, Response};
use tracing::Instrument as _;
use tracing::field::Empty;

use crate::error::{CallError, Report};
use crate::operation::OperationInfo;
use crate::redirect::Answered;

pub(crate) struct Span {
    span: tracing::Span,
    began: Instant,
    attempts: AtomicU32,
}

impl Span {
    pub(crate) fn of(request: &Request, info: &OperationInfo) -> Self {
        let span = tracing::info_span!(
            "call",
            operation = info.operation_id,
            method = request.method().as_str(),
            host = request.url().host_str(),
            path = info.path,
            attempt = Empty,
            status = Empty,
            duration_ms = Empty,
        );
        Self {
            span,
            began: Instant::now(),
            attempts: AtomicU32::new(0),
        }
    }

    pub(crate) fn over<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        call.instrument(self.span.clone())
    }

    /// One more, the first included.
    pub(crate) fn attempt(&self) {
        let attempt = self.attempts.fetch_add(1, Ordering::Relaxed) + 1;
        self.span.record("attempt", attempt);
    }

    pub(crate) fn retry(&self, outcome: &Result<Answered, Report>, wait: Duration) {
        let wait_ms = milliseconds(wait);
        match outcome {
            Ok(answered) => {
                let status = answered.response.status().as_u16();
                tracing::debug!(parent: &self.span, status, wait_ms, "the call is made again");
            }
            Err(error) => {
                tracing::debug!(parent: &self.span, %error, wait_ms, "the call is made again");
            }
        }
    }

    pub(crate) fn end(&self, outcome: &Result<Response, CallError>) {
        self.span
            .record("duration_ms", milliseconds(self.began.elapsed()));
        match outcome {
            Ok(response) => {
                self.span.record("status", response.status().as_u16());
            }
            Err(error) => tracing::debug!(parent: &self.span, %error, "the call failed"),
        }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}
