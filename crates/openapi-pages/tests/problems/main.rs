//! Every problem code: an input that has it, and where it points.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod cases;
mod codes;
#[path = "../support/mod.rs"]
mod support;
