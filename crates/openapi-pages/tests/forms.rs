//! How each form is recognised, and what its frame gives.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

mod support;

use openapi_pages::{Format, extract};
use serde_json::json;
use support::{EMBEDDED, JSON, README, RESOLVED, WEBHOOK, YAML, only, page, problems, read};

#[test]
fn each_form_is_recognised_by_content() {
    for (text, format) in [
        (RESOLVED, Format::MintlifyResolved),
        (WEBHOOK, Format::MintlifyResolved),
        (EMBEDDED, Format::MintlifyEmbedded),
        (README, Format::ReadMe),
        (JSON, Format::OpenApiJson),
        (YAML, Format::OpenApiYaml),
        (" {\"openapi\": \"3.0.0\"}", Format::OpenApiJson),
        ("# comment\nopenapi: 3.1.0\n", Format::OpenApiYaml),
        ("info: {}\n\"openapi\" : 3.0.0\n", Format::OpenApiYaml),
        ("---\nopenapi: 3.0.0\n", Format::OpenApiYaml),
    ] {
        assert_eq!(read(text).format, format, "{text}");
        assert_eq!(
            extract(text.as_bytes(), Some(format)),
            extract(text.as_bytes(), None)
        );
    }
}

#[test]
fn the_embedded_form_is_taken_as_it_is() {
    let fragment = only(EMBEDDED);
    assert_eq!(fragment.title.as_deref(), Some("List rooms"));
    assert!(fragment.source_urls.is_empty());
    assert_eq!(
        fragment.document,
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Lantern", "version": "7"},
            "servers": [],
            "security": [],
            "paths": {"/rooms": {"get": {
                "summary": "List rooms",
                "operationId": "listRooms",
                "responses": {"200": {
                    "description": "Räume & “rooms”",
                    "content": {"application/json": {"schema": {
                        "type": "array", "items": {"$ref": "#/components/schemas/Room"}
                    }}}
                }}
            }}},
            "components": {"schemas": {"Room": {"type": "object", "properties": {"on": {"type": "boolean"}}}}}
        })
    );
}

#[test]
fn the_readme_form_takes_only_the_definition() {
    let fragment = only(README);
    assert_eq!(fragment.title.as_deref(), Some("Get a scene"));
    assert_eq!(
        fragment.source_urls,
        ["https://docs.lantern.example/reference/get-scene.md"]
    );
    assert_eq!(fragment.document["x-readme-fauxas"], true);
    let operation = &fragment.document["paths"]["/scenes/{id}"]["get"];
    assert_eq!(operation["operationId"], "get-scene");
    assert_eq!(operation["description"], "Für “warme” Räume ☀️");
    // The example stays the text that it is.
    let value = &operation["responses"]["200"]["content"]["application/json"]["examples"]["Result"]
        ["value"];
    assert_eq!(value, "{\n  \"id\": 7\n}");
}

#[test]
fn an_uploaded_file_without_blank_line_after_the_heading() {
    let text = "# T\n\n# OpenAPI definition\n```json\n{\"openapi\": \"3.0.2\", \"paths\": {\"/a\": {}}}\n```";
    let fragment = only(text);
    assert_eq!(
        fragment.document,
        json!({"openapi": "3.0.2", "info": {"title": "", "version": ""}, "paths": {"/a": {}}})
    );
    assert_eq!(fragment.spans.get("/info"), None);
    assert_eq!(
        fragment.spans.get("/openapi").map(|range| &text[range]),
        Some("\"3.0.2\"")
    );
}

#[test]
fn line_breaks_and_byte_order_mark_change_only_the_ranges() {
    for text in [RESOLVED, WEBHOOK, EMBEDDED, README, JSON, YAML] {
        let plain = only(text);
        for (other, name) in [
            (text.replace('\n', "\r\n"), "CRLF"),
            (format!("\u{feff}{text}"), "BOM"),
            (format!("\u{feff}{}", text.replace('\n', "\r\n")), "both"),
        ] {
            let fragment = only(&other);
            assert_eq!(fragment.document, plain.document, "{name}");
            assert_eq!(fragment.title, plain.title, "{name}");
            assert_eq!(fragment.source_urls, plain.source_urls, "{name}");
            assert_eq!(fragment.spans.len(), plain.spans.len(), "{name}");
            for (pointer, range) in fragment.spans.iter() {
                let expected = &text[plain.spans.get(pointer).unwrap()];
                assert_eq!(
                    other[range].replace("\r\n", "\n"),
                    expected,
                    "{name} {pointer}"
                );
            }
        }
    }
}

#[test]
fn glued_pages_give_a_fragment_each_and_equal_ones_collapse() {
    let second = README
        .replace("/scenes/{id}", "/scenes")
        .replace("# Get a scene", "# Get all scenes");
    let again = README.replace("get-scene.md", "get-scene-1.md");
    let dump = format!("Get a scene\n\n{README}\nGet all scenes\n\n{second}\n\n{again}");
    let extraction = read(&dump);
    assert_eq!(extraction.format, Format::ReadMe);
    let paths: Vec<_> = extraction
        .fragments
        .iter()
        .map(|fragment| fragment.document["paths"].clone())
        .collect();
    assert_eq!(paths.len(), 2);
    assert!(paths[0].get("/scenes/{id}").is_some() && paths[1].get("/scenes").is_some());
    let titles: Vec<_> = extraction
        .fragments
        .iter()
        .map(|fragment| fragment.title.as_deref())
        .collect();
    assert_eq!(titles, [Some("Get a scene"), Some("Get all scenes")]);
    for fragment in &extraction.fragments {
        let id = fragment.spans.get("/openapi").map(|range| &dump[range]);
        assert_eq!(id, Some("\"3.1.0\""));
    }
}

#[test]
fn each_glued_mintlify_page_has_its_own_addresses() {
    let first =
        format!("# Source: https://a.example/1\n# Source: https://a.example/2\n\n{EMBEDDED}");
    let prose = "# Source: https://a.example/guide\n\n# A guide\n\n```sh\n# Source: https://a.example/no\n```\n\n";
    let other = EMBEDDED.replace("/rooms:", "/halls:");
    let dump = format!(
        "{first}\n\n{prose}# Source: https://a.example/3\n\n{other}\n# Source: https://a.example/4\n\n{EMBEDDED}"
    );
    let extraction = read(&dump);
    let urls: Vec<_> = extraction
        .fragments
        .iter()
        .map(|fragment| fragment.source_urls.clone())
        .collect();
    assert_eq!(
        urls,
        [
            vec![
                "https://a.example/1",
                "https://a.example/2",
                "https://a.example/4"
            ],
            vec!["https://a.example/3"]
        ]
    );
}

#[test]
fn front_matter_gives_addresses_and_a_title_of_last_resort() {
    let yaml = "openapi: 3.0.0\npaths: {}";
    let block = format!("\n````yaml get /x\n{yaml}\n````\n");
    let text = format!(
        "---\nurl: https://a.example/x.md\ntitle: From the crawler\nlastmod: 2025-01-01\n---\n{block}"
    );
    let fragment = only(&text);
    assert_eq!(fragment.source_urls, ["https://a.example/x.md"]);
    assert_eq!(fragment.title.as_deref(), Some("From the crawler"));
    let text = format!(
        "# Source: https://a.example/y\n\n---\nsource: not an address\n---\n\n# null\n{block}"
    );
    let fragment = only(&text);
    assert_eq!(fragment.source_urls, ["https://a.example/y"]);
    assert_eq!(fragment.title.as_deref(), Some("null"));
    // Front matter that is no YAML is passed over.
    assert_eq!(
        only(&format!("---\n: : [\n---\n# T\n{block}"))
            .title
            .as_deref(),
        Some("T")
    );
}

#[test]
fn a_stated_format_decides_what_is_read() {
    let yaml_in_json_clothes = "{\"openapi\": 3.1.0}";
    assert_eq!(
        extract(yaml_in_json_clothes.as_bytes(), Some(Format::OpenApiYaml))
            .unwrap()
            .format,
        Format::OpenApiYaml
    );
    let both = format!("{README}\n\n{EMBEDDED}");
    for format in [Format::ReadMe, Format::MintlifyEmbedded] {
        let extraction = extract(both.as_bytes(), Some(format)).unwrap();
        assert_eq!((extraction.format, extraction.fragments.len()), (format, 1));
    }
    assert_eq!(problems(&both, None)[0].code, "pages::mixed_forms");
    assert_eq!(
        problems(README, Some(Format::OpenApiJson))[0].code,
        "pages::json_syntax"
    );
}

#[test]
fn the_description_is_the_quote_after_the_title_and_all_up_to_the_block() {
    let yaml = "paths:\n  path: /x\n  method: get\n  request: {}\n  response: {}\n  type: path\ncomponents: {}";
    let page = |head: &str| format!("{head}\n\n## OpenAPI\n\n````yaml get /x\n{yaml}\n````");
    let description = |head: &str| {
        let text = page(head);
        let fragment = only(&text);
        let value = fragment.document["paths"]["/x"]["get"]
            .get("description")
            .cloned();
        let range = fragment.spans.get("/paths/~1x/get/description");
        assert_eq!(range.is_some(), value.is_some());
        (
            value.map(|value| value.as_str().unwrap().to_owned()),
            range.map(|range| text[range].to_owned()),
        )
    };
    let same = |text: &str| (Some(text.to_owned()), Some(text.to_owned()));
    assert_eq!(description("# T\n\n> One line."), same("One line."));
    assert_eq!(
        description("# T\n> Ü.\n\n- *a*\n- b\n\n"),
        same("Ü.\n\n- *a*\n- b")
    );
    // The first line of the quote may be empty.
    assert_eq!(description("# T\n\n> \n\nLater."), same("Later."));
    assert_eq!(
        description("# T\n\n> One\n> two\n\nthree"),
        (
            Some("One\ntwo\n\nthree".to_owned()),
            Some("One\n> two\n\nthree".to_owned())
        )
    );
    assert_eq!(description("# T\n\nNo quote."), (None, None));
    assert_eq!(description("# T\n\n> "), (None, None));
    assert_eq!(description("# T"), (None, None));
    assert_eq!(description("no title\n\n> Quote"), (None, None));
    assert_eq!(
        description("# T\n\n> ## Documentation Index\n> more"),
        (None, None)
    );
    // A crawler's own head before the page's.
    assert_eq!(
        description("# T\n\n> Downloaded: today\n\n---\n\n# T\n\n> Mine."),
        same("Mine.")
    );
    assert_eq!(
        description("# T\n\n> See\n\n```md\n# T\n## OpenAPI\n```\n\nend"),
        same("See\n\n```md\n# T\n## OpenAPI\n```\n\nend")
    );
}

#[test]
fn blocks_of_either_line_count_are_found_without_a_final_line_break() {
    let text = page("openapi: 3.1.0\npaths: {}");
    assert_eq!(only(text.trim_end()).document["openapi"], "3.1.0");
}
