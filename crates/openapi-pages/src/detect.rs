//! Which form an input has, judged by its content alone.

use std::ops::Range;

use crate::format::Format;
use crate::frame::{Bare, Block, Fence, bare_definition, blocks, has_definition_heading};
use crate::node::Node;
use crate::problem::{Problem, code};

/// How to read an input.
#[derive(Debug)]
pub(crate) enum Reading {
    /// As page or dump of pages, by its OpenAPI blocks; at least one.
    Blocks(Vec<Block>),
    /// As one JSON document.
    Json,
    /// As one YAML document.
    Yaml,
}

/// How to read `text`, which starts at byte `base` of the input; the stated format decides where there is one.
pub(crate) fn reading(text: &str, base: usize, stated: Option<Format>) -> Result<Reading, Problem> {
    let wanted = match stated {
        Some(Format::OpenApiJson) if !looks_like_html(text) => return Ok(Reading::Json),
        Some(Format::OpenApiYaml) if !looks_like_html(text) => return Ok(Reading::Yaml),
        Some(Format::MintlifyResolved | Format::MintlifyEmbedded) => Some(Fence::Yaml),
        Some(Format::ReadMe) => Some(Fence::Json),
        _ => None,
    };
    let mut found = blocks(text);
    if let Some(wanted) = wanted {
        found.retain(|block| block.fence == wanted);
    }
    if !found.is_empty() {
        return Ok(Reading::Blocks(found));
    }
    if looks_like_html(text) {
        return Err(html());
    }
    if stated.is_none() {
        if text.trim_start().starts_with(['{', '[']) {
            return Ok(Reading::Json);
        }
        if looks_like_yaml(text) {
            return Ok(Reading::Yaml);
        }
    }
    if matches!(stated, None | Some(Format::ReadMe)) && !has_definition_heading(text) {
        match bare_definition(text) {
            Bare::Nothing => {}
            Bare::Definition(block) => return Ok(Reading::Blocks(vec![*block])),
            Bare::Unclear(opening) => {
                return Err(unclear(base + opening.start..base + opening.end));
            }
        }
    }
    Err(no_fence(text, stated))
}

/// The form of Mintlify's YAML: by its keys `openapi`, or `paths` with `path` (Mintlify embedded form, frame).
pub(crate) fn mintlify_form(yaml: &Node) -> Format {
    let paths = yaml.get("paths");
    let resolved = yaml.get("openapi").is_none()
        && ["path", "method", "request", "response"]
            .iter()
            .any(|key| paths.and_then(|paths| paths.get(key)).is_some());
    if resolved {
        Format::MintlifyResolved
    } else {
        Format::MintlifyEmbedded
    }
}

fn looks_like_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest
        .strip_prefix("<!--")
        .or_else(|| rest.strip_prefix("<?xml"))
    {
        let Some((_, after)) = comment.split_once('>') else {
            return false;
        };
        rest = after.trim_start();
    }
    let start: String = rest
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    ["<!doctype html", "<html", "<head>", "<body"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// Whether the text is YAML rather than Markdown: a top-level key of OpenAPI stands before any code fence, or all of
/// it reads as a YAML mapping.
fn looks_like_yaml(text: &str) -> bool {
    for line in text.split(['\n', '\r']) {
        if line.starts_with("```") || line.starts_with("~~~") {
            return false;
        }
        let key = line.trim_start_matches(['"', '\'']);
        if ["openapi", "swagger"].iter().any(|name| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        }) {
            return true;
        }
    }
    crate::parse::yaml(text, 0).is_ok_and(|node| node.as_object().is_some())
}

fn html() -> Problem {
    Problem::new(
        code::HTML,
        None,
        "this looks like an HTML page",
        "fetch the page's Markdown source: most documentation sites serve it at the same address with `.md` appended",
    )
}

fn no_fence(text: &str, stated: Option<Format>) -> Problem {
    let message = match stated {
        Some(format @ (Format::MintlifyResolved | Format::MintlifyEmbedded)) => {
            format!(
                "the page was said to be {format}, but has no four-backtick `yaml` fence with an operation"
            )
        }
        Some(format) => format!(
            "the page was said to be {format}, but has no `# OpenAPI definition` with a `json` fence"
        ),
        None if has_definition_heading(text) => {
            "the heading `# OpenAPI definition` is not followed by a `json` fence".to_owned()
        }
        None => "this is no OpenAPI document, and no page with an OpenAPI block".to_owned(),
    };
    Problem::new(
        code::NO_FENCE,
        None,
        message,
        "give the Markdown source of an API reference page of one operation (a guide or an overview has no OpenAPI \
         block), or an OpenAPI document",
    )
}

fn unclear(opening: Range<usize>) -> Problem {
    Problem::new(
        code::NO_FENCE,
        opening,
        "this fence holds an OpenAPI document, but no heading `# OpenAPI definition` tells it from a sample",
        "put the heading `# OpenAPI definition` right before the fence that is the page's own, or save its content as a \
         file",
    )
}
