//! Lists that come in pages, where the document (or an overlay of it) says so by `x-pagination` on an operation: the builder gets a
//! method that gives all of them as a stream.

mod code;
mod declared;
mod resolved;

pub(super) use code::add;

const EXTENSION: &str = "x-pagination";
