//! All problems of a run.

use std::fmt;

use super::{Diagnostic, Severity};

/// Diagnostics in the order in which they were found, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "diagnostics that are not shown are lost"]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless an equal one is there: two stages may see the same fault of a document.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.items.contains(&diagnostic) {
            self.items.push(diagnostic);
        }
    }

    /// Whether there is none, of any severity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many there are, of any severity.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether the run has failed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity() == Severity::Error)
    }

    /// In order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// The value, unless there is an error among these. Warnings alone are dropped: a stage that warns returns them
    /// beside its value.
    pub fn or_value<T>(self, value: T) -> Result<T, Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok(value)
        }
    }

    /// Two values that were made independently of each other, or the problems of both, so that all are told in one run.
    ///
    /// # Errors
    /// What either failed with, the first one's first.
    pub fn both<A, B>(one: Result<A, Self>, other: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, other) {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (one, other) => {
                let found = [one.err(), other.err()].into_iter().flatten();
                Err(found.flatten().collect())
            }
        }
    }

    /// `2 errors and 1 warning`.
    #[must_use]
    pub fn summary(&self) -> String {
        let errors = self
            .items
            .iter()
            .filter(|d| d.severity() == Severity::Error)
            .count();
        let warnings = self.items.len() - errors;
        match (errors, warnings) {
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!(
                "{} and {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        for diagnostic in iter {
            self.push(diagnostic);
        }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        let mut all = Self::new();
        all.extend(iter);
        all
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            items: vec![diagnostic],
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.items.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{}: {diagnostic}", diagnostic.code())?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
