//! What can be wrong with YAML text.

use std::ops::Range;

use saphyr_parser::Tag;

use super::builder::too_deep;
use crate::bounds::{MAX_ALIAS_BYTES, MAX_ALIAS_NODES};
use crate::problem::{Problem, code};

/// The problem for an error of the parser, which says `info` about byte `start` of `text`; `text` stands at byte `base`
/// of the input.
pub(super) fn scan(text: &str, base: usize, start: usize, info: &str) -> Problem {
    let next = text[start..].chars().next();
    let range = base + start..base + start + next.map_or(0, char::len_utf8);
    if info.contains("recursion limit") {
        return too_deep(range);
    }
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let indent = text[line..]
        .split(|c| c != ' ' && c != '\t')
        .next()
        .unwrap_or_default();
    if next == Some('*') && info.contains("anchor") {
        let alias = text[start..].split(|c: char| c.is_whitespace() || ",[]{}".contains(c));
        let length = alias.map(str::len).next().unwrap_or_default();
        return Problem::new(
            code::UNKNOWN_ALIAS,
            range.start..range.start + length,
            "this alias has no anchor before it",
            "define the anchor (`&name`) earlier in the text, or put the text in quotes if it is not an alias",
        );
    }
    let at_indent = indent.find('\t').filter(|_| start <= line + indent.len());
    let tab = at_indent.map(|at| line + at).or_else(|| {
        // The parser points to the start of a text that might have gone on in the line with the tab.
        let found = info.contains("found a tab");
        found.then(|| next_tab(text, start)).flatten()
    });
    if let Some(tab) = tab.map(|at| base + at) {
        return Problem::new(
            code::YAML_TAB,
            tab..tab + 1,
            "the line is indented with a tab, which YAML forbids",
            "indent with spaces",
        );
    }
    Problem::new(
        code::YAML_SYNTAX,
        range,
        format!("the YAML text is not valid: {info}"),
        "correct the text at this place; a text with `: `, ` #` or a leading special character needs quotes",
    )
}

/// The first tab in the indentation of a line after the one of `start` that is not blank.
fn next_tab(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - content.len()];
        let tab = indent.find('\t').filter(|_| !content.trim().is_empty());
        if let Some(tab) = tab.filter(|_| at > start) {
            return Some(at + tab);
        }
        at += line.len();
    }
    None
}

/// The problem of the first NUL, which the parser would take for the end of the text in some places.
pub(super) fn nul(text: &str, base: usize) -> Option<Problem> {
    let at = base + text.find('\0')?;
    Some(Problem::new(
        code::YAML_SYNTAX,
        at..at + 1,
        "a NUL byte stands here, which no text has",
        "fetch the file again; it seems to be damaged or in another encoding than UTF-8",
    ))
}

pub(super) fn recursive_alias(range: Range<usize>) -> Problem {
    Problem::new(
        code::RECURSIVE_ALIAS,
        range,
        "this alias lies inside the value that it repeats, which would never end",
        "use a `$ref` for a recursive schema",
    )
}

pub(super) fn alias_bomb(range: Range<usize>) -> Problem {
    Problem::new(
        code::ALIAS_BOMB,
        range,
        format!(
            "aliases up to here repeat more than {MAX_ALIAS_NODES} values or {MAX_ALIAS_BYTES} bytes"
        ),
        "replace the aliases of large values by `$ref`s to components",
    )
}

pub(super) fn empty(range: Range<usize>) -> Problem {
    Problem::new(
        code::EMPTY,
        range,
        "there is no YAML document here, only blank lines and comments",
        "check that the file was fetched completely",
    )
}

pub(super) fn several_documents(range: Range<usize>) -> Problem {
    Problem::new(
        code::YAML_DOCUMENTS,
        range,
        "a second YAML document starts here",
        "keep one document per file: split the text at the `---` line",
    )
}

pub(super) fn complex_key(range: Range<usize>) -> Problem {
    Problem::new(
        code::YAML_KEY,
        range,
        "a key must be a text, a number, a boolean or null",
        "put the key in quotes: `{name}` without quotes is a mapping, not a text",
    )
}

pub(super) fn tag_problem(tag: &Tag, range: Range<usize>) -> Problem {
    Problem::new(
        code::YAML_TAG,
        range,
        format!(
            "the tag `{}{}` has no meaning for this value",
            tag.handle, tag.suffix
        ),
        "remove the tag; only `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` and `!!map` are known",
    )
}
