//! What every fixture is about, and what goes through its client: JSON in and out, or a request on the wire.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

#[macro_use]
mod support;

mod bodies;
mod dialects;
mod enums;
mod files;
mod names;
mod operations;
mod parameters;
mod references;
mod responses;
mod schemas;
mod unions;

/// All rows.
pub(crate) fn rows() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let tables = [
        bodies::ROWS,
        dialects::ROWS,
        enums::ROWS,
        names::ROWS,
        operations::ROWS,
        parameters::ROWS,
        references::ROWS,
        responses::ROWS,
        schemas::ROWS,
        unions::ROWS,
    ];
    tables.into_iter().flatten()
}
