//! Files that diagnostics point into.

use std::ops::Range;
use std::sync::Arc;

use super::excerpt::harmless;
use super::urls::covered;

/// A file that was read, kept for as long as a diagnostic may quote it.
///
/// The text is only there when the bytes are UTF-8: a byte range means nothing to a reader otherwise.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    name: String,
    text: Option<String>,
    /// What is quoted, if it is not the text itself.
    quotable: Option<String>,
}

impl SourceFile {
    /// A file by the name that the user knows it by (relative to the workspace, with `/`) and its bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Arc<Self> {
        let text = String::from_utf8(bytes).ok();
        let quotable = text
            .as_deref()
            .map(|text| covered(&harmless(text)))
            .filter(|quotable| Some(quotable) != text.as_ref());
        let name = name.into();
        Arc::new(Self {
            name,
            text,
            quotable,
        })
    }

    /// The name that the user knows the file by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, unless the bytes were not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The text as it can be shown in a terminal, without the secrets of URLs; ranges of the one are ranges of the other.
    pub(super) fn quotable(&self) -> Option<&str> {
        self.quotable.as_deref().or(self.text())
    }
}

/// A byte range in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of the file, end exclusive.
    pub range: Range<usize>,
}
