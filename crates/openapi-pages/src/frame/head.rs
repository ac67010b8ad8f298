//! What a page says before its OpenAPI block: addresses, title, description.

use std::ops::Range;

use super::lines::{CodeFence, Line, lines};
use super::start::{Start, glued_page, is_address, titled_page};
use crate::parse;

/// The part of a page before its OpenAPI block.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The addresses that a crawler noted, in the order of the page, without repetition.
    pub(crate) source_urls: Vec<String>,
    /// The text of the first heading of level 1.
    pub(crate) title: Option<String>,
    /// What follows the title as its quote block.
    pub(crate) description: Option<Description>,
}

/// An operation's description as the page's frame shows it.
#[derive(Debug)]
pub(crate) struct Description {
    /// Markdown with `\n` as line break, without the quote marks. Not empty.
    pub(crate) text: String,
    /// From its first to its last character.
    pub(crate) range: Range<usize>,
}

impl Head {
    /// Reads the head in `text[range]`, which may begin with the rest of a page before it.
    pub(super) fn read(text: &str, range: Range<usize>) -> Self {
        let lines = lines(&text[range.clone()], range.start);
        let (before, lines) = front_matter(text, outside_code(&lines));
        let mut start = Start::of(lines);
        // Front matter stands before or after the addresses, and is another page's if there is more between them.
        let (front, lines) = match before {
            Some(before) if !start.has_text_before => (before, start.lines),
            _ => {
                let (after, lines) = front_matter(text, start.lines);
                (after.unwrap_or_default(), lines)
            }
        };
        let mut head = Self {
            title: front.title,
            ..Self::default()
        };
        let (titled, lines) = titled_page(lines);
        for url in start.urls.drain(..).chain(front.urls).chain(titled) {
            if !head.source_urls.contains(&url) {
                head.source_urls.push(url);
            }
        }
        let lines = glued_page(lines);
        let headings: Vec<(usize, &str)> = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, heading(line)?)))
            .collect();
        if let Some(&(_, title)) = headings.first() {
            head.title = Some(title.to_owned());
            // A crawler's own head repeats the title; the page's is the last of them.
            let own = headings.iter().rev().find(|(_, text)| *text == title);
            head.description =
                own.and_then(|&(index, _)| description(text, &lines[index + 1..], range.end));
        }
        head
    }
}

/// A line, and whether it is code or otherwise not the page's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'a> {
    pub(super) line: Line<'a>,
    pub(super) code: bool,
}

/// Marks code, and Mintlify's instructions to agents, whose headings and lists are not the page's either.
fn outside_code<'a>(lines: &[Line<'a>]) -> Vec<Marked<'a>> {
    let mut fence = CodeFence::default();
    let mut for_agents = false;
    lines
        .iter()
        .map(|&line| {
            for_agents |= line.text.starts_with("<AgentInstructions>");
            let code = fence.takes(line.text) || for_agents;
            for_agents &= !line.text.trim_end().ends_with("</AgentInstructions>");
            Marked { line, code }
        })
        .collect()
}

#[derive(Debug, Default)]
struct FrontMatter {
    urls: Vec<String>,
    title: Option<String>,
}

/// Reads the front matter, `---` lines around YAML, if the page begins with one; returns the lines after it. What the
/// crawler or the vendor wrote there is not the API's, so YAML that cannot be read is passed over.
fn front_matter<'a>(text: &str, lines: Vec<Marked<'a>>) -> (Option<FrontMatter>, Vec<Marked<'a>>) {
    let is_rule = |marked: &Marked<'_>| marked.line.text.trim_end() == "---";
    let Some(open) = lines.iter().position(|marked| !marked.line.is_blank()) else {
        return (None, lines);
    };
    if !is_rule(&lines[open]) {
        return (None, lines);
    }
    let Some(length) = lines[open + 1..].iter().position(is_rule) else {
        return (None, lines);
    };
    let close = open + 1 + length;
    let Ok(yaml) = parse::yaml(&text[lines[open].line.next..lines[close].line.start], 0) else {
        return (None, lines);
    };
    let word = |key: &str| {
        yaml.get(key)
            .and_then(|node| node.as_str())
            .map(str::to_owned)
    };
    let urls = ["source", "url"].into_iter().filter_map(word);
    let urls = urls.filter(|url| is_address(url)).collect();
    let front = FrontMatter {
        urls,
        title: word("title"),
    };
    (Some(front), lines.into_iter().skip(close + 1).collect())
}

/// The text of a heading of level 1.
pub(super) fn heading<'a>(marked: &Marked<'a>) -> Option<&'a str> {
    let title = marked.line.text.strip_prefix("# ")?.trim();
    (!marked.code && !title.is_empty()).then_some(title)
}

/// The description: from the quote that follows the title to the heading `## OpenAPI`.
///
/// Only the first line has `>`; the paragraphs after it follow unquoted (Mintlify resolved form, page frame). What else
/// the page says there cannot be told from them and is kept with them. Without a quote there is no description.
fn description(text: &str, lines: &[Marked<'_>], end: usize) -> Option<Description> {
    let first = lines.iter().position(|marked| !marked.line.is_blank())?;
    let lines = &lines[first..];
    let quoted = lines
        .iter()
        .take_while(|marked| marked.line.text.starts_with('>'))
        .count();
    if quoted == 0 || is_index_note(quote(lines[0].line.text)) {
        return None;
    }
    let stop = lines
        .iter()
        .rev()
        .find(|marked| !marked.code && marked.line.text.trim_end() == "## OpenAPI")
        .map_or(end, |marked| marked.line.start);
    let body: Vec<&str> = lines
        .iter()
        .take_while(|marked| marked.line.start < stop)
        .enumerate()
        .map(|(index, marked)| {
            if index < quoted {
                quote(marked.line.text)
            } else {
                marked.line.text
            }
        })
        .collect();
    let joined = body.join("\n");
    let description = joined.trim();
    let start = lines[0].line.start;
    let content = text[start..stop].trim_end();
    let marks = content.len()
        - content
            .trim_start_matches(['>', ' ', '\t', '\r', '\n'])
            .len();
    (!description.is_empty()).then(|| Description {
        text: description.to_owned(),
        range: start + marks..start + content.len(),
    })
}

fn quote(line: &str) -> &str {
    let rest = line.strip_prefix('>').unwrap_or(line);
    rest.strip_prefix(' ').unwrap_or(rest)
}

/// Mintlify's and ReadMe's note to crawlers, which says nothing about the operation.
fn is_index_note(first_line: &str) -> bool {
    first_line.starts_with("## Documentation Index")
        || first_line.starts_with("Fetch the complete documentation index")
}
