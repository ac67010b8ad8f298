//! One problem.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Place, SourceFile};

/// Whether a run can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The run fails after all stages that can still run have run.
    Error,
    /// Something that the user should know; the run succeeds.
    Warning,
}

/// A byte range of a file and what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What, in a few words; shown beside the range.
    pub text: String,
}

/// A problem with a stable code, a place, a cause and a next step.
///
/// Small, because it is the error of many functions; what it says is on the heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    said: Box<Said>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    code: Cow<'static, str>,
    severity: Severity,
    message: String,
    labels: Vec<Label>,
    pointer: Option<String>,
    help: String,
}

impl Diagnostic {
    /// A problem that makes the run fail. `code` is `stage::name`; `help` is the next step, as a sentence.
    pub fn error(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let said = Said {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            pointer: None,
            help: help.into(),
        };
        Self {
            said: Box::new(said),
        }
    }

    /// A problem that the run survives; otherwise as [`Diagnostic::error`].
    pub fn warning(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let mut warning = Self::error(code, message, help);
        warning.said.severity = Severity::Warning;
        warning
    }

    /// Adds a place. The first one is where the problem is; later ones say why it is one.
    #[must_use]
    pub fn with_label(
        mut self,
        file: &Arc<SourceFile>,
        range: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        let file = Arc::clone(file);
        self.said.labels.push(Label {
            place: Place { file, range },
            text: text.into(),
        });
        self
    }

    /// Adds a place if it is known.
    #[must_use]
    pub fn with_place(self, place: Option<Place>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.with_label(&place.file, place.range, text),
            None => self,
        }
    }

    /// Says which value of a document the problem is about (RFC 6901). Shown only if no label can be.
    #[must_use]
    pub fn with_pointer(mut self, pointer: impl Into<String>) -> Self {
        self.said.pointer = Some(pointer.into());
        self
    }

    /// The stable code, `stage::name`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.said.code
    }

    /// Whether the run can go on.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.said.severity
    }

    /// What is wrong, standing alone.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.said.message
    }

    /// The places, the decisive one first.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.said.labels
    }

    /// The JSON pointer of the value that the problem is about, if it is about one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.said.pointer.as_deref()
    }

    /// The next step.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.said.help
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.said.message)
    }
}

impl std::error::Error for Diagnostic {}
