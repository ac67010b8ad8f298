//! Markdown that rustdoc and clippy accept and that never runs.
//!
//! The text is edited in place where a parser says it must be, so what needs no change stays as it was written.
//! Everything is checked at the end; a text that still is not harmless becomes plain text with all marks escaped.

mod edits;
mod html;
mod plain;
mod sentence;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::{Map, Value};

pub use sentence::first_sentence;

/// What rustdoc parses with, apart from smart punctuation, which changes no structure.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// How often a text is edited before it is given up. Two rounds settle almost everything: one for what HTML hid.
const MAX_ROUNDS: usize = 6;

/// The text as harmless Markdown.
pub(crate) fn harmless(text: &str) -> String {
    let text = normalized(text);
    if is_plain(&text) {
        return text;
    }
    let mut current = html::to_markdown(&text);
    for _ in 0..MAX_ROUNDS {
        let next = normalized(&edits::apply(&current));
        if next == current {
            break;
        }
        current = next;
    }
    if is_harmless(&current) && edits::apply(&current) == current {
        current
    } else {
        plain::escaped(&current)
    }
}

/// The text as harmless Markdown in one line, for places that stand inside of other Markdown.
pub(crate) fn harmless_line(text: &str) -> String {
    let harmless = harmless(text);
    if !harmless.contains('\n') {
        return if starts_block(&harmless) {
            plain::line(&harmless)
        } else {
            harmless
        };
    }
    let joined: Vec<&str> = harmless
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let joined = joined.join(" ");
    let simple = Parser::new_ext(&harmless, options()).all(|event| {
        !matches!(
            event,
            Event::Start(
                Tag::CodeBlock(_)
                    | Tag::List(_)
                    | Tag::Table(_)
                    | Tag::Heading { .. }
                    | Tag::BlockQuote(_)
            ) | Event::Rule
                | Event::HardBreak
        )
    });
    let again = harmless_once(&joined);
    if simple && again == joined && !starts_block(&joined) {
        joined
    } else {
        plain::line(&harmless)
    }
}

fn harmless_once(text: &str) -> String {
    harmless(text)
}

/// Whether the line opens a block, which would nest in whatever it is put into.
fn starts_block(line: &str) -> bool {
    !line.is_empty()
        && !matches!(
            Parser::new_ext(line, options()).next(),
            Some(Event::Start(Tag::Paragraph)) | None
        )
}

/// The text as a code span, whatever it holds (CommonMark 0.31 §6.1).
pub(crate) fn code_span(text: &str) -> String {
    let runs = text.split(|character| character != '`').map(str::len);
    match runs.max().unwrap_or_default() {
        0 => format!("`{text}`"),
        longest => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// The text in code, on one line: a code span ends with its paragraph.
pub(crate) fn code_line(text: &str) -> String {
    match text.is_empty() || text.contains(char::is_control) {
        true => code_span(&Value::from(text).to_string()),
        false => code_span(text),
    }
}

/// Adds a sentence as the last paragraph of a description.
pub(crate) fn add_paragraph(described: &mut Map<String, Value>, sentence: &str) {
    add(described, "\n\n", sentence);
}

/// Adds a sentence to a description that is going to be one line.
pub(crate) fn add_sentence(described: &mut Map<String, Value>, sentence: &str) {
    let description = described.get("description").and_then(Value::as_str);
    let is_closed =
        description.is_none_or(|text| text.trim_end().ends_with(['.', '!', '?', ':', ';']));
    add(described, if is_closed { " " } else { ". " }, sentence);
}

fn add(described: &mut Map<String, Value>, between: &str, sentence: &str) {
    let description = described.get("description").and_then(Value::as_str);
    let description = match description.map(str::trim_end) {
        None | Some("") => sentence.to_owned(),
        Some(description) => format!("{description}{between}{sentence}"),
    };
    described.insert("description".to_owned(), Value::String(description));
}

/// Line ends, tabs, control characters and blanks at the ends of lines.
pub(crate) fn normalized(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    let visible = |character: &char| {
        // Characters that turn the direction of text are a lint of rustc: code could look like other code.
        *character == '\n'
            || !(character.is_control()
                || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'))
    };
    let text: String = text.chars().filter(visible).collect();
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.first().is_some_and(|line| line.is_empty()) {
        lines.remove(0);
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    match lines.as_slice() {
        // Alone, the line's indentation can only be an accident.
        [one] => one.trim_start().to_owned(),
        lines => lines.join("\n"),
    }
}

/// Whether nothing in a text could be anything but text.
fn is_plain(text: &str) -> bool {
    // Four blanks behind a list mark are a code block.
    !text.contains(['\n', '[', '<', '`', '~']) && !text.contains("://") && !text.contains("    ")
}

/// Whether a Markdown text has no code but plain text, no HTML, and ends where it seems to.
pub(crate) fn is_harmless(text: &str) -> bool {
    const TAIL: &str = "tail-of-the-text";
    // Whatever comes behind must not become part of an open block.
    let closed = format!("{text}\n\n{TAIL}");
    let mut depth = 0_usize;
    let mut tail_is_paragraph = false;
    for event in Parser::new_ext(&closed, options()) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => return false,
            Event::Start(Tag::HtmlBlock) => return false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => return false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info != "text" => {
                return false;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if &*text == TAIL => tail_is_paragraph = depth <= 3,
            _ => {}
        }
    }
    // In a list, what is behind a blank line and not indented is outside of it again.
    tail_is_paragraph
}

#[cfg(test)]
mod tests;
