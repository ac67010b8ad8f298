//! ReadMe pages that lack the heading `# OpenAPI definition`, by which their block is known.

use std::ops::Range;

use super::block::{Block, Fence, content, is_json_fence};
use super::head::Head;
use super::lines::{CodeFence, lines};
use crate::node::Node;
use crate::parse;

/// What a page without a block has among its `json` fences.
#[derive(Debug)]
pub(crate) enum Bare {
    /// No OpenAPI document.
    Nothing,
    /// One OpenAPI document, which is the last thing in the page, as a definition is.
    Definition(Box<Block>),
    /// OpenAPI documents that may as well be samples: the opening of the last.
    Unclear(Range<usize>),
}

/// Looks at the `json` fences of `text`, which has no block.
pub(crate) fn bare_definition(text: &str) -> Bare {
    let lines = lines(text, 0);
    let mut code = CodeFence::default();
    let mut documents = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if code.is_open() || !is_json_fence(line.text) {
            code.takes(line.text);
            index += 1;
            continue;
        }
        let (inner, after, closed) = content(&lines, index, Fence::Json, text.len());
        if closed && is_document(&text[inner.clone()]) {
            documents.push((line.start..line.end(), inner, after));
        }
        index = after;
    }
    let count = documents.len();
    let Some((opening, content, after)) = documents.pop() else {
        return Bare::Nothing;
    };
    if count > 1 || !lines[after..].iter().all(|line| line.is_blank()) {
        return Bare::Unclear(opening);
    }
    Bare::Definition(Box::new(Block {
        fence: Fence::Json,
        head: Head::read(text, 0..opening.start),
        opening,
        content,
        closed: true,
    }))
}

/// Whether the text is a whole OpenAPI 3 document, more than a sample of one key.
fn is_document(json: &str) -> bool {
    parse::json(json, 0).is_ok_and(|node| {
        let version = node.get("openapi").and_then(Node::as_str);
        version.is_some_and(|version| version.starts_with("3.")) && node.get("paths").is_some()
    })
}
