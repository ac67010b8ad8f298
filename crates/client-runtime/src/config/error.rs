//! Why a client cannot be built.

use std::fmt;

/// A setting that is wrong. It names the setting, and never shows a value.
pub struct BuildError {
    pub(super) setting: &'static str,
    pub(super) problem: String,
    pub(super) source: Option<reqwest::Error>,
}

impl BuildError {
    pub(crate) fn new(setting: &'static str, problem: impl fmt::Display) -> Self {
        Self {
            setting,
            problem: problem.to_string(),
            source: None,
        }
    }

    pub(crate) fn http(source: reqwest::Error) -> Self {
        Self {
            source: Some(source.without_url()),
            ..Self::new("http client", "it cannot be set up")
        }
    }

    pub(super) fn problem(&self) -> &str {
        &self.problem
    }

    /// The setting, by the name of the builder's method (`api_key`, `base_url`), or of the environment variable that it was read
    /// from. `http client` if the HTTP client
    /// cannot be set up with settings that are right in themselves.
    #[must_use]
    pub fn setting(&self) -> &str {
        self.setting
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.problem)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuildError")
            .field("setting", &self.setting)
            .field("problem", &self.problem)
            .field("source", &self.source)
            .finish()
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
