//! The start of a text, for lists in which each text has one line.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{harmless_line, options};

/// The first sentence of the first paragraph of a Markdown text, in one line of Markdown that rustdoc accepts.
///
/// It is empty if there is no paragraph outside of lists and quotes. A sentence ends with `.`, `!` or `?` before a blank and
/// what is neither a small letter nor a digit; abbreviations with dots in them (`e.g.`) and what stands in code or in a link do not end one.
/// Where none ends, it is the whole paragraph.
#[must_use]
pub fn first_sentence(markdown: &str) -> String {
    let mut paragraph: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match (event, &mut paragraph) {
            (Event::Start(tag), found) => {
                if depth == 0 && tag == Tag::Paragraph {
                    *found = Some(range);
                }
                depth += 1;
            }
            (Event::End(_), found) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && found.is_some() {
                    break;
                }
            }
            (Event::Text(_), Some(found)) if depth == 1 => {
                if let Some(end) = sentence_end(markdown, range, found) {
                    found.end = end;
                    break;
                }
            }
            _ => {}
        }
    }
    let sentence = paragraph.and_then(|range| markdown.get(range));
    harmless_line(sentence.unwrap_or_default())
}

/// The end of the first sentence that ends in `text`, which is plain text of `paragraph`.
fn sentence_end(markdown: &str, text: Range<usize>, paragraph: &Range<usize>) -> Option<usize> {
    let ends = markdown.get(text.clone())?.match_indices(['.', '!', '?']);
    ends.map(|(at, _)| text.start + at).find_map(|at| {
        let before = markdown.get(paragraph.start..at)?.chars().next_back();
        // The address of a link has dots, and is no part of a word.
        let word = markdown.get(text.start..at)?;
        let word = word.rsplit(char::is_whitespace).next()?;
        let after = markdown.get(at + 1..paragraph.end)?;
        let next = after.trim_start();
        let is_behind = before.is_some_and(|before| !before.is_whitespace());
        // `max. 100`, which is more usual than a sentence that begins with a number.
        let goes_on = |first: char| first.is_lowercase() || first.is_numeric();
        let is_apart = next.len() < after.len() && !next.starts_with(goes_on);
        (is_behind && is_apart && !word.contains('.')).then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_where_readers_say_that_it_does() {
        for (text, sentence) in [
            ("", ""),
            ("One.", "One."),
            ("No end", "No end"),
            ("One. Two.", "One."),
            ("One!\nTwo.", "One!"),
            ("One\nline. Two", "One line."),
            ("One.\n\nTwo.", "One."),
            (
                "Takes files, e.g. a film. Two.",
                "Takes files, e.g. a film.",
            ),
            ("Since v2.1. It is new. Two.", "Since v2.1. It is new."),
            ("For approx. ten. Two.", "For approx. ten."),
            ("Max. 100 characters. Two.", "Max. 100 characters."),
            ("Reads `a. B` and more. Two.", "Reads `a. B` and more."),
            ("Reads `a.b`. Two.", "Reads `a.b`."),
            ("Waits ... Two. Three.", "Waits ... Two."),
            (
                "See [A. Guide](https://example.org/a). Two.",
                "See [A. Guide](https://example.org/a).",
            ),
            ("Of an \\[id]. Two.", "Of an \\[id]."),
            ("# Title\n\nOne. Two.", "One."),
            ("- an item. Two.", ""),
            ("- item\n\n  more.\n\nOne.", "One."),
            ("```text\ncode. Two.\n```", ""),
        ] {
            assert_eq!(first_sentence(text), sentence, "{text:?}");
        }
    }
}
