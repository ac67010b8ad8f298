//! The binary in folders that are none of this repository's, up to code that compiles against what it made.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests, which clippy cannot know"
)]

mod compiles;
mod corpus;
mod diff;
mod left_out;
mod refuses;
mod support;
