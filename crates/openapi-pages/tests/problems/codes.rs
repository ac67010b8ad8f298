//! Each code, where it points, and the bounds.

use std::collections::BTreeSet;

use openapi_pages::bounds::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_INPUT};
use openapi_pages::{CODES, Format, extract, parse_json, parse_yaml};

use crate::cases::cases;
use crate::support::{EMBEDDED, README, operation, page, problem, problems, shown};

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
