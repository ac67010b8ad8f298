//! What `?` in generated code turns into an [`Error`].

use std::convert::Infallible;

use reqwest::header::InvalidHeaderValue;

use super::{CallError, Error, Report};

#[doc(hidden)] // for generated code
impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        Self::from_report(*error.0)
    }
}

#[doc(hidden)] // for generated code
/// For `RequestBuilder::build`: the request cannot be put together.
impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::from_report(Report::from_reqwest(error, None))
    }
}

#[doc(hidden)] // for generated code
/// For header parameters.
impl<E> From<InvalidHeaderValue> for Error<E> {
    fn from(error: InvalidHeaderValue) -> Self {
        CallError::of_header(error).into()
    }
}

#[doc(hidden)] // for generated code
/// For header parameters whose type cannot fail to become a header value.
impl<E> From<Infallible> for Error<E> {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
