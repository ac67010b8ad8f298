//! Finds the OpenAPI blocks of a page, or of several pages glued together.

use std::ops::Range;

use super::head::Head;
use super::lines::{CodeFence, Line, lines};

/// Which fence a block has, and so which family of forms it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fence {
    /// Mintlify: four backticks and `yaml`.
    Yaml,
    /// ReadMe: three backticks and `json`, after the heading `# OpenAPI definition`.
    Json,
}

/// One OpenAPI block of a page.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) fence: Fence,
    /// The line that opens the fence.
    pub(crate) opening: Range<usize>,
    /// What is between the fences.
    pub(crate) content: Range<usize>,
    /// Whether the fence is closed.
    pub(crate) closed: bool,
    /// What the page says before the block.
    pub(crate) head: Head,
}

/// Whether the page has ReadMe's heading of the definition, with or without a block after it.
pub(crate) fn has_definition_heading(text: &str) -> bool {
    lines(text, 0)
        .iter()
        .any(|line| is_definition_heading(line.text))
}

/// The OpenAPI blocks of `text`, in its order. Other code fences are never taken for one.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text, 0);
    let mut found: Vec<Block> = Vec::new();
    let mut head_start = 0;
    let mut previous: Option<&str> = None;
    let mut code = CodeFence::default();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        // Both kinds of block are taken wherever they stand, so that an unclosed fence before them hides nothing:
        // no description holds a line of four backticks, and no JSON one of three.
        let start = if is_yaml_fence(line.text, previous) {
            Some((Fence::Yaml, index))
        } else if is_definition_heading(line.text) {
            json_fence_after(&lines, index).map(|fence| (Fence::Json, fence))
        } else {
            None
        };
        let Some((fence, opening)) = start else {
            if !code.takes(line.text) && !line.is_blank() {
                previous = Some(line.text);
            }
            index += 1;
            continue;
        };
        let (content, after, closed) = content(&lines, opening, fence, text.len());
        found.push(Block {
            fence,
            opening: lines[opening].start..lines[opening].end(),
            content,
            closed,
            head: Head::read(text, head_start..line.start),
        });
        head_start = lines.get(after).map_or(text.len(), |line| line.start);
        code = CodeFence::default();
        previous = None;
        index = after;
    }
    found
}

/// Whether the line is Mintlify's fence: `` ````yaml [SPEC] METHOD PATH ``, or any such fence under `## OpenAPI`.
fn is_yaml_fence(line: &str, previous: Option<&str>) -> bool {
    let Some(info) = line.strip_prefix("````yaml") else {
        return false;
    };
    if !(info.is_empty() || info.starts_with([' ', '\t'])) {
        return false;
    }
    let is_method = |word: &str| {
        [
            "get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "webhook",
        ]
        .iter()
        .any(|method| word.eq_ignore_ascii_case(method))
    };
    let words: Vec<&str> = info.split_whitespace().collect();
    let names_operation = words.iter().rev().skip(1).any(|word| is_method(word));
    names_operation || previous.is_some_and(|line| line.trim_end() == "## OpenAPI")
}

fn is_definition_heading(line: &str) -> bool {
    line.trim_end() == "# OpenAPI definition"
}

/// The index of the `json` fence that is the first line after the heading that is not blank.
fn json_fence_after(lines: &[Line<'_>], heading: usize) -> Option<usize> {
    let next = (heading + 1..lines.len()).find(|&index| !lines[index].is_blank())?;
    is_json_fence(lines[next].text).then_some(next)
}

/// Whether the line opens a `json` fence, with or without a title.
pub(super) fn is_json_fence(line: &str) -> bool {
    line.strip_prefix("```json")
        .is_some_and(|info| info.is_empty() || info.starts_with([' ', '\t']))
}

/// The content of the fence that opens at line `opening`, the index of the line after it, and whether it is closed.
pub(super) fn content(
    lines: &[Line<'_>],
    opening: usize,
    fence: Fence,
    end: usize,
) -> (Range<usize>, usize, bool) {
    let close = match fence {
        Fence::Yaml => "````",
        Fence::Json => "```",
    };
    let start = lines[opening].next;
    let closing = (opening + 1..lines.len()).find(|&index| lines[index].text.trim_end() == close);
    match closing {
        Some(index) => (start..lines[index].start, index + 1, true),
        None => (start..end, lines.len(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fences_that_name_an_operation_or_follow_the_heading_are_blocks() {
        assert!(is_yaml_fence("````yaml GET /a", None));
        assert!(is_yaml_fence(
            "````yaml https://x.example/spec.json post /a",
            None
        ));
        assert!(is_yaml_fence("````yaml webhook order-paid", None));
        assert!(is_yaml_fence("````yaml", Some("## OpenAPI")));
        assert!(!is_yaml_fence("````yaml", Some("## Example")));
        assert!(!is_yaml_fence("````yaml title get", None));
        assert!(!is_yaml_fence("```yaml get /a", None));
        assert!(!is_yaml_fence("`````yaml get /a", None));
        assert!(!is_yaml_fence("````yamlish get /a", None));
        assert!(!is_yaml_fence(" ````yaml get /a", None));
    }

    #[test]
    fn a_json_fence_counts_only_right_after_the_heading() {
        let page = "# T\n\n```json\n{]\n```\n\n# OpenAPI definition\n\n```json\n{}\n```\n";
        let found = blocks(page);
        assert_eq!(found.len(), 1);
        assert_eq!(&page[found[0].content.clone()], "{}\n");
        assert!(blocks("# OpenAPI definition\n\ntext\n\n```json\n{}\n```\n").is_empty());
        assert!(has_definition_heading("x\n# OpenAPI definition\n"));
    }

    #[test]
    fn an_unclosed_code_fence_before_a_block_hides_nothing() {
        let page = "# T\n\n```js\nlet a;\n\n## OpenAPI\n\n````yaml get /a\npaths: 1\n````";
        let found = blocks(page);
        assert_eq!(found.len(), 1);
        assert!(found[0].closed);
        assert_eq!(&page[found[0].content.clone()], "paths: 1\n");
    }
}
