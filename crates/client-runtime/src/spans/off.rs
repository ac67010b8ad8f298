//! Nothing.

use std::future::Future;
use std::time::Duration;

use reqwest::{Request, Response};

use crate::error::{CallError, Report};
use crate::operation::OperationInfo;
use crate::redirect::Answered;

pub(crate) struct Span;

impl Span {
    pub(crate) fn of(_: &Request, _: &OperationInfo) -> Self {
        Self
    }

    pub(crate) fn over<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn attempt(&self) {}

    pub(crate) fn retry(&self, _: &Result<Answered, Report>, _: Duration) {}

    pub(crate) fn end(&self, _: &Result<Response, CallError>) {}
}
