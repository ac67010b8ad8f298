//! What stands around the blocks: crawlers' lines, heads, guides, footers, and dumps of several pages.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use openapi_pages::{Extraction, Format, extract};
use serde_json::{Value, json};
use support::{EMBEDDED, README, RESOLVED, WEBHOOK, only, problem, problems, read};

/// A block of the embedded form for `path`.
fn embedded(path: &str) -> String {
    format!(
        "## OpenAPI\n\n````yaml get {path}\nopenapi: 3.1.0\npaths:\n  {path}:\n    get: {{}}\n\n````"
    )
}

/// A block of the resolved form for `path`.
fn resolved(path: &str) -> String {
    format!(
        "## OpenAPI\n\n````yaml spec.json GET {path}\npaths:\n  path: {path}\n  method: get\n  request: {{}}\n  response: {{}}\n  \
         type: path\ncomponents: {{}}\n\n````"
    )
}

/// Title, addresses and description of each page.
fn heads(extraction: &Extraction) -> Vec<(&str, Vec<&str>, Option<&str>)> {
    let fragments = extraction.fragments.iter();
    fragments
        .map(|fragment| {
            let item = fragment.document["paths"]
                .as_object()
                .unwrap()
                .values()
                .next();
            let description = item.and_then(|item| item["get"].get("description"));
            (
                fragment.title.as_deref().unwrap_or_default(),
                fragment.source_urls.iter().map(String::as_str).collect(),
                description.and_then(Value::as_str),
            )
        })
        .collect()
}

#[test]
fn whatever_an_embedded_page_has_around_its_block() {
    let note = "> ## Documentation Index\n>\n> Fetch the complete documentation index at: https://a.example/llms.txt\n\n";
    let agents = "<AgentInstructions>\n\n# Feedback\n\n```json\n{\"openapi\": \"2.0\"}\n```\n\n</AgentInstructions>\n\n";
    let block = embedded("/x");
    let plain = only(&format!("# T\n\n{block}"));
    for head in [
        format!("{note}# T\n\n> About it.\n\n"),
        format!("{note}{agents}# T\n"),
        format!("{agents}{note}# T\n\n"),
        "> Quoted before the title.\n\n# T\n\n".to_owned(),
        "# T\n\n<Note>Careful, `# not a title`</Note>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```bash\n# not a title\ncurl x\n```\n\n".to_owned(),
        "# T\n\n```js Title of a sample\nnever closed\n\n".to_owned(),
        "# T\r\n\r\n***\r\n".to_owned(),
        "# Source: https://a.example/1\n\n# T\n".to_owned(),
        "# Source: https://a.example/1\n# Source: https://a.example/2\n\n# Source: https://a.example/1\n\n# T\n".to_owned(),
    ] {
        for tail in [
            "",
            "\n",
            "\n\n",
            "\n\nBuilt with [Mintlify](https://mintlify.com).\n",
            "\n\nBuilt with [Mintlify](https://mintlify.com).",
            "\n\n# Related\n\n```json\n{\"openapi\": \"3.0.0\"}\n```\n",
        ] {
            let text = format!("{head}{block}{tail}");
            let fragment = only(&text);
            assert_eq!(fragment.document, plain.document, "{text}");
            assert_eq!(fragment.title.as_deref(), Some("T"), "{text}");
            let urls = ["/1", "/2"].iter().filter(|url| head.contains(**url));
            assert_eq!(fragment.source_urls.len(), urls.count(), "{text}");
        }
    }
}

#[test]
fn the_fence_may_lack_its_source_and_shout_its_method() {
    let yaml = "openapi: 3.0.0\npaths: {/x: {get: {}}}";
    let expected = only(yaml).document;
    for head in [
        "get /x",
        "GET /x",
        "Get /x",
        "openapi.yaml get /x",
        "https://a.example/spec.json GET /x",
        "en/openapi knowledge.json get /x",
        "devops/developer-api/openapi.yml get /x ",
        "webhook x",
        "spec.json webhook x.y",
    ] {
        for close in ["````", "````\n", "````  \nmore\n"] {
            let text = format!("# T\n\n````yaml {head}\n{yaml}\n{close}");
            assert_eq!(only(&text).document, expected, "{text}");
        }
    }
}

#[test]
fn an_embedded_webhook_and_path_level_parameters_stay() {
    let yaml = "openapi: 3.1.0\nwebhooks:\n  paid:\n    post: {responses: {}}";
    let document = only(&format!("# T\n\n````yaml webhook paid\n{yaml}\n````")).document;
    assert_eq!(
        document["webhooks"],
        json!({"paid": {"post": {"responses": {}}}})
    );
    assert_eq!(document["paths"], json!({}));
    let yaml = "openapi: 3.0.0\npaths:\n  /x/{id}:\n    parameters: [{name: id, in: path}]\n    get: {x-codeSamples: [], security: [{a: []}]}\n    x-mint: {href: /x}";
    let document = only(&format!("# T\n\n````yaml get /x/{{id}}\n{yaml}\n````")).document;
    assert_eq!(document, {
        let mut whole = openapi_pages::parse_yaml(yaml).unwrap().0;
        whole["info"] = json!({"title": "", "version": ""});
        whole
    });
}

#[test]
fn a_resolved_page_has_no_description_that_only_looks_like_one() {
    let block = resolved("/x");
    for (head, title, description) in [
        // A crawler may put a quote of its own there.
        ("> Said before.\n\n# T\n\n", "T", None),
        ("# T\n\nText.\n\n> A quote in the text.\n\n", "T", None),
        (
            "# T\n\n<AgentInstructions>\n> For agents.\n</AgentInstructions>\n\n",
            "T",
            None,
        ),
        (
            "# T\n\n> Fetch the complete documentation index at: x\n\n",
            "T",
            None,
        ),
        ("# null\n\n> Said.\n\n", "null", Some("Said.")),
        ("# A & `b` <c>\n> Said.\n", "A & `b` <c>", Some("Said.")),
        ("# T\n\n>Said.\n", "T", Some("Said.")),
        (
            "---\nsource: https://a.example/t.md\nfetched: 2025-01-01T00:00:00Z\n---\n\n# T\n\n> Said.\n\nMode: <small>sync</small>\n\n",
            "T",
            Some("Said.\n\nMode: <small>sync</small>"),
        ),
    ] {
        let text = format!("{head}{block}");
        let extraction = read(&text);
        let (found, _, said) = heads(&extraction).remove(0);
        assert_eq!((found, said), (title, description), "{head}");
    }
}

#[test]
fn addresses_stand_before_and_after_front_matter() {
    let block = resolved("/x");
    for head in [
        "# Source: https://a.example/1\n\n---\nurl: https://a.example/2\n---\n# T\n",
        "---\nurl: https://a.example/2\n---\n\n# Source: https://a.example/1\n\n# T\n",
        "---\nsource: https://a.example/2\nurl: https://a.example/1\n---\n# T\n",
    ] {
        let text = format!("{head}\n{block}");
        let fragment = only(&text);
        assert_eq!(fragment.title.as_deref(), Some("T"));
        let mut urls = fragment.source_urls;
        urls.sort();
        assert_eq!(
            urls,
            ["https://a.example/1", "https://a.example/2"],
            "{head}"
        );
    }
}

#[test]
fn dumps_of_crawlers_give_a_fragment_for_each_page() {
    for block in [embedded, resolved] {
        let guide = "# Source: https://a.example/guide\n\n# Guide\n\n> How.\n\n```yaml\nopenapi: 3.0.0\n```\n";
        let dump = format!(
            "# Source: https://a.example/a\n\n# A\n\n> One.\n\n{}\n\n\n{guide}\n# Source: https://a.example/b\n\n# B\n\n{}\n\
             # Source: https://a.example/again\n\n# A\n\n> One.\n\n{}\n\nBuilt with [Mintlify](https://mintlify.com).\n",
            block("/a"),
            block("/b"),
            block("/a")
        );
        let extraction = read(&dump);
        let resolved_only = (extraction.format == Format::MintlifyResolved).then_some("One.");
        assert_eq!(
            heads(&extraction),
            [
                (
                    "A",
                    vec!["https://a.example/a", "https://a.example/again"],
                    resolved_only
                ),
                ("B", vec!["https://a.example/b"], None)
            ]
        );
        assert_eq!(
            Some(extraction.format),
            extract(dump.as_bytes(), Some(extraction.format))
                .ok()
                .map(|same| same.format)
        );
    }
}

#[test]
fn pages_of_a_native_dump_begin_with_title_and_address() {
    for block in [embedded, resolved] {
        let dump = format!(
            "# Guide\nSource: https://a.example/guide\n\nText.\n\n# Part of the guide\n\n> A quote.\n\n\
             # A\nSource: https://a.example/a\n\n> One.\n\n{}\n\n\n# Other guide\nSource: https://a.example/other\n\n\
             # B\nSource:   https://a.example/b  \n\n{}\n\n# A\r\nSource: https://a.example/again\r\n\r\n> One.\n\n{}\n",
            block("/a"),
            block("/b"),
            block("/a")
        );
        let extraction = read(&dump);
        let resolved_only = (extraction.format == Format::MintlifyResolved).then_some("One.");
        assert_eq!(
            heads(&extraction),
            [
                (
                    "A",
                    vec!["https://a.example/a", "https://a.example/again"],
                    resolved_only
                ),
                ("B", vec!["https://a.example/b"], None)
            ]
        );
    }
    // Only right under a title, and only an address.
    for head in [
        "# T\n\nText.\nSource: https://a.example/no\n",
        "# T\nSource: a book\n",
        "# T\n```\n# U\nSource: https://a.example/no\n```\n",
    ] {
        let text = format!("{head}\n{}", embedded("/x"));
        let fragment = only(&text);
        assert_eq!(
            (fragment.title.as_deref(), fragment.source_urls.len()),
            (Some("T"), 0),
            "{head}"
        );
    }
}

#[test]
fn a_glued_page_that_only_repeats_another_adds_nothing_but_addresses() {
    for (text, format) in [
        (RESOLVED, Format::MintlifyResolved),
        (WEBHOOK, Format::MintlifyResolved),
        (EMBEDDED, Format::MintlifyEmbedded),
        (README, Format::ReadMe),
    ] {
        let twice = format!("{text}\n\n{text}");
        let (one, two) = (only(text), only(&twice));
        assert_eq!(one.document, two.document);
        assert_eq!(one.spans, two.spans);
        assert_eq!(one.source_urls, two.source_urls);
        assert_eq!(read(&twice).format, format);
    }
}

#[test]
fn a_readme_page_in_each_of_its_heads() {
    let definition = "# OpenAPI definition\n\n```json\n{\"openapi\": \"3.0.2\", \"info\": {}, \"paths\": {\"/a\": {}}}\n```";
    let plain = only(definition);
    assert_eq!(plain.title, None);
    for (head, title) in [
        (
            "---\nupdatedAt: 2026-01-01T00:00:00.000Z\nagentTools:\n  projectIndex: https://a.example/llms.txt\n---\n\n# T\n\n",
            Some("T"),
        ),
        (
            "Fetch the complete documentation index at: https://a.example/llms.txt. Use it.\n\n# T\n\n",
            Some("T"),
        ),
        (
            "> Fetch the complete documentation index at: https://a.example/llms.txt\n\n# T\n\nBody.\n\n# Notes\n\n",
            Some("T"),
        ),
        (
            "# T\n\n[block:callout]\n{\"type\": \"info\",}\n[/block]\n\n[block:code]{ \"codes\": [] }[/block]\n\n",
            Some("T"),
        ),
        (
            "# T\n\n```json Sample Response\n{\"openapi\": \"3.0.0\", // no\n}\n```\n\n```json\n{\"a\": 1,}\n```\n\n",
            Some("T"),
        ),
        ("# T\n\n```json\nnever closed\n\n", Some("T")),
        ("", None),
    ] {
        for tail in [
            "",
            "\n",
            "\n\nA remark.\n",
            "\n\n# OpenAPI definition\n\nsoon\n",
        ] {
            let text = format!("{head}{definition}{tail}");
            let fragment = only(&text);
            assert_eq!(fragment.document, plain.document, "{text}");
            assert_eq!(fragment.title.as_deref(), title, "{text}");
        }
    }
}

#[test]
fn a_definition_without_its_heading_is_taken_if_it_is_the_only_one_and_last() {
    let document = "{\"openapi\": \"3.0.0\", \"info\": {}, \"paths\": {\"/a\": {}}}";
    let fence = format!("```json\n{document}\n```\n");
    for text in [
        format!("# T\n\nBody.\n\n{fence}"),
        format!("# T\n\n```json\n{{\"a\": 1,}}\n```\n\n```js\nx\n```\n\n{fence}\n"),
        format!("# T\n\n```json Title\n{document}\n```"),
    ] {
        for stated in [None, Some(Format::ReadMe)] {
            let extraction = extract(text.as_bytes(), stated).unwrap();
            assert_eq!(extraction.format, Format::ReadMe);
            let fragment = &extraction.fragments[0];
            assert_eq!(fragment.document["paths"], json!({"/a": {}}));
            assert_eq!(fragment.title.as_deref(), Some("T"));
            assert_eq!(
                fragment.spans.get("/openapi").map(|range| &text[range]),
                Some("\"3.0.0\"")
            );
        }
        assert_eq!(
            problems(&text, Some(Format::MintlifyEmbedded))[0].code,
            "pages::no_fence"
        );
    }
    // Which of two it is, or whether a text goes on after a mere sample, cannot be known.
    for text in [
        format!("# T\n\n{fence}\n{fence}"),
        format!("# T\n\n{fence}\nThis was a sample.\n"),
        format!("# T\n\n{fence}\n```json\n{{}}\n```\n"),
    ] {
        let found = problem(&text);
        assert_eq!(found.code, "pages::no_fence");
        assert_eq!(
            found.span.map(|span| &text[span]),
            Some("```json"),
            "{text}"
        );
        assert!(
            found.message.contains("# OpenAPI definition"),
            "{}",
            found.message
        );
        assert!(found.help.contains("right before"), "{}", found.help);
    }
    // Neither broken JSON nor another object is a definition.
    for inner in [
        "{\"openapi\": \"3.0.0\",",
        "{\"paths\": {}}",
        "{\"openapi\": \"2.0\", \"paths\": {}}",
        "[]",
    ] {
        let found = problem(format!("# T\n\n```json\n{inner}\n```\n"));
        assert_eq!(
            (found.code, found.span),
            ("pages::no_fence", None),
            "{inner}"
        );
    }
}
