//! What part of a file is quoted, and in a form that a terminal can be given.
//!
//! miette quotes a labelled range whole and its lines whole. The value that a pointer names may be a thousand lines, and a
//! minified document is one line of a megabyte, so both are cut here.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::SourceFile;

/// A line longer than this is quoted only around the label.
const LONGEST_LINE: usize = 200;
/// How much of a long line is quoted before the label.
const BEFORE: usize = 40;
/// A label is cut to this, so that it ends within what is quoted: miette takes one that does not for several lines.
const LONGEST_LABEL: usize = LONGEST_LINE - BEFORE;

impl SourceFile {
    /// The part of `range` that a label marks: clamped to the text, to whole characters, to the first line and to what is
    /// quoted of it.
    pub(super) fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.quotable().unwrap_or_default();
        let start = floor(text, range.start);
        let end = floor(text, range.end.clamp(start, start + LONGEST_LABEL));
        let marked = text.get(start..end).unwrap_or_default();
        let line = marked.lines().next().unwrap_or_default();
        start..start + line.trim_end().len()
    }
}

/// The closest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..]
        .find('\n')
        .map_or(text.len(), |newline| offset + newline)
}

/// The lines around `range`, without the last newline; only a part of the line if one of them is too long.
fn window(text: &str, range: &Range<usize>, before: usize, after: usize) -> Range<usize> {
    let mut start = line_start(text, range.start);
    for _ in 0..before {
        start = line_start(text, start.saturating_sub(1));
    }
    let mut end = line_end(text, range.end);
    for _ in 0..after {
        end = line_end(text, (end + 1).min(text.len()));
    }
    if text[start..end]
        .lines()
        .all(|line| line.len() <= LONGEST_LINE)
    {
        return start..end;
    }
    let start = floor(text, range.start.saturating_sub(BEFORE)).max(line_start(text, range.start));
    start..floor(text, start + LONGEST_LINE).min(line_end(text, range.start))
}

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.quotable().ok_or(MietteError::OutOfBounds)?;
        let start = floor(text, span.offset());
        let end = floor(text, span.offset().saturating_add(span.len()));
        // With no context lines, miette asks for the position of the label and not for something to quote.
        let data = if before == 0 && after == 0 {
            start..end
        } else {
            window(text, &(start..end), before, after)
        };
        let line = text[..data.start].matches('\n').count();
        let column = text[line_start(text, data.start)..data.start]
            .chars()
            .count();
        let quoted = &text[data.clone()];
        Ok(Box::new(MietteSpanContents::new_named(
            harmless(self.name()),
            quoted.as_bytes(),
            (data.start, data.len()).into(),
            line,
            column,
            quoted.matches('\n').count() + 1,
        )))
    }
}

/// Replaces what could steer a terminal or reorder a line, by characters of as many bytes, so that ranges still fit.
///
/// Vendored text is foreign: an escape sequence in a page must not reach the terminal of whoever reads the diagnostic.
///
/// A carriage return that no newline follows ends a line in YAML and would overwrite one in a terminal, so it becomes a
/// newline.
pub(crate) fn harmless(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut result = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let is_break = character == '\r' && characters.peek() != Some(&'\n');
        result.push(if is_break {
            '\n'
        } else {
            harmless_char(character)
        });
    }
    result
}

fn harmless_char(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => character,
        '\u{80}'..='\u{9f}' => '\u{bf}',
        // Bidirectional controls (Unicode TR 36 §2.5) and the zero-width marks that hide text.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        _ if character.is_ascii_control() => '?',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_keep_every_byte_offset() {
        for character in ('\0'..=char::MAX).filter(|c| harmless_char(*c) != *c) {
            assert_eq!(
                harmless_char(character).len_utf8(),
                character.len_utf8(),
                "{character:?}"
            );
        }
        assert_eq!(
            harmless("a\u{1b}[31mb\u{202e}\tc\n"),
            "a?[31mb\u{fffd}\tc\n"
        );
    }

    #[test]
    fn a_label_is_cut_to_its_first_line_and_to_whole_characters() {
        let file = SourceFile::new("a", "one: ü\n  two: 2  \nthree".into());
        assert_eq!(file.first_line(&(0..26)), 0..7);
        assert_eq!(file.first_line(&(10..26)), 10..16);
        // Into the middle of the ü, and past the end.
        assert_eq!(file.first_line(&(6..9)), 5..7);
        assert_eq!(file.first_line(&(900..999)), 24..24);
    }

    #[test]
    fn a_long_line_is_quoted_around_the_label_only() {
        let text = format!("{{{}\"bad\": 1{}}}\n", " ".repeat(5000), " ".repeat(5000));
        let range = 5001..5006;
        let quoted = &text[window(&text, &range, 1, 1)];
        assert!(quoted.len() <= LONGEST_LINE, "{}", quoted.len());
        assert!(quoted.contains("\"bad\""));
    }

    #[test]
    fn context_lines_are_whole_and_bounded_by_the_text() {
        let text = "a\nb\nc\nd";
        assert_eq!(&text[window(text, &(2..3), 1, 1)], "a\nb\nc");
        assert_eq!(&text[window(text, &(0..1), 1, 1)], "a\nb");
        assert_eq!(&text[window(text, &(6..7), 1, 1)], "c\nd");
        assert_eq!(&text[window(text, &(7..7), 1, 1)], "c\nd");
    }
}
