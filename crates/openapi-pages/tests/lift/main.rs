//! The lift of Mintlify's resolved form, rule by rule.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod components;
mod entries;
mod pages;
mod parts;
#[path = "../support/mod.rs"]
mod support;
