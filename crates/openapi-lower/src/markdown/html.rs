//! HTML inside of Markdown becomes Markdown, or text.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::options;

/// Elements that only mark up: their tags go, what is between them stays.
const MARKUP: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
];

/// Tags that end a line.
const BREAKING: &[&str] = &[
    "br", "p", "/p", "/li", "/tr", "/div", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "ul", "/ul",
    "ol", "/ol", "/table", "hr", "/pre", "pre", "/dd", "/dt", "/summary",
];

/// Rewrites until the parser finds no HTML, each round from left to right.
pub(super) fn to_markdown(text: &str) -> String {
    let mut current = text.to_owned();
    for round in 0..4 {
        let mut result = String::with_capacity(current.len());
        let mut done = 0;
        let mut in_table = 0_usize;
        let mut links: Vec<Option<String>> = Vec::new();
        for (event, range) in Parser::new_ext(&current, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::Table(_)) => in_table += 1,
                Event::End(TagEnd::Table) => in_table = in_table.saturating_sub(1),
                Event::Html(_) | Event::InlineHtml(_) if range.start >= done => {
                    result.push_str(&current[done..range.start]);
                    let source = &current[range.clone()];
                    // Where the first rounds did not settle it, it is no HTML.
                    if round < 3 {
                        convert(source, &mut result, in_table > 0, &mut links);
                    } else {
                        result.push_str(&source.replace('<', "\\<"));
                    }
                    done = range.end;
                }
                _ => {}
            }
        }
        if done == 0 {
            return current;
        }
        result.push_str(&current[done..]);
        current = super::normalized(&result);
    }
    current
}

fn convert(source: &str, result: &mut String, in_table: bool, links: &mut Vec<Option<String>>) {
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        result.push_str(&rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(close) = rest.find('>') else {
            result.push_str("\\<");
            rest = &rest[1..];
            continue;
        };
        tag(&rest[1..close], result, in_table, links);
        rest = &rest[close + 1..];
    }
    result.push_str(rest);
}

/// One tag, without the angle brackets.
fn tag(source: &str, result: &mut String, in_table: bool, links: &mut Vec<Option<String>>) {
    let name: String = source
        .trim_start_matches('/')
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric())
        .collect::<String>()
        .to_ascii_lowercase();
    let is_closing = source.starts_with('/');
    if !MARKUP.contains(&name.as_str()) {
        result.push_str("\\<");
        result.push_str(source);
        result.push('>');
        return;
    }
    let full = if is_closing {
        format!("/{name}")
    } else {
        name.clone()
    };
    match full.as_str() {
        "a" => {
            let target = attribute(source, "href").filter(|target| {
                (target.starts_with("http://") || target.starts_with("https://"))
                    && !target.contains(['(', ')', ' ', '<', '>'])
            });
            if target.is_some() {
                result.push('[');
            }
            links.push(target);
        }
        "/a" => {
            if let Some(Some(target)) = links.pop() {
                result.push_str("](");
                result.push_str(&target);
                result.push(')');
            }
        }
        "code" | "/code" | "tt" | "/tt" => result.push('`'),
        "li" if !in_table => result.push_str("\n- "),
        "dt" | "dd" if !in_table => result.push('\n'),
        "td" | "th" if !result.ends_with([' ', '\n']) => result.push(' '),
        "p" | "/p" | "/ul" | "/ol" | "/table" | "hr" if !in_table => paragraph(result),
        _ if BREAKING.contains(&full.as_str()) => result.push(if in_table { ' ' } else { '\n' }),
        _ => {}
    }
}

/// Starts a paragraph, unless one has just been started.
fn paragraph(result: &mut String) {
    if !result.trim_end_matches(' ').ends_with("\n\n") {
        result.push_str("\n\n");
    }
}

fn attribute(source: &str, name: &str) -> Option<String> {
    let at = source.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let value = source.get(at..)?;
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        let value = &value[1..];
        return Some(value[..value.find(quote)?].trim().to_owned());
    }
    Some(
        value
            .split_whitespace()
            .next()?
            .trim_end_matches('/')
            .to_owned(),
    )
}
