//! Why one call of progenitor failed.

use std::time::Duration;

use super::guard::Panic;

/// Why there is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Refused(String),
    Panicked(Panic),
    NotRust(String),
    /// The process ended without an answer; what it said last, or how it ended.
    Aborted(String),
    TimedOut(Duration),
    /// No process could be started, which says nothing about the document.
    NotStarted(String),
}

impl Failure {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "generate::refused",
            Self::Panicked(_) => "generate::panicked",
            Self::NotRust(_) => "generate::not_rust",
            Self::Aborted(_) => "generate::aborted",
            Self::TimedOut(_) => "generate::timed_out",
            Self::NotStarted(_) => "generate::not_started",
        }
    }

    /// As a sentence without a stop.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Refused(message) => format!("progenitor refuses it: {message}"),
            Self::Panicked(panic) => format!("progenitor {panic}"),
            Self::NotRust(message) => {
                format!("progenitor wrote something that is not Rust: {message}")
            }
            Self::Aborted(message) => format!("progenitor aborted: {message}"),
            Self::TimedOut(limit) => {
                format!("progenitor did not finish within {} s", limit.as_secs_f64())
            }
            Self::NotStarted(message) => {
                format!("the process that runs progenitor cannot be started: {message}")
            }
        }
    }
}
