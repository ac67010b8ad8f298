//! Why a document did not come.

use std::error::Error;
use std::fmt::Write;
use std::time::Duration;

/// Why a document did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    /// What happened, as the rest of a sentence that starts with the URL.
    pub(crate) message: String,
    /// Whether another attempt may succeed.
    pub(super) may_pass: bool,
    /// How long the server asks to wait.
    pub(super) wait: Option<Duration>,
}

/// What kind of failure it is, which decides on the advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// There is no connection: no network, no such host, no TLS.
    Connect,
    /// It took too long.
    Timeout,
    /// The answer has a status that is neither the document nor that it is the same.
    Status,
    /// The server has said, for another document, that it is not to be asked for so long that this run does not wait for it.
    Closed,
    /// The document is gone.
    Gone,
    /// The answer leads elsewhere.
    Redirect,
    /// The body is not whole, or cannot be unpacked.
    Body,
    /// The body is larger than is read.
    TooLarge,
}

impl Failure {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            may_pass: false,
            wait: None,
        }
    }

    /// The same, and another attempt may succeed.
    pub(super) fn that_may_pass(mut self) -> Self {
        self.may_pass = true;
        self
    }

    /// What reqwest says of a request that got no answer.
    pub(super) fn of_request(error: reqwest::Error) -> Self {
        if error.is_builder() {
            // Nothing was sent, and would not be the next time.
            let message = format!("cannot be asked: {}", causes(&error.without_url()));
            return Self::new(Kind::Connect, message);
        }
        if error.is_connect() {
            let message = format!("cannot be reached: {}", causes(&error.without_url()));
            return Self::new(Kind::Connect, message).that_may_pass();
        }
        if error.is_timeout() {
            return Self::timeout();
        }
        let message = format!("gave no answer: {}", causes(&error.without_url()));
        Self::new(Kind::Connect, message).that_may_pass()
    }

    /// What reqwest says of a body that did not come whole.
    pub(super) fn of_body(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::timeout();
        }
        let message = format!(
            "sent an answer that is not whole: {}",
            causes(&error.without_url())
        );
        Self::new(Kind::Body, message).that_may_pass()
    }

    fn timeout() -> Self {
        Self::new(Kind::Timeout, "took too long to answer")
    }
}

/// An error with what caused it, each said once: several libraries repeat what their cause says.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let said = inner.to_string();
        if !text.contains(&said) {
            // Writing to a String cannot fail.
            let _ = write!(text, ": {said}");
        }
        cause = inner.source();
    }
    text
}
