//! From the bytes of an input to its fragments.

use std::ops::Range;

use serde_json::Value;

use crate::detect::{Reading, mintlify_form, reading};
use crate::document;
use crate::encoding;
use crate::format::Format;
use crate::fragments::Fragments;
use crate::frame::{Block, Fence};
use crate::mintlify;
use crate::node::Node;
use crate::parse;
use crate::problem::{Problem, code};
use crate::source_map::SourceMap;

/// What an input holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// The form of the input, stated or recognised.
    pub format: Format,
    /// The OpenAPI documents in it, in its order; never empty. A page has one, a dump of glued pages several; of equal
    /// documents only the first is kept.
    pub fragments: Vec<Fragment>,
}

/// One OpenAPI document that was read from an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// An object with at least `openapi` (a text starting with `3.`), `info` and `paths` (objects).
    pub document: Value,
    /// Where in the input the values of `document` were read.
    pub spans: SourceMap,
    /// The addresses that a crawler noted in the page, without repetition; empty for a plain document.
    pub source_urls: Vec<String>,
    /// The page's title, which is not part of `document`; `None` for a plain document or a page without one.
    pub title: Option<String>,
}

/// Reads a page, a dump of pages, or an OpenAPI document.
///
/// The form is recognised by content; `stated` overrides that. Equal bytes give equal results.
///
/// # Errors
///
/// All problems that were found, at least one; the input then yields nothing, not even its readable parts.
pub fn extract(input: &[u8], stated: Option<Format>) -> Result<Extraction, Vec<Problem>> {
    let (text, base) = encoding::text(input).map_err(|problem| vec![problem])?;
    match reading(text, base, stated).map_err(|problem| vec![problem])? {
        Reading::Json => plain(parse::json(text, base), Format::OpenApiJson),
        Reading::Yaml => plain(parse::yaml(text, base), Format::OpenApiYaml),
        Reading::Blocks(blocks) => pages(text, base, blocks, stated),
    }
}

fn plain(parsed: Result<Node, Vec<Problem>>, format: Format) -> Result<Extraction, Vec<Problem>> {
    let (document, spans) = document::complete(parsed?)?.into_value_and_spans();
    let fragment = Fragment {
        document,
        spans,
        source_urls: Vec::new(),
        title: None,
    };
    Ok(Extraction {
        format,
        fragments: vec![fragment],
    })
}

fn pages(
    text: &str,
    base: usize,
    blocks: Vec<Block>,
    stated: Option<Format>,
) -> Result<Extraction, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut fragments = Fragments::default();
    let mut form = stated;
    for block in blocks {
        match document_of(text, base, &block, stated, &mut form) {
            Ok(document) => fragments.keep(fragment(document, block)),
            Err(found) => problems.extend(found),
        }
    }
    match form {
        Some(format) if problems.is_empty() => Ok(Extraction {
            format,
            fragments: fragments.list,
        }),
        _ => Err(problems),
    }
}

/// The document of one block. The first block sets the form of an input for which none was stated.
fn document_of(
    text: &str,
    base: usize,
    block: &Block,
    stated: Option<Format>,
    form: &mut Option<Format>,
) -> Result<Node, Vec<Problem>> {
    let opening = base + block.opening.start..base + block.opening.end;
    if !block.closed {
        return Err(vec![Problem::new(
            code::UNCLOSED_FENCE,
            opening,
            "the page ends inside the OpenAPI block that opens here",
            "fetch the page again; it seems to have been cut off",
        )]);
    }
    let (content, at) = (&text[block.content.clone()], base + block.content.start);
    let (node, found) = match block.fence {
        Fence::Json => (parse::json(content, at)?, Format::ReadMe),
        Fence::Yaml => {
            let node = parse::yaml(content, at)?;
            let found = mintlify_form(&node);
            (node, found)
        }
    };
    let expected = *form.get_or_insert(found);
    if expected != found {
        return Err(vec![form_problem(
            found,
            expected,
            stated.is_some(),
            opening,
        )]);
    }
    if found == Format::MintlifyResolved {
        mintlify::lift(&node, block.head.description.as_ref(), base)
    } else {
        document::complete(node)
    }
}

fn form_problem(found: Format, expected: Format, stated: bool, opening: Range<usize>) -> Problem {
    if stated {
        Problem::new(
            code::WRONG_FORM,
            opening,
            format!("the page was said to be {expected}, but this block is {found}"),
            format!("state {found}, or state no format to have it recognised"),
        )
    } else {
        Problem::new(
            code::MIXED_FORMS,
            opening,
            format!("this block is {found}, the ones before it are {expected}"),
            "split the input into one file per form",
        )
    }
}

fn fragment(document: Node, block: Block) -> Fragment {
    let (document, spans) = document.into_value_and_spans();
    Fragment {
        document,
        spans,
        source_urls: block.head.source_urls,
        title: block.head.title,
    }
}
