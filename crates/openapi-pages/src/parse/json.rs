//! JSON text (RFC 8259) with byte positions.
//!
//! serde_json decides whether the text is JSON; it gives no positions and takes duplicate keys silently, so a second
//! walk over the text that is now known to be valid builds the tree.

use std::ops::Range;

use serde_json::Value;

use super::builder::{Builder, too_deep};
use super::{scalar, size};
use crate::bounds::MAX_DEPTH;
use crate::node::Node;
use crate::problem::{Problem, code};

/// Reads `text`, which stands at byte `base` of the input; ranges are those of the input.
pub(crate) fn parse(text: &str, base: usize) -> Result<Node, Vec<Problem>> {
    size::check(text)?;
    let (text, skipped) = size::without_bom(text);
    let base = base + skipped;
    if text.trim().is_empty() {
        return Err(vec![Problem::new(
            code::EMPTY,
            base..base + text.len(),
            "there is no JSON value here",
            "check that the file was fetched completely",
        )]);
    }
    check_depth(text, base).map_err(|problem| vec![problem])?;
    serde_json::from_str::<Value>(text).map_err(|error| vec![syntax(text, base, &error)])?;
    Walk {
        text,
        base,
        at: 0,
        builder: Builder::default(),
    }
    .run()
}

/// Refuses deep nesting before serde_json, which would call it a syntax error at another depth.
fn check_depth(text: &str, base: usize) -> Result<(), Problem> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_deep(base + at..base + at + 1));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The problem for an error of serde_json, which says line and column (in bytes, from 1; 0 before the first one).
fn syntax(text: &str, base: usize, error: &serde_json::Error) -> Problem {
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or_default();
    if error.is_eof() {
        let end = base + text.trim_end().len();
        return Problem::new(
            code::TRUNCATED,
            end..end,
            format!("the JSON text ends too early: {message}"),
            "fetch the file again; it seems to have been cut off",
        );
    }
    let line: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let start = floor(text, line + error.column().saturating_sub(1));
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    let code = if message.contains("out of range") {
        code::NUMBER
    } else {
        code::JSON_SYNTAX
    };
    Problem::new(
        code,
        base + start..base + end,
        format!("the JSON text is not valid: {message}"),
        "correct the text, or fetch it again: JSON takes no comments, no trailing commas and only double quotes",
    )
}

/// The last character boundary of `text` at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// A walk over text that is known to be JSON.
struct Walk<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    builder: Builder,
}

impl Walk<'_> {
    fn run(mut self) -> Result<Node, Vec<Problem>> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if let Err(problem) = self.step(byte) {
                return Err(self.builder.stop(problem));
            }
        }
        let end = self.base + self.text.len();
        self.builder
            .finish()?
            .ok_or_else(|| vec![unexpected(end..end)])
    }

    /// Takes one token, or the white space and punctuation between two.
    fn step(&mut self, byte: u8) -> Result<(), Problem> {
        let start = self.base + self.at;
        match byte {
            b'{' | b'[' => {
                self.at += 1;
                if byte == b'{' {
                    self.builder.open_object(start)
                } else {
                    self.builder.open_array(start)
                }
            }
            b'}' | b']' => {
                self.at += 1;
                if let Some(built) = self.builder.close(start + 1) {
                    self.builder.attach(built);
                }
                Ok(())
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {
                self.at += 1;
                Ok(())
            }
            b'"' => self.string(),
            _ => self.literal(),
        }
    }

    fn string(&mut self) -> Result<(), Problem> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let mut end = start + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.at = (end + 1).min(bytes.len());
        let range = self.base + start..self.base + self.at;
        let decoded: Option<String> = self
            .text
            .get(start..self.at)
            .and_then(|quoted| serde_json::from_str(quoted).ok());
        let text = decoded.ok_or_else(|| unexpected(range.clone()))?;
        if self.builder.expects_key() {
            self.builder.key(text, range);
        } else {
            self.builder
                .attach(Builder::scalar(Value::String(text), range));
        }
        Ok(())
    }

    fn literal(&mut self) -> Result<(), Problem> {
        let rest = &self.text[self.at..];
        let length = rest
            .find([',', '}', ']', ' ', '\t', '\r', '\n'])
            .unwrap_or(rest.len())
            .max(1);
        let range = self.base + self.at..self.base + self.at + length;
        let word = rest
            .get(..length)
            .ok_or_else(|| unexpected(range.clone()))?;
        self.at += length;
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            number => match scalar::number(number) {
                Ok(number) => Value::Number(number),
                Err(reason) => {
                    self.builder
                        .problems
                        .push(reason.problem(number, range.clone()));
                    Value::Null
                }
            },
        };
        self.builder.attach(Builder::scalar(value, range));
        Ok(())
    }
}

/// Only for completeness: the walk sees what serde_json has accepted.
fn unexpected(range: Range<usize>) -> Problem {
    Problem::new(
        code::JSON_SYNTAX,
        range,
        "the JSON text is not valid here",
        "correct the text, or fetch it again",
    )
}
