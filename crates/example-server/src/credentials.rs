//! The one credential that is right, where the caller of the server says which.

use std::fmt;

/// What `--credential` says. Never shown.
#[derive(Clone)]
pub struct Credential(String);

impl Credential {
    /// The only right value of every scheme: the token of a bearer scheme, the key of an API key, `user:password` of basic.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Whether `given` is it. Not in constant time: who can reach the server is on the machine that started it.
    pub(crate) fn is(&self, given: &str) -> bool {
        self.0 == given
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(..)")
    }
}
