//! What a caller can choose.

/// Settings of [`lower`](crate::lower).
///
/// ```
/// let options = openapi_lower::Options::default().reserve_operation_name("token");
/// assert!(options.reserved_operation_names.contains(&"token".to_owned()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Operation names, in snake case, that the generated client already uses for something else. An operation that
    /// would get one is renamed. The default holds the methods of progenitor's `Client` and of the traits it has.
    pub reserved_operation_names: Vec<String>,
    /// Whether what stock progenitor cannot write becomes a stand-in with an entry in [`Lowered::marks`], for a caller
    /// that rewrites progenitor's output, and whether operations that are at another server than the client keep `servers`, with
    /// one URL. The default is `false`: it is left out, with a note.
    ///
    /// [`Lowered::marks`]: crate::Lowered::marks
    pub marks: bool,
}

impl Default for Options {
    fn default() -> Self {
        let names = [
            "new",
            "new_with_client",
            "exec",
            "pre",
            "post",
            "api_version",
            "baseurl",
            "client",
            "inner",
            "builder",
        ];
        Self {
            reserved_operation_names: names.map(str::to_owned).to_vec(),
            marks: false,
        }
    }
}

impl Options {
    /// Asks for stand-ins and [`Lowered::marks`](crate::Lowered::marks).
    #[must_use]
    pub fn with_marks(mut self) -> Self {
        self.marks = true;
        self
    }

    /// Adds one reserved operation name.
    #[must_use]
    pub fn reserve_operation_name(mut self, name: impl Into<String>) -> Self {
        self.reserved_operation_names.push(name.into());
        self
    }
}
