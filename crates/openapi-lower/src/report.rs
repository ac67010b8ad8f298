//! What a lowering tells about itself: notes for what it changed, problems for what it cannot do.

use serde::Serialize;

use crate::pointer;

/// The rule of the notes for operations that are not in the result.
pub(crate) const UNSUPPORTED_OPERATION: &str = "unsupported_operation";

/// The rules of the notes that tell of a fault of the document itself.
pub(crate) const UNRESOLVED_REFERENCE_RULE: &str = "unresolved_reference";
pub(crate) const EXTERNAL_REFERENCE_RULE: &str = "external_reference";
pub(crate) const CIRCULAR_REFERENCE_RULE: &str = "circular_reference";
pub(crate) const NO_OPERATIONS_RULE: &str = "no_operations";

/// What a rewrite does to the set of values that the document describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Effect {
    /// The same values, written in another way.
    Exact,
    /// The result allows more values than the document does.
    Widened,
    /// Something that a client could have used is not in the result.
    Dropped,
}

/// One change that a pass made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// JSON pointer (RFC 6901) into the document that was given.
    pub pointer: String,
    /// Name of the rule; one pass may have several.
    pub rule: &'static str,
    /// What the change does to the described values.
    pub effect: Effect,
    /// One sentence.
    pub message: String,
}

impl Note {
    /// A note of another stage, in the terms of this one.
    pub fn new(
        pointer: impl Into<String>,
        rule: &'static str,
        effect: Effect,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            rule,
            effect,
            message: message.into(),
        }
    }

    /// A note that the operation at this place of the given document is left out.
    pub fn operation_left_out(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(pointer, UNSUPPORTED_OPERATION, Effect::Dropped, reason)
    }

    /// A note that the component at this place of the given document is left out.
    pub fn component_left_out(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(pointer, "unsupported_component", Effect::Dropped, reason)
    }

    /// The operation that this note says is left out, as `POST /users`; `/users` where all of a path is.
    pub fn left_out(&self) -> Option<String> {
        if self.rule != UNSUPPORTED_OPERATION {
            return None;
        }
        let mut keys = pointer::keys(&self.pointer);
        let last = keys.pop()?;
        // Vendors write `users` for `/users`, but not without an operation's method below it.
        if keys == ["paths"] {
            return Some(last);
        }
        // Methods that OpenAPI 3.2 has no field for stand one level below.
        if keys.len() > 2 && keys.last().is_some_and(|key| key == "additionalOperations") {
            keys.pop();
        }
        Some(format!("{} {}", last.to_ascii_uppercase(), keys.pop()?))
    }

    /// The one of [`CODES`] that says what is wrong with the document, where the note tells of a fault and not of a
    /// rewrite: worth a warning, because the document can be mended.
    pub fn fault(&self) -> Option<&'static str> {
        match self.rule {
            UNRESOLVED_REFERENCE_RULE => Some(UNRESOLVED_REFERENCE),
            EXTERNAL_REFERENCE_RULE => Some(EXTERNAL_REFERENCE),
            CIRCULAR_REFERENCE_RULE => Some(CIRCULAR_REFERENCE),
            NO_OPERATIONS_RULE => Some(NO_OPERATIONS),
            _ => None,
        }
    }
}

/// Why a document cannot be lowered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// One of [`CODES`].
    pub code: &'static str,
    /// JSON pointer (RFC 6901) into the document that was given.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.pointer.is_empty() {
            "document"
        } else {
            &self.pointer
        };
        write!(
            formatter,
            "{}: {} at {place}; {}",
            self.code, self.message, self.help
        )
    }
}

/// A lowering that failed: all problems that were found, and the notes up to there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Never empty.
    pub problems: Vec<Problem>,
    /// What was changed before the lowering stopped.
    pub notes: Vec<Note>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(formatter)?;
            }
            write!(formatter, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// Every code of a problem, or of a fault that a note tells of, with its meaning.
pub const CODES: &[(&str, &str)] = &[
    (
        TOO_DEEP,
        "the document is nested deeper than any API description needs",
    ),
    (NOT_A_DOCUMENT, "the value is not an OpenAPI document"),
    (
        UNSUPPORTED_VERSION,
        "the document is not OpenAPI 3.0, 3.1 or 3.2",
    ),
    (
        MALFORMED,
        "a part of the document has the wrong JSON type and cannot be read past",
    ),
    (NO_PATHS, "the document has no `paths`"),
    (
        NO_OPERATIONS,
        "no operation is left, so there is nothing to generate",
    ),
    (UNRESOLVED_REFERENCE, "a `$ref` points to nothing"),
    (EXTERNAL_REFERENCE, "a `$ref` points into another document"),
    (
        CIRCULAR_REFERENCE,
        "a `$ref` leads back to itself without a schema in between",
    ),
    (
        NOT_OPENAPI_3_0,
        "the lowered document does not parse as OpenAPI 3.0, which is a gap in this crate",
    ),
];

pub(crate) const TOO_DEEP: &str = "lower::too_deep";
pub(crate) const NOT_A_DOCUMENT: &str = "lower::not_a_document";
pub(crate) const UNSUPPORTED_VERSION: &str = "lower::unsupported_version";
pub(crate) const MALFORMED: &str = "lower::malformed";
pub(crate) const NO_PATHS: &str = "lower::no_paths";
pub(crate) const NO_OPERATIONS: &str = "lower::no_operations";
pub(crate) const UNRESOLVED_REFERENCE: &str = "lower::unresolved_reference";
pub(crate) const EXTERNAL_REFERENCE: &str = "lower::external_reference";
pub(crate) const CIRCULAR_REFERENCE: &str = "lower::circular_reference";
pub(crate) const NOT_OPENAPI_3_0: &str = "lower::not_openapi_3_0";
