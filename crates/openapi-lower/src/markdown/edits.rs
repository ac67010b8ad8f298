//! The places of a Markdown text that must be written otherwise.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::options;

/// A replacement of a part of the source.
type Edit = (Range<usize>, String);

/// One round of edits.
pub(super) fn apply(source: &str) -> String {
    let mut edits = collect(source);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(source.len() + 16);
    let mut done = 0;
    for (range, text) in edits {
        // What overlaps waits for the next round.
        if range.start < done {
            continue;
        }
        result.push_str(&source[done..range.start]);
        result.push_str(&text);
        done = range.end;
    }
    result.push_str(&source[done..]);
    result
}

/// What encloses the current place.
enum Open {
    /// The column at which the content of a list item starts, counted from the enclosing container.
    Item {
        start: usize,
        width: Option<usize>,
    },
    Quote,
    Link {
        range: Range<usize>,
        target: String,
        is_local: bool,
        inner: Option<Range<usize>>,
    },
    Code,
    Other,
}

fn collect(source: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut text: Option<Range<usize>> = None;
    let mut line_break: Option<usize> = None;
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        if let Some(from) = line_break.take() {
            continuation(source, &open, from, range.start, &mut edits);
        }
        note_inner(&mut open, &event, &range);
        // Text comes in pieces; URLs do not end where pieces do.
        match (&event, &mut text) {
            (Event::Text(_), Some(run)) if run.end == range.start => {
                run.end = range.end;
                continue;
            }
            (Event::Text(_), _) => {
                flush(source, &open, text.take(), &mut edits);
                text = Some(range);
                continue;
            }
            _ => flush(source, &open, text.take(), &mut edits),
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code_block(source, &kind, &range, &open, &mut edits);
                open.push(Open::Code);
            }
            Event::Start(Tag::Item) => open.push(Open::Item {
                start: range.start,
                width: None,
            }),
            Event::Start(Tag::BlockQuote(_)) => open.push(Open::Quote),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                let is_auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let is_local = !is_auto && !is_absolute(&dest_url);
                open.push(Open::Link {
                    range,
                    target: dest_url.into_string(),
                    is_local,
                    inner: None,
                });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let is_local = !is_absolute(&dest_url);
                open.push(Open::Link {
                    range,
                    target: dest_url.into_string(),
                    is_local,
                    inner: None,
                });
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                edits.push((range.start..range.start, "\\".to_owned()));
                open.push(Open::Other);
            }
            Event::FootnoteReference(_) => edits.push((range.start..range.start, "\\".to_owned())),
            Event::Start(_) => open.push(Open::Other),
            Event::End(end) => {
                if let (
                    TagEnd::Link | TagEnd::Image,
                    Some(Open::Link {
                        range,
                        target,
                        is_local: true,
                        inner,
                    }),
                ) = (end, open.pop())
                {
                    local_link(source, range, &target, inner, &mut edits);
                }
            }
            Event::HardBreak => {
                let slice = &source[range.clone()];
                if slice.starts_with(' ') {
                    let blanks = slice.len() - slice.trim_start_matches(' ').len();
                    edits.push((range.start..range.start + blanks, "\\".to_owned()));
                }
                line_break = source[range.start..]
                    .find('\n')
                    .map(|at| range.start + at + 1);
            }
            Event::SoftBreak => {
                line_break = source[range.start..]
                    .find('\n')
                    .map(|at| range.start + at + 1)
            }
            _ => {}
        }
    }
    flush(source, &open, text.take(), &mut edits);
    edits
}

/// Notes where the content of an item and of a link starts and ends.
fn note_inner(open: &mut [Open], event: &Event<'_>, range: &Range<usize>) {
    if matches!(event, Event::End(_)) {
        return;
    }
    match open.last_mut() {
        Some(Open::Item {
            start,
            width: width @ None,
        }) => *width = Some(range.start.saturating_sub(*start)),
        Some(Open::Link { inner, .. }) => {
            let from = inner.as_ref().map_or(range.start, |inner| inner.start);
            *inner = Some(from..range.end);
        }
        _ => {}
    }
}

/// A line that goes on inside of a list or a quote is indented like the line before (clippy's
/// `doc_lazy_continuation` and `doc_overindented_list_items`).
fn continuation(source: &str, open: &[Open], line: usize, content: usize, edits: &mut Vec<Edit>) {
    if content < line
        || !open
            .iter()
            .any(|open| matches!(open, Open::Item { .. } | Open::Quote))
    {
        return;
    }
    let prefix = container_prefix(open);
    if source
        .get(line..content)
        .is_some_and(|actual| actual != prefix && actual.chars().all(|c| matches!(c, ' ' | '>')))
    {
        edits.push((line..content, prefix));
    }
}

/// Every code block is one of plain text: what is in it comes from a stranger and must not be compiled, let alone run.
fn code_block(
    source: &str,
    kind: &CodeBlockKind<'_>,
    range: &Range<usize>,
    open: &[Open],
    edits: &mut Vec<Edit>,
) {
    let block = &source[range.clone()];
    match kind {
        CodeBlockKind::Fenced(info) => {
            let first = block.lines().next().unwrap_or_default();
            let mark = first.chars().next().unwrap_or('`');
            let fence = first
                .chars()
                .take_while(|character| *character == mark)
                .count();
            if &**info != "text" {
                edits.push((
                    range.start + fence..range.start + first.len(),
                    "text".to_owned(),
                ));
            }
            let last = block
                .lines()
                .last()
                .unwrap_or_default()
                .trim_matches([' ', '>']);
            let is_closed = block.lines().count() > 1
                && last.chars().all(|character| character == mark)
                && last.chars().count() >= fence;
            if !is_closed {
                let line = if block.ends_with('\n') { "" } else { "\n" };
                let prefix = container_prefix(open);
                let closing: String = std::iter::repeat_n(mark, fence).collect();
                edits.push((range.end..range.end, format!("{line}{prefix}{closing}\n")));
            }
        }
        CodeBlockKind::Indented => {
            // The block starts behind its indentation or before it, as the enclosing container has it.
            let line = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let prefix = container_prefix(open);
            let fence = "`".repeat(longest_run(block).max(2) + 1);
            let indent = prefix.len() + 4;
            let mut text = format!("{prefix}{fence}text\n");
            for row in source[line..range.end].lines() {
                let blanks = row.len() - row.trim_start_matches([' ', '>']).len();
                text.push_str(prefix.trim_end_matches(' '));
                let row = &row[blanks.min(indent).min(row.len())..];
                if !row.is_empty() {
                    text.push_str(&prefix[prefix.trim_end_matches(' ').len()..]);
                    text.push_str(row);
                }
                text.push('\n');
            }
            text.push_str(&format!("{prefix}{fence}\n"));
            if source[line..range.start]
                .chars()
                .all(|character| matches!(character, ' ' | '>'))
            {
                edits.push((line..range.end, text));
            }
        }
    }
}

fn container_prefix(open: &[Open]) -> String {
    let mut prefix = String::new();
    for open in open {
        match open {
            Open::Item { width, .. } => {
                prefix.push_str(&" ".repeat(width.unwrap_or(2).clamp(1, 8)))
            }
            Open::Quote => prefix.push_str("> "),
            _ => {}
        }
    }
    prefix
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

fn is_absolute(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// rustdoc takes a target without a scheme for the path of an item.
fn local_link(
    source: &str,
    range: Range<usize>,
    target: &str,
    inner: Option<Range<usize>>,
    edits: &mut Vec<Edit>,
) {
    let Some(inner) = inner.filter(|inner| range.start <= inner.start && inner.end <= range.end)
    else {
        edits.push((range, String::new()));
        return;
    };
    let target = target.trim();
    let is_readable = !target.is_empty()
        && !target.contains(['`', '\n', '|'])
        && target != &source[inner.clone()];
    edits.push((range.start..inner.start, String::new()));
    edits.push((
        inner.end..range.end,
        if is_readable {
            format!(" (`{target}`)")
        } else {
            String::new()
        },
    ));
}

/// Text that rustdoc would take for something else: brackets for links to items, URLs for forgotten links.
fn flush(source: &str, open: &[Open], text: Option<Range<usize>>, edits: &mut Vec<Edit>) {
    let Some(range) = text else { return };
    if open.iter().any(|open| matches!(open, Open::Code)) {
        return;
    }
    let in_link = open.iter().any(|open| matches!(open, Open::Link { .. }));
    let slice = &source[range.clone()];
    let mut at = 0;
    while let Some(character) = slice[at..].chars().next() {
        let place = range.start + at;
        if character == '[' && !is_escaped(source, place) {
            edits.push((place..place, "\\".to_owned()));
        } else if character == '<'
            && slice[at + 1..].starts_with(|next: char| {
                next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')
            })
            && !is_escaped(source, place)
        {
            // Not a tag now, but another edit could make it one.
            edits.push((place..place, "\\".to_owned()));
        } else if character == 'h'
            && !in_link
            && (slice[at..].starts_with("https://") || slice[at..].starts_with("http://"))
            && let Some(length) = url_length(&slice[at..])
        {
            edits.push((
                place..place + length,
                format!("<{}>", &slice[at..at + length]),
            ));
            at += length;
            continue;
        }
        at += character.len_utf8();
    }
}

fn is_escaped(source: &str, at: usize) -> bool {
    source[..at]
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 1
}

/// How long the URL at the start of a text is; `None` if there is nothing behind the scheme.
pub(super) fn url_length(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '[' | ']' | '*')
        })
        .unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(shorter) if shorter.matches('(').count() <= shorter.matches(')').count() => {
                shorter
            }
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            break;
        }
        url = trimmed;
    }
    let host = url.split("://").nth(1)?;
    (!host.is_empty()).then_some(url.len())
}
