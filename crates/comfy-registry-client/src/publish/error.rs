//! Which step of publishing failed.

use std::fmt;
use std::time::Duration;

use client_runtime::Error;

use crate::error::PublishNodeVersionError;
use crate::types::{NodeVersion, NodeVersionStatus};

/// Why a version is not published, by the step that failed. What there is after it differs.
///
/// Like [`Error`], it shows no credential, no body and no signed address. [`call`](Self::call) gives the error of the call, with the registry's words.
#[non_exhaustive]
pub enum PublishError {
    /// Nothing was sent: this is missing or unusable.
    Invalid(&'static str),
    /// The version was not made. The registry answers 400 for a version that exists, and for a wrong token.
    Create(Error<PublishNodeVersionError>),
    /// The version was made, and the registry did not say where its archive goes. It stays without a file: delete it, or publish another number.
    NoAddress {
        /// The version as it was made.
        version: Box<NodeVersion>,
    },
    /// The version was made, and its archive was not uploaded. It stays without a file: delete it, or publish another number.
    Upload {
        /// The version as it was made.
        version: Box<NodeVersion>,
        /// What the upload failed with.
        source: Error,
    },
    /// The archive was uploaded, and the state of the version cannot be read. It may become active all the same.
    Wait {
        /// The version as it was last seen.
        version: Box<NodeVersion>,
        /// What the call failed with.
        source: Error,
    },
    /// The archive was uploaded, and the scan was not over after this time. It may become active later.
    Pending {
        /// The version as it was last seen.
        version: Box<NodeVersion>,
        /// How long it was waited for at most.
        waited: Duration,
    },
    /// The archive was uploaded, and the version was deleted or banned while it was waited for.
    Ended {
        /// The version as it was last seen.
        version: Box<NodeVersion>,
    },
}

impl PublishError {
    /// The version, if it was made: the registry has it from then on, whatever failed later.
    #[must_use]
    #[inline]
    pub fn version(&self) -> Option<&NodeVersion> {
        match self {
            Self::Invalid(_) | Self::Create(_) => None,
            Self::NoAddress { version }
            | Self::Upload { version, .. }
            | Self::Wait { version, .. }
            | Self::Pending { version, .. }
            | Self::Ended { version } => Some(version),
        }
    }

    /// Whether the version was made and stays without a file.
    #[must_use]
    #[inline]
    pub fn leaves_no_file(&self) -> bool {
        matches!(self, Self::NoAddress { .. } | Self::Upload { .. })
    }

    /// What the registry or its storage says; see [`Error::message`].
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Create(error) => error.message(),
            _ => self.call()?.message(),
        }
    }

    /// The error of the call or upload that failed, if it is not the one that makes the version, whose error is typed.
    #[must_use]
    #[inline]
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Upload { source, .. } | Self::Wait { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl fmt::Display for PublishError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NO_FILE: &str = "it stays in the registry without a file";
        match self {
            Self::Invalid(problem) => write!(f, "nothing was published: {problem}"),
            Self::Create(error) => write!(f, "the version was not made: {error}"),
            Self::NoAddress { .. } => write!(
                f,
                "the version was made, but the registry did not say where its archive goes; {NO_FILE}"
            ),
            Self::Upload { source, .. } => write!(
                f,
                "the version was made, but its archive was not uploaded, and {NO_FILE}: {source}"
            ),
            Self::Wait { source, .. } => write!(
                f,
                "the archive was uploaded, but the state of the version cannot be read: {source}"
            ),
            Self::Pending { waited, .. } => write!(
                f,
                "the archive was uploaded, but the scan was not over after {waited:?}"
            ),
            Self::Ended { version } => write!(
                f,
                "the archive was uploaded, but the version has the status {:?}",
                version
                    .status
                    .as_ref()
                    .map_or("", NodeVersionStatus::as_str)
            ),
        }
    }
}

/// As `Display`: a version holds what a publisher wrote, and can be long.
impl fmt::Debug for PublishError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublishError({self})")
    }
}

impl std::error::Error for PublishError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Create(error) => std::error::Error::source(error),
            _ => std::error::Error::source(self.call()?),
        }
    }
}
