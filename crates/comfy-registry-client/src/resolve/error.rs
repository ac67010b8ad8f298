//! Why there is no version.

use std::fmt;

use client_runtime::Error;

/// Why a version was not found.
///
/// Like [`Error`], it shows no credential and no body; of what came in place of a version it shows the id and the number.
#[non_exhaustive]
pub enum ResolveError {
    /// The registry has no such node, or the node has no such version.
    NotFound {
        /// What was asked for, as `example-upscalers 1.2.0`.
        wanted: String,
        /// The answer, where it was one with status 404.
        source: Option<Error>,
    },
    /// The node has versions, but none that is active; or only some before a release, which were not asked for.
    NoneActive {
        /// The id of the node.
        node_id: String,
        /// The greatest active version before a release, if there is one.
        prerelease: Option<String>,
    },
    /// The registry answered with something else than what was asked for, which is not to be installed in its place.
    Unexpected {
        /// What was asked for, as `example-upscalers 1.2.0`.
        wanted: String,
        /// What came in its place.
        found: String,
    },
    /// The registry could not say, of one version of many.
    Refused {
        /// What was asked for, as `example-upscalers 1.2.0`.
        wanted: String,
        /// What the registry says.
        message: Option<String>,
    },
    /// The call failed.
    Call(Error),
}

impl ResolveError {
    /// Whether the same call may succeed later.
    #[must_use]
    #[inline]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Call(error) if error.is_retryable())
    }

    /// A status of 404 says that there is no such thing; all else is a failure.
    #[inline]
    pub(super) fn of_call<E>(error: Error<E>, wanted: impl FnOnce() -> String) -> Self {
        let error = error.into_untyped();
        if error.status().is_some_and(|status| status == 404) {
            return Self::NotFound {
                wanted: wanted(),
                source: Some(error),
            };
        }
        Self::Call(error)
    }
}

/// As `Display`, so that what the registry says in words is not shown.
impl fmt::Debug for ResolveError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound {
                source: Some(error),
                ..
            }
            | Self::Call(error) => write!(f, "ResolveError({self}, {error:?})"),
            _ => write!(f, "ResolveError({self})"),
        }
    }
}

impl fmt::Display for ResolveError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { wanted, .. } => write!(f, "the registry does not have {wanted:?}"),
            Self::NoneActive {
                node_id,
                prerelease: None,
            } => write!(f, "{node_id:?} has no active version"),
            Self::NoneActive {
                node_id,
                prerelease: Some(version),
            } => write!(
                f,
                "{node_id:?} has no active release; its greatest version before one is {version:?}"
            ),
            Self::Unexpected { wanted, found } => write!(
                f,
                "the registry was asked for {wanted:?} and answered with {found:?}"
            ),
            Self::Refused { wanted, .. } => {
                write!(f, "the registry could not say what {wanted:?} is")
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ResolveError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotFound { source, .. } => source.as_ref().map(|source| source as _),
            Self::Call(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}
