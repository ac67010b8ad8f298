//! A problem of the stages *generate* and *finish*, before it is tied to a place in a file.

/// What is wrong with a lowered document, or with what progenitor made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, `generate::…` or `finish::…`.
    pub code: &'static str,
    /// JSON pointer into the lowered document; empty where none applies.
    pub pointer: String,
    /// What happened, with the upstream message if there is one.
    pub message: String,
    /// What to do about it.
    pub help: String,
}
