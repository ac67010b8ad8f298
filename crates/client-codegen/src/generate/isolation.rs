//! Where progenitor runs.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::failure::Failure;
use super::{process, upstream};

/// How long progenitor may take for a whole document. The largest known ones take some seconds.
pub const TIME_LIMIT: Duration = Duration::from_secs(120);

/// What a failure of progenitor can take down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// A thread of this process: panics are survived, but not a stack overflow, nor a call that never returns.
    #[default]
    Thread,
    /// A process of its own: whatever happens is survived.
    Process {
        /// A program that calls [`answer_parent`](super::answer_parent) when its only argument is
        /// [`CHILD_COMMAND`](super::CHILD_COMMAND).
        program: PathBuf,
        /// How long a whole document may take; a part of it gets its share.
        time_limit: Duration,
    },
}

impl Isolation {
    /// Processes of the running program, which has to be one that can be such a child. A program that does not know where
    /// it is runs progenitor in a thread.
    #[must_use]
    pub fn own_program() -> Self {
        match std::env::current_exe() {
            Ok(program) => Self::Process {
                program,
                time_limit: TIME_LIMIT,
            },
            Err(_) => Self::Thread,
        }
    }

    /// The code for a document that is `share` of a whole one.
    pub(super) fn tokens(&self, document: &Value, share: f64) -> Result<String, Failure> {
        match self {
            Self::Thread => upstream::tokens(document),
            Self::Process {
                program,
                time_limit,
            } => process::tokens(program, document, limit(*time_limit, share)),
        }
    }
}

/// The share of a limit, but never less than starting a process may take where many run.
fn limit(whole: Duration, share: f64) -> Duration {
    const LEAST: Duration = Duration::from_secs(5);
    whole.mul_f64(share.clamp(0.0, 1.0)).max(LEAST.min(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_gets_its_share_of_the_time() {
        assert_eq!(limit(TIME_LIMIT, 1.0), TIME_LIMIT);
        assert_eq!(limit(TIME_LIMIT, 0.5), TIME_LIMIT / 2);
        assert_eq!(limit(TIME_LIMIT, 0.0), Duration::from_secs(5));
        let short = Duration::from_secs(1);
        assert_eq!(limit(short, 0.1), short);
    }
}
