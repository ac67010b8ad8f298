//! Reading overlay files: what form they may have, and that a problem is marked in the file.

use client_codegen::overlay::Overlay;

use crate::support::codes;

#[test]
fn the_form_of_an_overlay_is_checked() {
    let whole = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nextends: ./page.md\nx-a: 1\nactions:\n- {target: $, description: d, x-b: 1, update: {}}\n";
    assert!(Overlay::parse("o", whole.into()).is_ok());
    assert!(Overlay::parse("o", whole.replace("1.0.0", "1.0.7").into()).is_ok());
    let cases = [
        (whole.replace("overlay: 1.0.0\n", ""), "overlay::invalid"),
        (whole.replace("1.0.0", "1.2.0"), "overlay::version"),
        (whole.replace("1.0.0", "1.0"), "overlay::version"),
        (whole.replace("1.0.0", "1.0.x"), "overlay::version"),
        (
            whole.replace("info: {title: T, version: '1'}\n", ""),
            "overlay::invalid",
        ),
        (whole.replace("title: T, ", ""), "overlay::invalid"),
        (whole.replace("x-a", "a"), "overlay::unknown_key"),
        (whole.replace("x-b", "copy"), "overlay::unknown_key"),
        (
            whole.replace("title: T", "title: T, name: x"),
            "overlay::unknown_key",
        ),
        (whole.replace("./page.md", "7"), "overlay::invalid"),
        (whole.replace("target: $, ", ""), "overlay::invalid"),
        (whole.replace("target: $", "target: 7"), "overlay::invalid"),
        (
            whole.replace("description: d", "remove: 'yes'"),
            "overlay::invalid",
        ),
        (
            whole.replace("description: d", "description: 1"),
            "overlay::invalid",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []\n".to_owned(),
            "overlay::invalid",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n".to_owned(),
            "overlay::invalid",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [7]\n".to_owned(),
            "overlay::invalid",
        ),
        ("[]".to_owned(), "overlay::invalid"),
    ];
    for (text, code) in cases {
        let problems = Overlay::parse("o", text.clone().into()).unwrap_err();
        assert_eq!(codes(&problems), [code], "{text}");
    }
}

#[test]
fn an_overlay_may_be_json() {
    let json = "{\n\t\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"},\n\t\"actions\": [{\"target\": \"$\", \"remove\": true}]}";
    assert_eq!(
        Overlay::parse("o", json.into()).unwrap().actions[0].target,
        "$"
    );
    let problems = Overlay::parse("o", "a: [".into()).unwrap_err();
    assert!(codes(&problems)[0].starts_with("pages::"));
}

/// Parses a bad overlay and gives its only problem as code, line, and the bytes that are marked.
fn bad(bytes: Vec<u8>) -> (String, usize, String) {
    let problems = Overlay::parse("fix.yaml", bytes.clone()).unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
    let problem = problems.iter().next().unwrap();
    let place = &problem.labels()[0].place;
    assert_eq!(place.file.name(), "fix.yaml");
    let line = bytes[..place.range.start]
        .split(|byte| *byte == b'\n')
        .count();
    let marked = String::from_utf8_lossy(&bytes[place.range.clone()]).into_owned();
    (problem.code().to_owned(), line, marked)
}

#[test]
fn what_cannot_be_read_is_marked_in_the_overlay() {
    let is = |code: &str, line, marked: &str| (code.to_owned(), line, marked.to_owned());
    let head = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n";
    let with = |rest: &str| bad(format!("{head}{rest}").into_bytes());
    let mut latin = format!("{head}x-a: caf").into_bytes();
    latin.push(0xe9);
    assert_eq!(bad(latin), is("overlay::invalid", 3, "\u{fffd}"));
    assert_eq!(bad(Vec::new()), is("overlay::invalid", 1, ""));
    assert_eq!(
        bad(b"# later\n".to_vec()),
        is("overlay::invalid", 1, "# later\n")
    );
    assert_eq!(
        with("actions:\n\t- target: $\n"),
        is("pages::yaml_tab", 4, "\t")
    );
    assert_eq!(
        with("info: {}\nactions: []\n"),
        is("pages::duplicate_key", 3, "info")
    );
    assert_eq!(
        with("actions: !!set {a, b}\n"),
        is("pages::yaml_tag", 3, "!!set {")
    );
    assert_eq!(
        with("actions:\n- {target: $, update: {[a]: 1}}\n"),
        is("pages::yaml_key", 4, "[")
    );
    let mut bomb = "x-0: &a0 [x, x]\n".to_owned();
    for level in 1..30 {
        let below = level - 1;
        bomb.push_str(&format!("x-{level}: &a{level} [*a{below}, *a{below}]\n"));
    }
    let (code, line, marked) = with(&bomb);
    assert_eq!(code, "pages::alias_bomb");
    assert!(
        line > 10 && marked.starts_with("*a"),
        "{marked} in line {line}"
    );
    let json = "{\"overlay\": \"1.0.0\",\n\"overlay\": \"1.0.0\"}";
    assert_eq!(
        bad(json.into()),
        is("pages::duplicate_key", 2, "\"overlay\"")
    );
}

#[test]
fn an_overlay_may_start_with_a_byte_order_mark() {
    for text in [
        "\u{feff}overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.a, remove: true}]\n",
        "\u{feff}{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"},\n\t\"actions\": [{\"target\": \"$.a\", \"remove\": true}]}",
    ] {
        let overlay = Overlay::parse("o", text.into()).unwrap();
        let range = overlay.spans.get("/actions/0/target").unwrap();
        assert!(overlay.file.text().unwrap()[range].contains("$.a"));
    }
}
