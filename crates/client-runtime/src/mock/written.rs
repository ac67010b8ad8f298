//! A value as a client writes it into a request.

use reqwest::{Method, Request, Url};

use crate::error::CallError;

/// A request that has nothing but what `write` puts there.
#[track_caller]
pub(super) fn written(write: impl FnOnce(&mut Request) -> Result<(), CallError>) -> Request {
    // The host is never asked: `.invalid` is reserved (RFC 6761 §6.4).
    let url = Url::parse("http://mock.invalid/").unwrap_or_else(|error| refuse(&error));
    let mut request = Request::new(Method::GET, url);
    write(&mut request).unwrap_or_else(|error| refuse(&error));
    request
}

/// Ends a test that expects what cannot be sent or compared, as the setters of the mock server do.
#[track_caller]
#[allow(
    clippy::panic,
    reason = "expectations are made in tests, and the message says what is wrong"
)]
pub(super) fn refuse(error: &dyn std::fmt::Display) -> ! {
    panic!("this cannot be expected of a client: {error}")
}
