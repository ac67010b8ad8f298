use super::*;

fn same(text: &str) {
    assert_eq!(harmless(text), text);
}

#[test]
fn ordinary_text_stays() {
    for text in [
        "",
        "The user's id.",
        "Uses snake_case and *stress*, 5 < 6 & more.",
        "A list:\n\n- one\n- two\n  goes on",
        "See <https://example.org/a_b>.",
        "[A guide](https://example.org/guide)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "`code` and\n\n```text\nblock\n```",
    ] {
        same(text);
    }
}

#[test]
fn code_never_runs() {
    for text in [
        "```rust\npanic!()\n```",
        "```\npanic!()\n```",
        "~~~ {.rust}\npanic!()\n~~~",
        "Like this:\n\n    panic!()\n",
        "- item\n\n      panic!()\n- other",
        "> ```\n> panic!()\n> ```",
        "```rust\npanic!()",
        "1. a\n\n   ```rust\n   panic!()\n   ```",
        "text\n```rust,should_panic\npanic!()\n```\nmore",
        "- ```\n  panic!()",
    ] {
        let result = harmless(text);
        assert!(is_harmless(&result), "{text:?} became {result:?}");
        assert!(
            result.contains("panic!()") || result.contains("panic\\!()"),
            "{result:?}"
        );
    }
    assert_eq!(harmless("```rust\npanic!()\n```"), "```text\npanic!()\n```");
    assert_eq!(
        harmless("Like this:\n\n    panic!()"),
        "Like this:\n\n```text\npanic!()\n```"
    );
    assert_eq!(harmless("```sh\ncurl"), "```text\ncurl\n```");
}

#[test]
fn brackets_are_no_links_to_items() {
    assert_eq!(harmless("an [id] of a[0]"), "an \\[id] of a\\[0]");
    assert_eq!(harmless("an \\[id]"), "an \\[id]");
    assert_eq!(harmless("`[id]`"), "`[id]`");
    assert_eq!(harmless("[a][b]"), "\\[a]\\[b]");
    assert_eq!(
        harmless("see [the guide](guide) here"),
        "see the guide (`guide`) here"
    );
    assert_eq!(
        harmless("see [the guide](#part)"),
        "see the guide (`#part`)"
    );
    assert_eq!(harmless("note[^1]"), "note\\[^1]");
}

#[test]
fn urls_are_links() {
    assert_eq!(
        harmless("At https://example.org/a_b?c=d."),
        "At <https://example.org/a_b?c=d>."
    );
    assert_eq!(
        harmless("(see https://example.org/a(b))"),
        "(see <https://example.org/a(b)>)"
    );
    assert_eq!(harmless("`https://example.org`"), "`https://example.org`");
    assert_eq!(harmless("an http:// prefix"), "an http:// prefix");
}

#[test]
fn html_becomes_markdown_or_text() {
    assert_eq!(
        harmless("<a href=\"https://example.org\">here</a>"),
        "[here](https://example.org)"
    );
    assert_eq!(harmless("<a href=\"#x\">here</a>"), "here");
    assert_eq!(harmless("one<br/>two"), "one\ntwo");
    assert_eq!(harmless("a <b>bold</b> word"), "a bold word");
    assert_eq!(harmless("a Vec<T> of <string>"), "a Vec\\<T> of \\<string>");
    assert_eq!(harmless("<p>One</p><p>Two</p>"), "One\n\nTwo");
    assert_eq!(
        harmless("<ul><li>one</li><li>two</li></ul>"),
        "- one\n\n- two"
    );
    assert_eq!(harmless("a <!-- secret --> b"), "a  b");
    assert_eq!(harmless("<script>alert(1)</script>"), "alert(1)");
}

#[test]
fn whitespace_is_normal() {
    assert_eq!(harmless("  one  \r\ntwo\r\n\r\n"), "  one\ntwo");
    assert_eq!(harmless("a\u{202E}b\u{0}"), "ab");
}

#[test]
fn lists_and_quotes_are_indented() {
    assert_eq!(harmless("- one\ngoes on"), "- one\n  goes on");
    assert_eq!(harmless("> one\ngoes on"), "> one\n> goes on");
    assert_eq!(harmless("1. one\n      goes on"), "1. one\n   goes on");
}

#[test]
fn one_line_is_one_line() {
    assert_eq!(harmless_line("one\ntwo"), "one two");
    assert_eq!(harmless_line("plain"), "plain");
    let line = harmless_line("see\n\n```\npanic!()\n```\n\n- a");
    assert!(!line.contains('\n'), "{line}");
    assert!(
        is_harmless(&format!("Arguments:\n- `a`: {line}\n- `b`")),
        "{line}"
    );
    for hostile in [
        "```\npanic!()\n```",
        "```rust",
        "    panic!()",
        "# x",
        "- a\n- b",
        "~~~\nx",
        "> x",
    ] {
        let text = format!("Arguments:\n- `a`: {}\n- `b`: c\n", harmless_line(hostile));
        assert!(is_harmless(&text), "{text}");
    }
}

/// A small generator of nasty texts; the seed makes a failure repeatable.
fn pieces(seed: u64) -> String {
    const PIECES: &[&str] = &[
        "word",
        " ",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "```",
        "```rust\n",
        "~~~",
        "`",
        "``",
        "[",
        "]",
        "(x)",
        "](u)",
        "](https://e.org)",
        "<b>",
        "</b>",
        "<br>",
        "<T>",
        "<!--",
        "-->",
        "<a href='https://e.org'>",
        "</a>",
        "\\",
        "*",
        "_",
        "**",
        "|",
        "|---|",
        "\n| a | b |\n|---|---|\n",
        "# ",
        "---",
        "===",
        "https://e.org/a_b",
        "&lt;",
        "&",
        "!",
        "![i](p)",
        "[^1]",
        "[^1]: ",
        "[r]: /x\n",
        "\r",
        "\t",
        "é",
        "{",
        "}",
        "panic!()",
        "<div>\n",
        "</div>",
        "<pre>",
        "~",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut text = String::new();
    for _ in 0..(seed % 23 + 2) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(PIECES[(state % PIECES.len() as u64) as usize]);
    }
    text
}

#[test]
fn whatever_comes_in_is_harmless_and_stays_as_it_is() {
    for seed in 0..4_000 {
        let text = pieces(seed);
        let result = harmless(&text);
        assert!(
            is_harmless(&result),
            "seed {seed}: {text:?} became {result:?}"
        );
        assert_eq!(harmless(&result), result, "seed {seed}: {text:?}");
        let line = harmless_line(&text);
        assert!(
            !line.contains('\n'),
            "seed {seed}: {text:?} became {line:?}"
        );
        assert_eq!(harmless_line(&line), line, "seed {seed}: {text:?}");
        let argument = format!("Arguments:\n- `a`: {line}\n- `b`: c\n");
        assert!(
            is_harmless(&argument),
            "seed {seed}: {text:?} became {line:?}"
        );
        let broken = Parser::new_with_broken_link_callback(
            &result,
            options(),
            Some(|_| Some(("broken".into(), "".into()))),
        );
        for event in broken {
            assert!(
                !matches!(&event, Event::Start(Tag::Link { dest_url, .. }) if &**dest_url == "broken"),
                "seed {seed}: {text:?} became {result:?}"
            );
        }
    }
}
