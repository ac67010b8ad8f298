//! What cannot be compared.

use std::fmt;

use serde_json::Value;

/// Which of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first one.
    Old,
    /// The second one.
    New,
}

/// A value that is no OpenAPI document of version 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// Which one.
    pub side: Side,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Old => "old",
            Side::New => "new",
        };
        write!(
            f,
            "the {side} document is not an OpenAPI document of version 3"
        )
    }
}

impl std::error::Error for Error {}

/// Whether a value can be compared.
pub(crate) fn check(document: &Value, side: Side) -> Result<(), Error> {
    let version = document.get("openapi").and_then(Value::as_str);
    if version.is_some_and(|version| version.starts_with("3.")) {
        return Ok(());
    }
    Err(Error { side })
}
