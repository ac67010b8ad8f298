//! Files on disk and streams on the wire.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod failed;
mod once;
mod sent;
mod support;
