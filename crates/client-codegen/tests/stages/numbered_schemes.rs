//! Security schemes that a page numbers.

use client_codegen::input::Page;
use serde_json::json;

use crate::support::{HEADER, extracted, joined, origin, page, readme};

#[test]
fn numbered_schemes_are_named_by_what_they_are() {
    let pages = [
        extracted(
            "a",
            0,
            &readme("/a", &format!(r#""sec0": {{{HEADER}}}"#), r#"{"sec0": []}"#),
        ),
        extracted(
            "b",
            0,
            &readme(
                "/b",
                r#""sec0": {"type": "http", "scheme": "bearer"}, "sec1": {"type": "apiKey", "in": "header", "name": "x-api-key"}"#,
                r#"{"sec0": [], "sec1": []}"#,
            ),
        ),
        extracted(
            "c",
            0,
            &readme(
                "/c",
                r#""sec0": {"type": "oauth2", "flows": {}}, "mine": {"type": "apiKey", "in": "query", "name": "k"}"#,
                r#"{"sec0": []}, {"mine": []}"#,
            ),
        ),
        extracted(
            "d",
            0,
            &readme(
                "/d",
                r#""sec3": {"type": "oauth2", "flows": {"implicit": {}}}"#,
                r#"{"sec3": ["read"]}"#,
            ),
        ),
    ];
    let all = joined(&pages);
    assert_eq!(
        all.document["components"]["securitySchemes"],
        json!({
            "header-x-api-key": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "x-default": "sample"},
            "http-bearer": {"type": "http", "scheme": "bearer"},
            "mine": {"type": "apiKey", "in": "query", "name": "k"},
            "oauth2": {"type": "oauth2", "flows": {}},
        })
    );
    let security = |path: &str| all.document["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/a"), json!([{"header-x-api-key": []}]));
    assert_eq!(
        security("/b"),
        json!([{"http-bearer": [], "header-x-api-key": []}])
    );
    assert_eq!(security("/c"), json!([{"oauth2": []}, {"mine": []}]));
    assert_eq!(security("/d"), json!([{"oauth2": ["read"]}]));
    let place = origin(&all, "/components/securitySchemes/http-bearer/scheme");
    assert_eq!(place, ("b".to_owned(), "\"bearer\"".to_owned()));
    // A page alone has the same names, so that the next one changes none.
    let alone = joined(&pages[..1]);
    assert_eq!(
        alone.document["security"],
        json!([{"header-x-api-key": []}])
    );
    // Where it was required in the page.
    assert!(
        origin(&alone, "/security/0/header-x-api-key")
            .1
            .starts_with("[]")
    );
    let reversed: Vec<Page> = pages.iter().rev().cloned().collect();
    assert_eq!(joined(&reversed).document, all.document);
}

#[test]
fn schemes_that_a_vendor_has_named_are_kept() {
    let yaml = "openapi: 3.0.3\npaths: {}\ncomponents: {securitySchemes: {sec0: {type: http, scheme: bearer}}}\n";
    let joined = joined(&[page("a", yaml)]);
    assert!(
        joined.document["components"]["securitySchemes"]
            .get("sec0")
            .is_some()
    );
}
