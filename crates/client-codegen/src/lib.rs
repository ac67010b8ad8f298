//! Turns vendored API documents into Rust client crates.
