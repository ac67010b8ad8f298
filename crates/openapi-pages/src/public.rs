//! The parsers as other stages use them: plain text in, plain value and map out, the first problem only.

use serde_json::Value;

use crate::node::Node;
use crate::parse;
use crate::problem::{Problem, code};
use crate::source_map::SourceMap;

/// Reads JSON text (RFC 8259, strictly) into its value and the byte range of each of its parts.
///
/// A byte order mark at the start is skipped; ranges count it.
///
/// # Errors
///
/// The first problem: the text is no JSON, has a key twice, has a number that cannot be kept, or is beyond a
/// [bound](crate::bounds).
pub fn parse_json(text: &str) -> Result<(Value, SourceMap), Problem> {
    first(parse::json(text, 0))
}

/// Reads YAML text (YAML 1.2.2 with the core schema) into its value and the byte range of each of its parts.
///
/// Aliases and merge keys (`<<`) are resolved. Plain `yes`, `no`, `on` and dates are texts. A key that is a number, a
/// boolean or null becomes the text that is written. A byte order mark at the start is skipped; ranges count it.
///
/// # Errors
///
/// The first problem: the text is no YAML, holds no or several documents, has a key twice, has a value that JSON
/// cannot express, or is beyond a [bound](crate::bounds).
pub fn parse_yaml(text: &str) -> Result<(Value, SourceMap), Problem> {
    first(parse::yaml(text, 0))
}

fn first(parsed: Result<Node, Vec<Problem>>) -> Result<(Value, SourceMap), Problem> {
    parsed.map(Node::into_value_and_spans).map_err(|problems| {
        problems.into_iter().next().unwrap_or_else(|| {
            Problem::new(
                code::EMPTY,
                None,
                "the text could not be read",
                "check that the text is complete",
            )
        })
    })
}
