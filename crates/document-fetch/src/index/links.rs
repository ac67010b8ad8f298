//! The links of an index. `llms.txt` is Markdown: headings, and lists of links with descriptions (<https://llmstxt.org>).

use pulldown_cmark::{Event, Parser, Tag};
use reqwest::Url;

/// The links of a Markdown text that lies at `base`, in their order, each once; without their fragments. What is no URL is
/// no page.
pub(super) fn links(text: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for event in Parser::new(text) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let Ok(mut url) = base.join(dest_url.trim()) else {
            continue;
        };
        url.set_fragment(None);
        if seen.insert(url.to_string()) {
            found.push(url);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn lists_and_references_and_what_is_relative() {
        let text = "# Site\n\n> About.\n\n## Docs\n\n- [A](https://d.example/api/a.md): the first\n- [B](/api/b.md#x)\n\
            - [B again](api/b.md)\n* [C][c]\n- <https://d.example/d.md>\n- no link\n- [bad](http://)\n\n\
            [c]: ../c.md \"C\"\n\n```\n[code](/no.md)\n```\n";
        let base = "https://d.example/llms.txt".parse().unwrap();
        let found: Vec<String> = links(text, &base).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "https://d.example/api/a.md",
                "https://d.example/api/b.md",
                "https://d.example/c.md",
                "https://d.example/d.md"
            ]
        );
    }
}
