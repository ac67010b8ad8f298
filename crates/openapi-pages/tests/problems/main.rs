//! Every problem code: an input that has it, and where it points.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use std::collections::BTreeSet;

use openapi_pages::bounds::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_INPUT};
use openapi_pages::{CODES, Format, extract, parse_json, parse_yaml};
use support::{EMBEDDED, README, operation, page, problem, problems, shown};

/// An input, the code of its only problem, and the bytes that the problem points to.
fn cases() -> Vec<(String, &'static str, Option<&'static str>)> {
    let yaml = |text: &str| format!("openapi: 3.1.0\n{text}");
    let json = |text: &str| format!("{{\"openapi\": \"3.1.0\", {text}");
    let case = |text: String, code, at| (text, code, at);
    vec![
        case(" \n\t".into(), "pages::empty", None),
        case(page("# nothing"), "pages::empty", Some("# nothing\n")),
        case(
            "# T\n\n# OpenAPI definition\n\n```json\n\n```\n".into(),
            "pages::empty",
            Some("\n"),
        ),
        case(
            "\n<!-- x --><!DOCTYPE html><title>API</title>".into(),
            "pages::html",
            None,
        ),
        case(
            "<?xml version=\"1.0\"?>\n<HTML lang=en>".into(),
            "pages::html",
            None,
        ),
        case(
            "# A guide\n\nText, [and](a link).\n".into(),
            "pages::no_fence",
            None,
        ),
        case(
            "# A guide\n\n```yaml\nopenapi: 3.0.0\n```\n".into(),
            "pages::no_fence",
            None,
        ),
        case(
            "# T\n\n# OpenAPI definition\n\nsoon\n".into(),
            "pages::no_fence",
            None,
        ),
        case(
            "# T\n\n````yaml get /x\nopenapi: 3.1.0\n".into(),
            "pages::unclosed_fence",
            Some("````yaml get /x"),
        ),
        case(
            "# OpenAPI definition\r\n```json\r\n{\r\n".into(),
            "pages::unclosed_fence",
            Some("```json"),
        ),
        case(
            format!("{EMBEDDED}\n{}", page("paths: {path: /}")),
            "pages::mixed_forms",
            Some("````yaml get /x"),
        ),
        case(
            format!("{EMBEDDED}\n{README}"),
            "pages::mixed_forms",
            Some("```json"),
        ),
        case(
            "name: a list\n".into(),
            "pages::not_openapi",
            Some("name: a list"),
        ),
        case("[1]".into(), "pages::not_openapi", Some("[1]")),
        case(page("paths: {}"), "pages::not_openapi", Some("paths: {}")),
        case(
            "{\"swagger\": \"2.0\"}".into(),
            "pages::swagger_2",
            Some("\"2.0\""),
        ),
        case(
            "swagger: '2.0'\ninfo: {}\n".into(),
            "pages::swagger_2",
            Some("'2.0'"),
        ),
        case(
            "openapi: 3.1\n".into(),
            "pages::openapi_version",
            Some("3.1"),
        ),
        case(
            "openapi: 4.0.0\n".into(),
            "pages::openapi_version",
            Some("4.0.0"),
        ),
        case("openapi: []\n".into(), "pages::openapi_version", Some("[]")),
        case(yaml("paths: [é]\n"), "pages::shape", Some("[é]")),
        case(json("\"info\": null}"), "pages::shape", Some("null")),
        case(
            page("paths: {path: /x, method: fetch}"),
            "pages::method",
            Some("fetch"),
        ),
        case(
            operation("    security: [{title: A & B}]", "    {}"),
            "pages::security",
            Some("A & B"),
        ),
        case(
            operation(
                "    security: [{title: A, parameters: {header: {x: {type: apiKey}, y: 1}}}]",
                "    {}",
            ),
            "pages::security",
            Some("A"),
        ),
        case(
            operation(
                "    security: [{title: A, parameters: {query: {x: {type: apiKey}}}}, {title: A, parameters: {query: {y: {type: apiKey}}}}]",
                "    {}",
            ),
            "pages::component_conflict",
            Some("{type: apiKey}"),
        ),
        case(json("\"a\": 1,}"), "pages::json_syntax", Some("}")),
        case(json("// é\n}"), "pages::json_syntax", Some("/")),
        case(json("\"a\": é}"), "pages::json_syntax", Some("é")),
        case(json("\"a\": 'x'}"), "pages::json_syntax", Some("'")),
        case(json("\"a\": 01}"), "pages::json_syntax", Some("1")),
        case(json("\"a\": 1} x"), "pages::json_syntax", Some("x")),
        case(json("\"a\": [1"), "pages::truncated", Some("")),
        case(json("\"a\": \"x"), "pages::truncated", Some("")),
        case(yaml("a: b: c\n"), "pages::yaml_syntax", Some(":")),
        case(yaml("a: [ü\n"), "pages::yaml_syntax", Some("")),
        case(yaml("a: \"\\q\"\n"), "pages::yaml_syntax", None),
        case(yaml("a:\n\tb: 1\n"), "pages::yaml_tab", Some("\t")),
        // After a text, which might have gone on in the next line.
        case(yaml("a:\n  é: b\n \tc: 1\n"), "pages::yaml_tab", Some("\t")),
        case(yaml("a: b\r\n\tc: 1\r\n"), "pages::yaml_tab", Some("\t")),
        case(
            yaml("---\nopenapi: 3.1.0\n"),
            "pages::yaml_documents",
            Some("---"),
        ),
        case(yaml("é:\n  ? [a]\n  : b\n"), "pages::yaml_key", Some("[")),
        case(yaml("a: {{x}: 1}\n"), "pages::yaml_key", Some("{")),
        case(
            yaml("a: &x {}\nb: {*x : 1}\n"),
            "pages::yaml_key",
            Some("*x"),
        ),
        case(yaml("a: !secret b\n"), "pages::yaml_tag", Some("b")),
        case(yaml("a: !!int b\n"), "pages::yaml_tag", Some("b")),
        case(yaml("a: !!set {b}\n"), "pages::yaml_tag", Some("!!set {")),
        case(yaml("a: {<<: 7}\n"), "pages::merge_key", Some("7")),
        case(yaml("a: {<<: [{}, é]}\n"), "pages::merge_key", Some("é")),
        case(
            yaml("é: *nowhere\n"),
            "pages::unknown_alias",
            Some("*nowhere"),
        ),
        case(yaml("a: [*é, b]\n"), "pages::unknown_alias", Some("*é")),
        case(
            yaml("a: &a [é, *a]\n"),
            "pages::recursive_alias",
            Some("*a"),
        ),
        case(yaml("é: 1\né: 2\n"), "pages::duplicate_key", Some("é")),
        case(
            yaml("200: a\n'200': b\n"),
            "pages::duplicate_key",
            Some("'200'"),
        ),
        case(
            json("\"a\": {\"\\u00e9\": 1, \"é\": 2}}"),
            "pages::duplicate_key",
            Some("\"é\""),
        ),
        case(yaml("a: [é, .inf]\n"), "pages::number", Some(".inf")),
        case(yaml("a: -.INF\n"), "pages::number", Some("-.INF")),
        case(yaml("a: .nan\n"), "pages::number", Some(".nan")),
        case(
            yaml("a: 18446744073709551617\n"),
            "pages::number",
            Some("18446744073709551617"),
        ),
        case(
            json("\"a\": 18446744073709551617}"),
            "pages::number",
            Some("18446744073709551617"),
        ),
        case(json("\"a\": 1e999}"), "pages::number", None),
        case(
            json(&format!("\"a\": {}", "[".repeat(10_000))),
            "pages::too_deep",
            Some("["),
        ),
        case(
            json(&format!(
                "\"a\": {}1{}}}",
                "{\"b\":".repeat(10_000),
                "}".repeat(10_000)
            )),
            "pages::too_deep",
            Some("{"),
        ),
        case(
            yaml(&format!("a: {}", "[".repeat(10_000))),
            "pages::too_deep",
            None,
        ),
        case(
            yaml(&format!("a: {}", "{b: ".repeat(10_000))),
            "pages::too_deep",
            None,
        ),
        case(
            yaml(&format!("a:\n  {}x", "- ".repeat(10_000))),
            "pages::too_deep",
            None,
        ),
        case(deep_block(1_000), "pages::too_deep", None),
        case(deep_aliases(), "pages::too_deep", Some("*a1")),
        case(bomb(), "pages::alias_bomb", None),
        case(long_bomb(), "pages::alias_bomb", Some("*a")),
    ]
}

/// A mapping in a mapping, and so on, in block style.
fn deep_block(levels: usize) -> String {
    let lines = (0..levels).map(|level| format!("{:level$}a:\n", ""));
    format!("openapi: 3.1.0\n{}", lines.collect::<String>())
}

/// Each of two anchors is within the bound, one inside the other is not.
fn deep_aliases() -> String {
    let deep = |inner: &str| {
        format!(
            "{}{inner}{}",
            "[".repeat(MAX_DEPTH / 2),
            "]".repeat(MAX_DEPTH / 2)
        )
    };
    format!(
        "openapi: 3.1.0\nx-a: &a1 {}\nx-b: {}\n",
        deep("1"),
        deep("*a1")
    )
}

/// Ten levels, each repeating the one before ten times.
fn bomb() -> String {
    let mut text = "openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{list}]\n");
    }
    text
}

/// Few repetitions of a long text.
fn long_bomb() -> String {
    format!(
        "openapi: 3.1.0\na: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        vec!["*a"; 70].join(", ")
    )
}

#[test]
fn each_code_is_found_and_points_to_its_place() {
    for (text, code, at) in cases() {
        let shown: String = text.chars().take(200).collect();
        let problem = problem(&text);
        assert_eq!(problem.code, code, "{problem} in {shown:?}");
        assert!(
            !problem.message.ends_with('.') && !problem.message.is_empty(),
            "{problem}"
        );
        // A fragment that reads after "help:".
        assert!(
            !problem.help.ends_with('.') && problem.help.starts_with(|c: char| c.is_lowercase()),
            "{problem}: {}",
            problem.help
        );
        let found = problem.span.map(|span| &text[span]);
        if at.is_some() {
            assert_eq!(found, at, "{shown:?}");
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let mut tested: BTreeSet<&str> = cases().into_iter().map(|(_, code, _)| code).collect();
    tested.extend(["pages::too_large", "pages::not_utf8", "pages::wrong_form"]);
    let listed: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(tested, listed);
    assert_eq!(listed.len(), CODES.len());
    assert!(
        CODES
            .iter()
            .all(|(code, meaning)| code.starts_with("pages::") && meaning.ends_with('.'))
    );
}

#[test]
fn too_large_is_decided_before_reading() {
    let input = vec![b' '; MAX_INPUT + 1];
    assert_eq!(problem(&input).code, "pages::too_large");
    let text = std::str::from_utf8(&input).unwrap();
    assert_eq!(parse_json(text).unwrap_err().code, "pages::too_large");
    assert_eq!(parse_yaml(text).unwrap_err().code, "pages::too_large");
    assert_eq!(problem(&input[1..]).code, "pages::empty");
}

#[test]
fn bytes_that_are_not_utf8_are_pointed_to() {
    let found = problem(b"openapi: \xff\xfe3.1.0");
    assert_eq!((found.code, found.span), ("pages::not_utf8", Some(9..10)));
    // A character that is cut off at the end.
    let found = problem(b"openapi: \xe2\x82");
    assert_eq!((found.code, found.span), ("pages::not_utf8", Some(9..11)));
    let found = problem(b"\xff\xfeo\0p\0");
    assert_eq!(found.span, Some(0..2));
    assert!(found.help.contains("UTF-16"), "{}", found.help);
}

#[test]
fn a_block_of_another_form_than_stated_is_a_problem() {
    let found = problems(EMBEDDED, Some(Format::MintlifyResolved));
    assert_eq!(found[0].code, "pages::wrong_form");
    assert_eq!(
        &EMBEDDED[found[0].span.clone().unwrap()],
        "````yaml /lantern.yaml get /rooms"
    );
    assert!(
        found[0].help.contains("mintlify-embedded"),
        "{}",
        found[0].help
    );
    let found = problems(EMBEDDED, Some(Format::ReadMe));
    assert_eq!(found[0].code, "pages::no_fence");
    assert_eq!(
        problems("<html>", Some(Format::OpenApiJson))[0].code,
        "pages::html"
    );
}

#[test]
fn a_truncated_text_is_pointed_to_at_its_end() {
    let text = "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\n";
    let found = problem(text);
    assert_eq!(
        (found.code, found.span),
        ("pages::truncated", Some(text.len() - 1..text.len() - 1))
    );
}

#[test]
fn all_problems_of_an_input_are_returned() {
    let text = "openapi: 3.1.0\na: .inf\nb: !x 1\na: 2\nc: [.nan, {d: 1, d: 2}]\n";
    let codes: Vec<&str> = problems(text, None)
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(
        codes,
        [
            "pages::number",
            "pages::yaml_tag",
            "pages::duplicate_key",
            "pages::number",
            "pages::duplicate_key"
        ]
    );
    // What stops the reading comes after what did not.
    let codes: Vec<&str> = problems(format!("{text}e: *f\n"), None)
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!((codes.len(), codes[5]), (6, "pages::unknown_alias"));
    // And over all blocks of a page.
    let dump = format!(
        "{}\n{}\n{}",
        page("a: ["),
        page("openapi: 3.0.0"),
        page("b: *c")
    );
    let found = problems(&dump, None);
    let codes: Vec<&str> = found.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        ["pages::yaml_syntax", "pages::unknown_alias"],
        "{}",
        shown(&found)
    );
    assert_eq!(&dump[found[1].span.clone().unwrap()], "*c");
    let text = "{\"openapi\": 3, \"paths\": 4}";
    assert_eq!(problems(text, None).len(), 2);
}

#[test]
fn problems_point_into_the_original_bytes_with_mark_and_either_line_break() {
    let text = "\u{feff}# é\r\nopenapi: 3.1.0\r\nb: *nowhere\r\n";
    let found = problem(text);
    assert_eq!(&text[found.span.unwrap()], "*nowhere");
    let text = format!(
        "\u{feff}{}",
        README
            .replace('\n', "\r\n")
            .replace("\"default\": 0", "\"default\": x")
    );
    let found = problem(&text);
    assert_eq!(&text[found.span.unwrap()], "x");
}

#[test]
fn the_bounds_are_the_stated_ones() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse_json(&nested(MAX_DEPTH)).is_ok());
    assert!(parse_yaml(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(
        parse_json(&nested(MAX_DEPTH + 1)).unwrap_err().code,
        "pages::too_deep"
    );
    assert_eq!(
        parse_yaml(&nested(MAX_DEPTH + 1)).unwrap_err().code,
        "pages::too_deep"
    );
    // Brackets in a text are no nesting.
    let text = format!("\"{}\"", "[{\\\"".repeat(10_000));
    assert!(parse_json(&text).is_ok());
    // 1001 values per alias.
    let list = vec!["x"; 1000].join(",");
    let aliases = |count: usize| format!("a: &a [{list}]\nb: [{}]\n", vec!["*a"; count].join(","));
    let most = usize::try_from(MAX_ALIAS_NODES).unwrap() / 1001;
    assert!(parse_yaml(&aliases(most)).is_ok());
    assert_eq!(
        parse_yaml(&aliases(most + 1)).unwrap_err().code,
        "pages::alias_bomb"
    );
}

#[test]
fn what_is_deep_after_the_lift_still_reads_back_when_printed() {
    let deep = format!(
        "{}{{type: string}}{}",
        "{items: ".repeat(MAX_DEPTH - 13),
        "}".repeat(MAX_DEPTH - 13)
    );
    let response = format!(
        "    '200':\n      application/json:\n        schemaArray: [{{items: {{allOf: [{deep}]}}}}]"
    );
    let text = operation("    body: {}", &response);
    let document = extract(text.as_bytes(), None)
        .unwrap()
        .fragments
        .remove(0)
        .document;
    let printed = serde_json::to_string(&document).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&printed).unwrap(),
        document
    );
}
