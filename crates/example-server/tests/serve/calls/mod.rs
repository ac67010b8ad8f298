//! Every operation of every client, called once by the client's own method.
//!
//! What is called is written by the snapshots of `xtask` (`5-calls.snap.rs` of each API), so an operation that is new is
//! called as soon as they are accepted, and one that is not is a snapshot that differs.

#[macro_use]
mod macros;
mod clients;
mod documented;
mod made;
mod samples;
