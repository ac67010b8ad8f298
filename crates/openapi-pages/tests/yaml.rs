//! What YAML text means.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

use openapi_pages::parse_yaml;
use serde_json::{Value, json};

fn value(text: &str) -> Value {
    match parse_yaml(text) {
        Ok((value, _)) => value,
        Err(problem) => panic!("{text:?}: {problem}"),
    }
}

/// Texts without oddities: on these, another library must agree.
const PLAIN: &[&str] = &[
    "a: 1\nb: [x, 2.5, null, true, ~]\nc: {d: e, f: {}}\n",
    "- - 1\n  - 2\n- k: v\n  l:\n  - m\n- []\n",
    "a: 'it''s'\nb: \"tab\\t \\u00e9 \\x41 \\\"\"\nc: 'no'\nd: '12'\ne: \"true\"\n",
    "a: |\n  lit\n   more\n\n  end\nb: |-\n  x\nc: |+\n  y\n\nd: >\n  fold\n  ed\n\n  par\n    kept\n  on\ne: >-\n  z\nf: >+\n  w\n\ng: 1\n",
    "a: |2\n    two\n  one\nb: ''\n",
    "a: plain text\n  over lines\n\n  and a gap\nb: 'quoted\n  over lines'\nc: \"double\n  over \\\n  lines\"\n",
    "a: &x {k: [1, 2]}\nb: *x\nc: &y text\nd: [*y, *x]\n",
    "# c\na: b # c\n# c\nc: d#e\nf: 'g # h' # i\n",
    "---\na: 1\n...\n",
    "a:\n  - b\nc:\n- d\ne:\nf: ''\n",
    "url: https://a.example:8080/x?y=z&w=*\ntime: 12:30\ndate: 2024-02-03\nyes: no\nv: 1.2.3\n",
    "? key\n: value\n? other\n",
    "é: “ü”\n😀: [€, ☀️]\n",
    "\"quoted key\": 1\n'single': 2\n{}\n: 3\n",
    "a: {b: 1, c: [d, {e: f}],}\n",
    "a: -1\nb: +2\nc: 0x1F\nd: 0o17\ne: 1e3\nf: -2.5E-2\ng: .5\n",
    "a: !!str 12\nb: !!int \"3\"\n",
];

#[test]
fn agrees_with_serde_yaml_where_nothing_is_odd() {
    let mut compared = 0;
    for text in PLAIN {
        let Ok(expected) = serde_yaml::from_str::<Value>(text) else {
            assert!(parse_yaml(text).is_err(), "{text:?}");
            continue;
        };
        assert_eq!(value(text), expected, "{text:?}");
        compared += 1;
    }
    assert!(compared >= PLAIN.len() - 1, "{compared}");
}

#[test]
fn agrees_with_serde_yaml_on_the_fixtures() {
    for page in [
        include_str!("fixtures/resolved.md"),
        include_str!("fixtures/webhook.md"),
        include_str!("fixtures/embedded.md"),
    ] {
        let (_, rest) = page.split_once("````yaml ").unwrap();
        let (yaml, _) = rest
            .split_once('\n')
            .unwrap()
            .1
            .split_once("\n````")
            .unwrap();
        assert_eq!(value(yaml), serde_yaml::from_str::<Value>(yaml).unwrap());
    }
}

#[test]
fn plain_scalars_follow_the_core_schema_and_quoted_ones_are_texts() {
    assert_eq!(
        value(
            "[yes, no, on, off, y, 2024-01-02, 2024-01-02T03:04:05Z, 0123, '1', \"null\", 1_0, 0b1, ~, Null, TRUE]"
        ),
        json!([
            "yes",
            "no",
            "on",
            "off",
            "y",
            "2024-01-02",
            "2024-01-02T03:04:05Z",
            123,
            "1",
            "null",
            "1_0",
            "0b1",
            null,
            null,
            true
        ])
    );
    assert_eq!(
        value("a: |\n  12\nb: >-\n  true\n"),
        json!({"a": "12\n", "b": "true"})
    );
}

#[test]
fn keys_become_the_text_that_is_written() {
    assert_eq!(
        value("200: a\n4.0: b\ntrue: c\n~: d\n0x10: e\n'on': f\n2024-01-02: g\n"),
        json!({"200": "a", "4.0": "b", "true": "c", "~": "d", "0x10": "e", "on": "f", "2024-01-02": "g"})
    );
    assert_eq!(
        value("&k key: 1\nother: *k\n"),
        json!({"key": 1, "other": "key"})
    );
    assert_eq!(
        value("a: &k key\nb: {*k : 1}\n"),
        json!({"a": "key", "b": {"key": 1}})
    );
}

#[test]
fn merge_keys_add_what_is_missing() {
    assert_eq!(
        value(
            "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none: {<<: *b, y: 9}\ntwo: {<<: [*m, *b]}\nquoted: {'<<': 1}\n"
        ),
        json!({
            "base": {"x": 1, "y": 2},
            "more": {"y": 3, "z": 4},
            "one": {"x": 1, "y": 9},
            "two": {"x": 1, "y": 3, "z": 4},
            "quoted": {"<<": 1}
        })
    );
}

#[test]
fn tags_of_the_core_schema_are_applied() {
    assert_eq!(
        value(
            "a: !!str 1\nb: !!int '0x10'\nc: !!bool \"true\"\nd: ! 12\ne: !!seq [1]\nf: !!map {g: !!null ''}\nh: !!float '2'\n"
        ),
        json!({"a": "1", "b": 16, "c": true, "d": "12", "e": [1], "f": {"g": null}, "h": 2.0})
    );
}

#[test]
fn an_anchor_can_be_set_again() {
    assert_eq!(
        value("- &a 1\n- *a\n- &a [2]\n- *a\n- &e\n- *e\n"),
        json!([1, 1, [2], [2], null, null])
    );
}

#[test]
fn a_text_without_document_is_a_problem_and_a_scalar_is_a_value() {
    for text in ["", "\u{feff}", "# only\n", " \n\n"] {
        assert_eq!(
            parse_yaml(text).unwrap_err().code,
            "pages::empty",
            "{text:?}"
        );
    }
    assert_eq!(value("---\n"), json!(null));
    assert_eq!(value("\u{feff}text"), json!("text"));
}

#[test]
fn line_breaks_in_texts_are_normalised() {
    assert_eq!(
        value("a: |\r\n  x\r\n  y\r\nb: 'p\r\n  q'\r\n"),
        json!({"a": "x\ny\n", "b": "p q"})
    );
}
