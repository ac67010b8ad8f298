//! The byte ranges: what stands there reads as the value.

mod support;

use openapi_pages::{parse_json, parse_yaml};
use support::{EMBEDDED, README, RESOLVED, WEBHOOK, check_spans, only};

#[test]
fn every_value_of_a_document_form_reads_back_from_its_bytes() {
    for text in [EMBEDDED, README] {
        let fragment = only(text);
        let checked = check_spans(text, &fragment.document, &fragment.spans, |_| false);
        assert!(checked > 25, "{checked}");
    }
}

#[test]
fn every_moved_scalar_of_the_lift_reads_back_from_its_bytes() {
    for (text, least) in [(RESOLVED, 75), (WEBHOOK, 3)] {
        let fragment = only(text);
        let checked = check_spans(text, &fragment.document, &fragment.spans, |pointer| {
            let value = fragment.document.pointer(pointer).unwrap();
            let slice = &text[fragment.spans.get(pointer).unwrap()];
            // Lists and objects are rearranged; an alias stands for its anchor; some types are spelled otherwise.
            value.is_array()
                || value.is_object()
                || slice.starts_with('*')
                || slice.starts_with("enum<")
                || slice == "file"
                || pointer.ends_with("/patch/description")
        });
        assert!(checked >= least, "{checked}");
    }
}

#[test]
fn moved_values_point_to_where_they_stand() {
    let fragment = only(RESOLVED);
    let at = |pointer: &str| fragment.spans.get(pointer).map(|range| &RESOLVED[range]);
    let operation = "/paths/~1rooms~1{roomId}~1lamps~1{lampId}/patch";
    assert_eq!(
        at(&format!("{operation}/parameters/0/name")),
        Some("roomId")
    );
    assert_eq!(at(&format!("{operation}/parameters/0/in")), Some("path"));
    assert_eq!(
        at(&format!("{operation}/parameters/2/description")).map(|text| &text[..3]),
        Some("|-\n")
    );
    assert_eq!(
        at(&format!("{operation}/parameters/2/schema/type")),
        Some("enum<string>")
    );
    assert_eq!(
        at(&format!(
            "{operation}/responses/200/content/application~1json/schema/anyOf/0/$ref"
        )),
        Some(">-\n              #/components/schemas/Lamp")
    );
    assert_eq!(at("/components/schemas/Colour/pattern"), Some("^[a-z]+$"));
    assert_eq!(
        at("/components/schemas/LampUpdate/required/0"),
        Some("colour")
    );
    assert_eq!(
        at("/components/securitySchemes/Lantern Key/name"),
        Some("x-lantern-key")
    );
    assert_eq!(
        at("/components/securitySchemes/Lantern Key/in"),
        Some("header")
    );
    assert_eq!(at("/openapi"), None);
    let description = at(&format!("{operation}/description")).unwrap();
    assert!(
        description.starts_with("Changes what") && description.ends_with("- the brightness"),
        "{description}"
    );
    // What has no place of its own is found by what encloses it.
    let root = fragment.spans.nearest("/info/title").unwrap();
    assert!(RESOLVED[root].starts_with("paths:"));
}

#[test]
fn yaml_ranges_cover_the_value_and_nothing_else() {
    let text = "# é\na: &anchor 'ü'  # comment\nb: !!str 12\nc:\n  - x\n  -\n    k: v # c\n    l:\n  - [1, {ö: €}] # d\n\n\
                # end\nd: plain\n  goes on\ne: >-\n  folded\n  😀\n\nf: &b |+\n\n  kept\n\ng: *anchor\n\"h\": &c\n  i: 1\nj: {}\n";
    let (value, spans) = parse_yaml(text).unwrap();
    let at = |pointer: &str| spans.get(pointer).map(|range| &text[range]);
    assert_eq!(at("/a"), Some("'ü'"));
    assert_eq!(at("/b"), Some("12"));
    assert_eq!(value["b"], "12");
    assert_eq!(
        at("/c"),
        Some("- x\n  -\n    k: v # c\n    l:\n  - [1, {ö: €}]")
    );
    assert_eq!(at("/c/1"), Some("k: v # c\n    l:"));
    assert_eq!(at("/c/1/l"), Some(""));
    assert_eq!(at("/c/2"), Some("[1, {ö: €}]"));
    assert_eq!(at("/c/2/1"), Some("{ö: €}"));
    assert_eq!(at("/c/2/1/ö"), Some("€"));
    assert_eq!(at("/d"), Some("plain\n  goes on"));
    assert_eq!(at("/e"), Some(">-\n  folded\n  😀"));
    assert_eq!(at("/f"), Some("|+\n\n  kept\n\n"));
    assert_eq!(value["f"], "\nkept\n\n");
    assert_eq!(at("/g"), Some("*anchor"));
    assert_eq!(value["g"], "ü");
    assert_eq!(at("/h"), Some("i: 1"));
    assert_eq!(at("/j"), Some("{}"));
    assert!(at("").unwrap().starts_with("a: ") && at("").unwrap().ends_with("j: {}"));
    let checked = check_spans(text, &value, &spans, |pointer| {
        matches!(pointer, "" | "/b" | "/g")
    });
    assert!(checked > 15);
}

#[test]
fn what_an_alias_repeats_has_the_range_of_its_anchor_inside() {
    let text = "a: &x\n  deep: [1, 2]\nb: *x\n";
    let (value, spans) = parse_yaml(text).unwrap();
    assert_eq!(value["b"], value["a"]);
    assert_eq!(spans.get("/b").map(|range| &text[range]), Some("*x"));
    assert_eq!(spans.get("/b/deep/1"), spans.get("/a/deep/1"));
}

#[test]
fn json_ranges_cover_the_value_and_nothing_else() {
    let text = "\u{feff}{ \"é\\n\" : [ 1.50 , \"\\u00fc€\" , { } , null,true ] ,\r\n \"\": -0 }\n";
    let (value, spans) = parse_json(text).unwrap();
    let at = |pointer: &str| spans.get(pointer).map(|range| &text[range]);
    assert_eq!(at("/é\n/0"), Some("1.50"));
    assert_eq!(at("/é\n/1"), Some("\"\\u00fc€\""));
    assert_eq!(value["é\n"][1], "ü€");
    assert_eq!(at("/é\n/2"), Some("{ }"));
    assert_eq!(at("/é\n/4"), Some("true"));
    assert_eq!(at("/"), Some("-0"));
    assert_eq!(at("").map(str::len), Some(text.trim().len() - 3));
    for (pointer, range) in spans.iter() {
        let read: serde_json::Value = serde_json::from_str(&text[range]).unwrap();
        assert_eq!(&read, value.pointer(pointer).unwrap(), "{pointer}");
    }
}

#[test]
fn a_block_scalar_that_is_the_whole_document_has_its_header() {
    for text in ["|2-\n\n  \u{e9}\n", "# c\n|-\n  a\n  b\n", "--- >\n  a\n"] {
        let (_, spans) = openapi_pages::parse_yaml(text).unwrap();
        let range = spans.get("").unwrap();
        assert!(
            text[range.clone()].starts_with(['|', '>']),
            "{text:?}: {:?}",
            &text[range]
        );
    }
}
