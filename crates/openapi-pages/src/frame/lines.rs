//! Lines of a text with their byte ranges, and Markdown's code fences.

/// One line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Byte offset of the line in the text.
    pub(super) start: usize,
    /// The line without its line break (`\n`, `\r\n` or `\r`).
    pub(super) text: &'a str,
    /// Byte offset of the line after it.
    pub(super) next: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Byte offset of the end of the line, its line break not included.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The lines of `text`, whose first byte has offset `base`. A lone `\r` ends a line, too (CommonMark 0.31, section 2.1).
pub(super) fn lines(text: &str, base: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let ending = match rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        let next = start + length + ending;
        lines.push(Line {
            start: base + start,
            text: &rest[..length],
            next: base + next,
        });
        start = next;
    }
    lines
}

/// Follows the fenced code blocks of Markdown (CommonMark 0.31, section 4.5) line by line.
#[derive(Debug, Default)]
pub(super) struct CodeFence {
    open: Option<(char, usize)>,
}

impl CodeFence {
    /// Whether the next line is inside of a code block.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the next line; whether it is part of a code block, the fence lines included.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        let unindented = line.trim_start_matches(' ');
        let marker = unindented.chars().next().unwrap_or(' ');
        let length = unindented.chars().take_while(|&c| c == marker).count();
        let is_fence =
            matches!(marker, '`' | '~') && length >= 3 && line.len() - unindented.len() <= 3;
        let info = if is_fence {
            unindented[length..].trim()
        } else {
            ""
        };
        match self.open {
            Some((open, least)) => {
                if is_fence && marker == open && length >= least && info.is_empty() {
                    self.open = None;
                }
                true
            }
            None if is_fence && !(marker == '`' && info.contains('`')) => {
                self.open = Some((marker, length));
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_byte_offsets_with_every_line_break() {
        let text = "a\r\né\n\rlast";
        let found: Vec<(usize, &str, usize)> = lines(text, 10)
            .iter()
            .map(|l| (l.start, l.text, l.next))
            .collect();
        assert_eq!(
            found,
            [(10, "a", 13), (13, "é", 16), (16, "", 17), (17, "last", 21)]
        );
    }

    #[test]
    fn a_fence_closes_only_with_its_own_kind_and_length() {
        let mut fence = CodeFence::default();
        let inside: Vec<bool> = [
            "# a", "````md", "```", "# b", "~~~~", "`````", "# c", "``` a`b", "    ```", "# d",
        ]
        .into_iter()
        .map(|line| fence.takes(line))
        .collect();
        assert_eq!(
            inside,
            [
                false, true, true, true, true, true, false, false, false, false
            ]
        );
    }
}
