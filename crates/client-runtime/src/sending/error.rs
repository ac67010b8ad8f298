//! Why a body cannot be sent.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// What is wrong with a file or a stream. Neither `Display` nor `Debug` shows more of it than the path and lengths in bytes;
/// what a caller's stream said is in the source alone, because it may be anything.
pub(crate) struct SendError {
    /// `None` for a stream.
    path: Option<PathBuf>,
    problem: Problem,
}

pub(crate) enum Problem {
    /// An error of the operating system, or of the stream.
    Failed(BoxError),
    /// The file has another length than when it was opened first.
    Changed { was: u64, is: u64 },
    /// It ended too early.
    Shorter { announced: u64, came: u64 },
    /// It does not end where it should.
    Longer { announced: u64 },
    /// It was sent before.
    Spent,
    /// With what is sent beside it, it is longer than any body.
    TooLong,
}

impl SendError {
    pub(crate) fn new(path: Option<PathBuf>, problem: Problem) -> Self {
        Self { path, problem }
    }

    pub(crate) fn failed(path: Option<PathBuf>, error: impl Into<BoxError>) -> Self {
        Self::new(path, Problem::Failed(error.into()))
    }

    pub(crate) fn is_spent(&self) -> bool {
        matches!(self.problem, Problem::Spent)
    }
}

/// What a stream says may hold anything, so it is only in the source.
impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SendError({self})")
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "the file {}", path.display())?,
            None => f.write_str("the stream")?,
        }
        match &self.problem {
            Problem::Failed(error) if self.path.is_some() => {
                write!(f, " cannot be read: {error}")
            }
            Problem::Failed(_) => f.write_str(" failed"),
            Problem::Changed { was, is } => {
                write!(f, " has {is} bytes now, and had {was} when it was opened")
            }
            Problem::Shorter { announced, came } => {
                write!(f, " ended after {came} of the {announced} bytes announced")
            }
            Problem::Longer { announced } => {
                write!(f, " is longer than the {announced} bytes announced")
            }
            Problem::TooLong => {
                f.write_str(" and the rest of the body have no length that can be announced")
            }
            Problem::Spent => f.write_str(" was sent before, and can be sent only once"),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Failed(error) => Some(&**error),
            _ => None,
        }
    }
}
