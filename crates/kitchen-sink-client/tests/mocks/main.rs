//! Mocks of each kind of operation: what they expect is what the client sends, and what they answer is what it reads.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod answers;
mod bodies;
mod complete;
mod pages;
mod parameters;
mod styles;
mod support;
