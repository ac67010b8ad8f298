//! The runtime as generated code uses it, against servers on the loopback interface.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod answers;
mod attempts;
mod configuration;
mod downloads;
mod miniature;
#[cfg(feature = "httpmock")]
mod mocks;
mod providers;
mod quiet;
mod redirects;
mod renewals;
mod requests;
mod shape;
mod styles;
mod uploads;
