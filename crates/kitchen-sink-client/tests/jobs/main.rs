//! Jobs that are waited for: which states end the waiting, how many calls that takes, and what the error says.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod failures;
mod states;
mod support;
