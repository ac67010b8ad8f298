//! The error of the steps that are the same for every operation.

use std::fmt;

use reqwest::header::InvalidHeaderValue;

use super::{Cause, Report};

/// Why a request was not sent, or got no answer.
///
/// Generated code turns it into the [`Error`](crate::Error) of its operation with `?`; a caller never sees it.
pub struct CallError(pub(crate) Box<Report>);

impl CallError {
    pub(crate) fn new(report: Report) -> Self {
        Self(Box::new(report))
    }

    /// For header parameters.
    pub(crate) fn of_header(error: InvalidHeaderValue) -> Self {
        Self::new(Report {
            cause: Some(Cause::HeaderValue(error)),
            ..Report::invalid_request(
                "a header parameter holds a character that HTTP does not allow",
            )
        })
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for CallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
