//! Inputs that have one problem each.

use openapi_pages::bounds::MAX_DEPTH;

use crate::support::{EMBEDDED, README, operation, page};

/// An input, the code of its only problem, and the bytes that the problem points to.
pub(crate) fn cases() -> Vec<(String, &'static str, Option<&'static str>)> {
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
pub(crate) fn deep_block(levels: usize) -> String {
    let lines = (0..levels).map(|level| format!("{:level$}a:\n", ""));
    format!("openapi: 3.1.0\n{}", lines.collect::<String>())
}

/// Each of two anchors is within the bound, one inside the other is not.
pub(crate) fn deep_aliases() -> String {
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
pub(crate) fn bomb() -> String {
    let mut text = "openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{list}]\n");
    }
    text
}

/// Few repetitions of a long text.
pub(crate) fn long_bomb() -> String {
    format!(
        "openapi: 3.1.0\na: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        vec!["*a"; 70].join(", ")
    )
}
