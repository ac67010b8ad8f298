//! `fetch` against a site on the loopback interface: what it lets in, what it refuses, and what a run that fails leaves.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod bench;
mod command;
mod connections;
mod documents;
mod fault_table;
mod faults;
mod goldens;
mod hosts;
mod interrupted;
mod killed;
mod meanwhile;
mod mintlify;
mod pages;
mod repository;
mod review;
mod secrets;
mod shared;
mod site;
mod sites;
mod together;
