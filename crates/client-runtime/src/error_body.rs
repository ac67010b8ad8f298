//! The typed body of an error, by status.

use serde::de::DeserializeOwned;

use crate::decode::{self, DecodeFailure};

/// An operation's error type, with a variant for each error status that its document has.
///
/// Generated for each operation; not meant to be implemented by hand, though tests may.
pub trait ErrorBody: Sized {
    /// The body that the document describes for exactly this status: `404`, else `4XX`, else `default`
    /// (OpenAPI 3.1 §4.8.16, Responses Object).
    fn decode(status: u16, body: &[u8]) -> Decoded<Self>;
}

/// What came of looking at an error's body.
#[derive(Debug)]
pub enum Decoded<T> {
    /// The body is what the document describes for this status, or the document says that this status has none.
    Value(T),
    /// The document does not have this status.
    Undocumented,
    /// The document describes a body for this status, and this is something else.
    Failed(DecodeFailure),
}

impl<T> Decoded<T> {
    /// Puts the body into the variant of its status.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Decoded<U> {
        match self {
            Self::Value(value) => Decoded::Value(f(value)),
            Self::Undocumented => Decoded::Undocumented,
            Self::Failed(failure) => Decoded::Failed(failure),
        }
    }
}

/// Decodes a JSON body, for use in [`ErrorBody::decode`].
#[must_use]
pub fn decode_json<T: DeserializeOwned>(body: &[u8]) -> Decoded<T> {
    match decode::decode(body) {
        Ok(value) => Decoded::Value(value),
        Err(failure) => Decoded::Failed(failure),
    }
}

/// The error type of an operation whose document describes no error: there are no values of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {}

impl ErrorBody for Untyped {
    fn decode(_status: u16, _body: &[u8]) -> Decoded<Self> {
        Decoded::Undocumented
    }
}
