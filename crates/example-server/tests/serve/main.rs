//! The server on real sockets: what every operation answers, what the clients make of it, and what is refused.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod calls;
mod clients;
mod command;
mod every;
mod examples;
mod jobs;
mod refused;
mod sockets;
mod support;
