//! The error of the steps that are the same for every operation.

use std::fmt;

use super::Report;

/// Why a request was not sent, or got no answer.
///
/// Generated code turns it into the [`Error`](crate::Error) of its operation with `?`; a caller never sees it.
pub struct CallError(pub(crate) Box<Report>);

impl CallError {
    pub(crate) fn new(report: Report) -> Self {
        Self(Box::new(report))
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
