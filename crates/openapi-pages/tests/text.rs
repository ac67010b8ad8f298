//! What comes before any meaning: encodings, control characters, line breaks, and how numbers are written.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use openapi_pages::{Format, extract, parse_json, parse_yaml};
use serde_json::{Value, json};
use support::{EMBEDDED, README, RESOLVED, WEBHOOK, only, problem, problems};

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: Ü}\n";

/// `text` in units of `width` bytes.
fn encoded(text: &str, width: usize, big_endian: bool) -> Vec<u8> {
    let units: Vec<u32> = if width == 2 {
        text.encode_utf16().map(u32::from).collect()
    } else {
        text.chars().map(u32::from).collect()
    };
    let bytes = units.into_iter().flat_map(|unit| {
        let mut bytes = unit.to_le_bytes()[..width].to_vec();
        if big_endian {
            bytes.reverse();
        }
        bytes
    });
    bytes.collect()
}

#[test]
fn another_encoding_is_named() {
    for (width, big_endian, name) in [
        (2, false, "UTF-16LE"),
        (2, true, "UTF-16BE"),
        (4, false, "UTF-32LE"),
        (4, true, "UTF-32BE"),
    ] {
        for (text, mark) in [
            (DOCUMENT.to_owned(), "without mark"),
            (format!("\u{feff}{DOCUMENT}"), "with mark"),
            (EMBEDDED.to_owned(), "a page"),
            ("{\"openapi\": \"3.1.0\"}".to_owned(), "ASCII only"),
        ] {
            let input = encoded(&text, width, big_endian);
            for stated in [None, Some(Format::OpenApiYaml), Some(Format::OpenApiJson)] {
                let found = problems(&input, stated);
                assert_eq!(found.len(), 1, "{name} {mark}");
                assert_eq!(found[0].code, "pages::not_utf8", "{name} {mark}");
                let says = format!("{} {}", found[0].message, found[0].help);
                assert!(says.contains(name), "{name} {mark}: {says}");
                assert!(found[0].span.as_ref().unwrap().end <= input.len());
            }
        }
    }
}

#[test]
fn one_byte_per_character_is_named_only_if_it_looks_like_that() {
    let found = problem(b"openapi: 3.1.0\ninfo: {title: caf\xe9, x-y: \xfcber}\n");
    assert_eq!((found.code, found.span), ("pages::not_utf8", Some(32..33)));
    assert!(found.help.contains("Latin-1"), "{}", found.help);
    // Curly quotes are where Windows-1252 has them, and nothing in Latin-1.
    let found = problem(b"openapi: 3.1.0\ninfo: {title: \x93x\x94}\n");
    assert!(found.help.contains("Windows-1252"), "{}", found.help);
    // UTF-8 that was cut or damaged is not another encoding.
    for damaged in [&b"title: \xc3\xbc \xe2\x82"[..], b"\xc3\xbc \xff\xfe"] {
        let found = problem(damaged);
        assert!(!found.help.contains("Latin-1"), "{}", found.help);
    }
}

#[test]
fn nul_bytes_do_not_end_a_text() {
    for text in [
        "openapi: 3.1.0\n\0paths: {}\n",
        "openapi: 3.1.0\ntitle: a\0b\n",
        "openapi: 3.1.0\ntitle: \"a\0b\"\n",
        "openapi: 3.1.0\n# comment \0\npaths: {}\n",
        "openapi: 3.1.0\0",
    ] {
        let found = problem(text);
        assert_eq!(found.code, "pages::yaml_syntax", "{text:?}");
        assert_eq!(found.span.map(|span| &text[span]), Some("\0"), "{text:?}");
        assert!(found.message.contains("NUL"), "{}", found.message);
    }
    let text = "{\"openapi\": \"3.1.0\", \"a\": \"\0\"}";
    let found = problem(text);
    assert_eq!(found.code, "pages::json_syntax");
    assert_eq!(found.span.map(|span| &text[span]), Some("\0"));
    // In a page, outside of its block, it harms nothing.
    let text = EMBEDDED.replace("# List rooms", "# List\0 rooms");
    assert_eq!(only(&text).document, only(EMBEDDED).document);
}

#[test]
fn a_lone_carriage_return_is_a_line_break() {
    for text in [RESOLVED, WEBHOOK, EMBEDDED, README] {
        let plain = only(text);
        let other = text.replace('\n', "\r");
        let fragment = only(&other);
        assert_eq!(fragment.document, plain.document);
        assert_eq!(fragment.title, plain.title);
        assert_eq!(fragment.source_urls, plain.source_urls);
        for (pointer, range) in fragment.spans.iter() {
            let expected = &text[plain.spans.get(pointer).unwrap()];
            assert_eq!(other[range].replace('\r', "\n"), expected, "{pointer}");
        }
    }
    let yaml = |text: &str| parse_yaml(&text.replace('\n', "\r")).unwrap().0;
    assert_eq!(
        yaml("a: |\n  x\n  y\nb: # c\n- 1\nc: p\n  q\n"),
        json!({"a": "x\ny\n", "b": [1], "c": "p q"})
    );
    let text = "a: 1\rb:\r\tc: 1\r";
    assert_eq!(parse_yaml(text).unwrap_err().code, "pages::yaml_tab");
    assert_eq!(
        only("openapi: 3.0.0\rpaths: {}\r").document["openapi"],
        "3.0.0"
    );
}

#[test]
fn half_of_a_surrogate_pair_is_a_problem() {
    for half in [r"\ud800", r"\udc00", r"\ud800x", r"\ud800\ud800"] {
        let text = format!("{{\"openapi\": \"3.1.0\", \"a\": \"{half}\"}}");
        assert_eq!(problem(&text).code, "pages::json_syntax", "{half}");
        let text = format!("openapi: 3.1.0\na: \"{half}\"\n");
        assert_eq!(problem(&text).code, "pages::yaml_syntax", "{half}");
    }
    let pair = "\"\\ud83d\\ude00\"";
    assert_eq!(parse_json(pair).unwrap().0, "😀");
    // YAML's `\u` is one character, so that a pair is two halves to it (YAML 1.2.2, section 5.7).
    assert_eq!(parse_yaml(pair).unwrap_err().code, "pages::yaml_syntax");
}

#[test]
fn numbers_keep_their_value() {
    for (text, json_value, yaml_value) in [
        ("1.0", json!(1.0), json!(1.0)),
        ("1e2", json!(100.0), json!(100.0)),
        ("-0.0", json!(-0.0), json!(-0.0)),
        // JSON has one zero that is an integer; to YAML a sign changes nothing.
        ("-0", json!(-0.0), json!(0)),
        (
            "9223372036854775808",
            json!(1_u64 << 63),
            json!(1_u64 << 63),
        ),
        ("-9223372036854775808", json!(i64::MIN), json!(i64::MIN)),
        ("1e-400", json!(0.0), json!(0.0)),
        (
            "18446744073709551616",
            json!(18446744073709551616.0),
            json!(18446744073709551616.0),
        ),
    ] {
        let written = |value: Value| value.to_string();
        assert_eq!(
            written(parse_json(text).unwrap().0),
            written(json_value),
            "{text}"
        );
        assert_eq!(
            written(parse_yaml(text).unwrap().0),
            written(yaml_value),
            "{text}"
        );
    }
    for text in [
        "1e400",
        "-1e400",
        "18446744073709551617",
        "-9223372036854775809",
    ] {
        let spaced = format!("[1, {text}]");
        for (name, parsed) in [("JSON", parse_json(&spaced)), ("YAML", parse_yaml(&spaced))] {
            assert_eq!(parsed.unwrap_err().code, "pages::number", "{name} {text}");
        }
    }
}

#[test]
fn a_byte_order_mark_is_only_one_at_the_start() {
    for text in [DOCUMENT, "{\"openapi\": \"3.1.0\"}"] {
        let marked = format!("\u{feff}{text}");
        let (with, without) = (only(&marked), only(text));
        assert_eq!(with.document, without.document);
        assert_eq!(
            with.spans.get("/openapi").map(|range| range.start),
            without.spans.get("/openapi").map(|range| range.start + 3)
        );
    }
    assert_eq!(
        problem("{\u{feff}\"openapi\": \"3.1.0\"}").code,
        "pages::json_syntax"
    );
    assert!(extract("\u{feff}".as_bytes(), None).unwrap_err()[0].code == "pages::empty");
}

#[test]
fn duplicate_keys_are_found_however_they_are_written() {
    let keys = |text: &str| parse_yaml(text).map_err(|problem| problem.code);
    for text in [
        "a: 1\n'a': 2\n",
        "{a: 1, a: 1}",
        "? a\n: 1\n? a\n: 2\n",
        "true: 1\n\"true\": 2\n",
        "\"\\x61\": 1\na: 2\n",
        "- {b: {c: 1, c: 2}}\n",
        "x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n",
    ] {
        assert_eq!(keys(text), Err("pages::duplicate_key"), "{text}");
    }
    assert!(keys("a: 1\nA: 2\n0x10: 1\n16: 2\n").is_ok());
    let json = parse_json("{\"a\": {\"b\": 1, \"\\u0062\": 1}}");
    assert_eq!(json.unwrap_err().code, "pages::duplicate_key");
}

#[test]
fn bytes_that_are_no_text_are_called_so() {
    let noise: Vec<u8> = (0..=255_u8).cycle().take(2000).skip(77).collect();
    for (start, name) in [
        (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"[..], "PDF"),
        (b"%PDF-1.4\n1 0 obj\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"PK\x03\x04\x14\0", "zip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ] {
        for input in [start.to_vec(), [start, &noise].concat()] {
            let found = problem(&input);
            assert_eq!(found.code, "pages::not_utf8");
            assert!(
                found.message.contains(&format!("binary data ({name})")),
                "{}",
                found.message
            );
            assert!(!found.help.contains("iconv"), "{}", found.help);
            assert!(found.help.contains("Markdown"), "{}", found.help);
        }
    }
    let found = problem(&noise);
    assert!(found.message.contains("binary data,"), "{}", found.message);
    assert!(!found.help.contains("iconv"), "{}", found.help);
    // One odd byte makes no text binary.
    let found = problem(b"# A page\n\n\x1b[1mbold\x1b[0m text \xff and more of it\n");
    assert!(!found.message.contains("binary"), "{}", found.message);
}
