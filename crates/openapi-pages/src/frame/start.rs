//! Where a page begins in what stands before its block, which in a dump is also the rest of other pages.

use super::head::{Marked, heading};

/// The page as crawlers mark it: by `# Source: URL` lines before it.
#[derive(Debug)]
pub(super) struct Start<'a> {
    /// The addresses of the last group of such lines, without repetition.
    pub(super) urls: Vec<String>,
    /// Whether other text than blank lines stands before that group.
    pub(super) has_text_before: bool,
    /// The lines after the group, or all if there is none.
    pub(super) lines: Vec<Marked<'a>>,
}

impl<'a> Start<'a> {
    pub(super) fn of(lines: Vec<Marked<'a>>) -> Self {
        let mut urls: Vec<String> = Vec::new();
        let (mut page_start, mut in_group) = (0, false);
        let (mut has_text, mut has_text_before) = (false, false);
        for (index, Marked { line, code }) in lines.iter().enumerate() {
            let url = line
                .text
                .strip_prefix("# Source:")
                .map(str::trim)
                .filter(|url| !code && !url.is_empty());
            match url {
                Some(url) => {
                    if !in_group {
                        urls.clear();
                        has_text_before = has_text;
                    }
                    if !urls.iter().any(|known| known == url) {
                        urls.push(url.to_owned());
                    }
                    (in_group, page_start) = (true, index + 1);
                }
                None if line.is_blank() => {}
                None => (in_group, has_text) = (false, true),
            }
        }
        Self {
            urls,
            has_text_before,
            lines: lines.into_iter().skip(page_start).collect(),
        }
    }
}

/// In a dump that Mintlify writes itself (`llms-full.txt`) each page begins with its title and, right under it, the line
/// `Source: URL`: the addresses of the last such place, and the lines from its title on, without them; or all lines.
pub(super) fn titled_page(lines: Vec<Marked<'_>>) -> (Vec<String>, Vec<Marked<'_>>) {
    let url = |marked: &Marked<'_>| {
        let url = marked.line.text.strip_prefix("Source:")?.trim();
        (!marked.code && is_address(url)).then(|| url.to_owned())
    };
    let title = lines
        .windows(2)
        .rposition(|pair| heading(&pair[0]).is_some() && url(&pair[1]).is_some());
    let Some(title) = title else {
        return (Vec::new(), lines);
    };
    let urls: Vec<String> = lines[title + 1..].iter().map_while(url).collect();
    let below = title + 1 + urls.len();
    let page = lines
        .iter()
        .enumerate()
        .filter(|(index, _)| *index == title || *index >= below);
    let page = page.map(|(_, marked)| *marked).collect();
    (urls, page)
}

/// In a dump of glued ReadMe pages each page begins with its title as plain text, then as heading: the lines from the
/// last such place on, or all.
pub(super) fn glued_page(lines: Vec<Marked<'_>>) -> Vec<Marked<'_>> {
    let mut start = 0;
    let mut before: Option<(usize, &str)> = None;
    for (index, marked) in lines
        .iter()
        .enumerate()
        .filter(|(_, marked)| !marked.line.is_blank())
    {
        if let (Some(title), Some((at, text))) = (heading(marked), before)
            && text == title
        {
            start = at;
        }
        before = (!marked.code).then(|| (index, marked.line.text.trim()));
    }
    lines.into_iter().skip(start).collect()
}

/// Whether the text is the address of a page.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
