//! Lists that come in pages: which pages are asked for, where a list ends, and how it goes on after an error.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod ends;
mod failures;
mod support;
