//! Byte offsets for a parser that counts characters.

/// Turns character indices of a text into byte offsets, in constant time.
#[derive(Debug)]
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte offset of every [`STEP`]th character; empty if the text is ASCII, where the two are the same.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STEP)
                .map(|(offset, _)| offset)
                .collect()
        };
        Self { text, marks }
    }

    /// The byte offset of character `index`; the length of the text for an index at or beyond its end.
    pub(super) fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(index / STEP) else {
            return self.text.len();
        };
        self.text[mark..]
            .char_indices()
            .nth(index % STEP)
            .map_or(self.text.len(), |(offset, _)| mark + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        for text in [
            "",
            "plain",
            "aé€😀b",
            &"xé€😀".repeat(100),
            &"é".repeat(STEP),
            &"€".repeat(STEP * 2 + 1),
        ] {
            let offsets = Offsets::new(text);
            let count = text.chars().count();
            for index in 0..count + 3 {
                let expected = text
                    .char_indices()
                    .nth(index)
                    .map_or(text.len(), |(offset, _)| offset);
                assert_eq!(offsets.byte(index), expected, "{index} of {count}");
            }
        }
    }
}
