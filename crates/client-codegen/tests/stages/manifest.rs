use client_codegen::manifest::Manifest;
use openapi_pages::Format;

use crate::support::{codes, manifest, marked, two_apis};

/// An API whose tables are given; complete unless a test takes something away.
fn api(keys: &str, documents: &str) -> String {
    format!("[api.a]\n{keys}\n{documents}")
}

const KEYS: &str = "title = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"";
const DOCUMENT: &str = "[[api.a.document]]\nfile = \"a/a.md\"";

#[test]
fn every_key_is_read() {
    let keys = format!(
        "{KEYS}\noverlay = \"a/o.yaml\"\nbase-url = \"https://api.a.test\"\ncredentials = {{ first = \"token\", second = \"api_key\" }}"
    );
    let document =
        format!("{DOCUMENT}\nurl = \"https://a.test/a.md\"\nformat = \"readme\"\nrank = -3");
    let manifest = manifest(&api(&keys, &document)).unwrap();
    let api = manifest.api("a").unwrap();
    assert_eq!(
        (
            api.title.as_str(),
            api.crate_name.as_str(),
            api.environment_prefix.as_str()
        ),
        ("A", "a-client", "A")
    );
    assert_eq!(api.overlay_path().as_deref(), Some("specs/a/o.yaml"));
    assert_eq!(api.crate_path(), "crates/a-client");
    assert_eq!(api.base_url.as_deref(), Some("https://api.a.test"));
    assert_eq!(api.credentials["second"], "api_key");
    let document = &api.documents[0];
    assert_eq!(
        (document.path().as_str(), document.rank),
        ("specs/a/a.md", -3)
    );
    assert_eq!(document.url.as_deref(), Some("https://a.test/a.md"));
    assert_eq!(document.format, Some(Format::ReadMe));
    let text = manifest.file.text().unwrap();
    assert_eq!(&text[document.span.clone()], "\"a/a.md\"");
    assert_eq!(&text[api.span.clone()], "a");
    assert_eq!(&text[api.overlay_span.clone().unwrap()], "\"a/o.yaml\"");
}

#[test]
fn what_is_optional_can_be_left_out() {
    let manifest = manifest(&api(KEYS, DOCUMENT)).unwrap();
    let api = manifest.api("a").unwrap();
    assert!(api.overlay.is_none() && api.base_url.is_none() && api.credentials.is_empty());
    assert!(
        api.documents[0].url.is_none()
            && api.documents[0].format.is_none()
            && api.documents[0].rank == 0
    );
    assert!(
        crate::support::manifest("# nothing yet\n")
            .unwrap()
            .apis
            .is_empty()
    );
}

#[test]
fn inline_documents_are_the_same_as_tables() {
    let keys = format!("{KEYS}\ndocument = [{{ file = \"a/a.md\" }}, {{ file = \"a/b.md\" }}]");
    let manifest = manifest(&api(&keys, "")).unwrap();
    let files: Vec<_> = manifest.apis[0]
        .documents
        .iter()
        .map(|document| document.file.as_str())
        .collect();
    assert_eq!(files, ["a/a.md", "a/b.md"]);
}

#[test]
fn apis_are_sorted_and_documents_are_not() {
    let text = api(
        KEYS,
        "[[api.a.document]]\nfile = \"z\"\n[[api.a.document]]\nfile = \"b\"",
    )
    .replace("a-client", "z-client");
    let other = api(KEYS, DOCUMENT)
        .replace("api.a", "api.A")
        .replace("api.A", "api.c");
    let manifest = manifest(&format!("{other}\n{text}")).unwrap();
    assert_eq!(
        manifest
            .apis
            .iter()
            .map(|api| api.name.as_str())
            .collect::<Vec<_>>(),
        ["a", "c"]
    );
    assert_eq!(manifest.apis[0].documents[0].file, "z");
}

#[test]
fn selection_is_in_the_manifests_order_and_names_what_is_unknown() {
    let manifest = two_apis();
    let names = |names: &[&str]| -> Vec<String> {
        manifest
            .select(names)
            .unwrap()
            .iter()
            .map(|api| api.name.clone())
            .collect()
    };
    assert_eq!(names(&[]), ["one", "two"]);
    assert_eq!(names(&["two", "one", "two"]), ["one", "two"]);
    let problems = manifest.select(&["tow", "one", "three"]).unwrap_err();
    assert_eq!(
        codes(&problems),
        ["manifest::unknown_api", "manifest::unknown_api"]
    );
    assert!(
        problems
            .iter()
            .all(|problem| problem.help().contains("one, two"))
    );
}

/// A manifest with one fault, the code, and what is marked first.
#[test]
fn each_fault_is_marked_where_it_is() {
    let cases: &[(String, &str, &str)] = &[
        (
            api(&format!("{KEYS}\nboth = 1"), DOCUMENT),
            "manifest::unknown_key",
            "both",
        ),
        (
            format!("apis = 1\n{}", api(KEYS, DOCUMENT)),
            "manifest::unknown_key",
            "apis",
        ),
        (
            api(KEYS, &format!("{DOCUMENT}\nuri = \"x\"")),
            "manifest::unknown_key",
            "uri",
        ),
        (
            api(&KEYS.replace("title", "# title"), DOCUMENT),
            "manifest::missing_key",
            "a",
        ),
        (
            api(&KEYS.replace("\"A\"\ncrate", "7\ncrate"), DOCUMENT),
            "manifest::wrong_type",
            "7",
        ),
        (
            api(&format!("{KEYS}\ncredentials = 1"), DOCUMENT),
            "manifest::wrong_type",
            "1",
        ),
        (
            api(&format!("{KEYS}\ncredentials = {{ a = 1 }}"), DOCUMENT),
            "manifest::wrong_type",
            "1",
        ),
        (
            api(KEYS, &format!("{DOCUMENT}\nrank = \"1\"")),
            "manifest::wrong_type",
            "\"1\"",
        ),
        ("api = 1".to_owned(), "manifest::wrong_type", "1"),
        ("[api]\na = 1".to_owned(), "manifest::wrong_type", "a"),
        (api(KEYS, ""), "manifest::no_documents", "a"),
        (
            api(&format!("{KEYS}\ndocument = []"), ""),
            "manifest::no_documents",
            "[]",
        ),
        (
            api(&KEYS.replace("a-client", "a_client"), DOCUMENT),
            "manifest::invalid_value",
            "\"a_client\"",
        ),
        (
            api(&KEYS.replace("prefix = \"A\"", "prefix = \"a\""), DOCUMENT),
            "manifest::invalid_value",
            "\"a\"",
        ),
        (
            api(&format!("{KEYS}\nbase-url = \"a.test\""), DOCUMENT),
            "manifest::invalid_value",
            "\"a.test\"",
        ),
        (
            api(
                &format!("{KEYS}\ncredentials = {{ a = \"type\" }}"),
                DOCUMENT,
            ),
            "manifest::invalid_value",
            "\"type\"",
        ),
        (
            api(KEYS, &format!("{DOCUMENT}\nformat = \"word\"")),
            "manifest::invalid_value",
            "\"word\"",
        ),
        (
            api(KEYS, &format!("{DOCUMENT}\nurl = \"http://a.test\"")),
            "manifest::invalid_value",
            "\"http://a.test\"",
        ),
        (
            api(KEYS, DOCUMENT).replace("api.a", "api.A"),
            "manifest::invalid_value",
            "A",
        ),
        (
            api(KEYS, &DOCUMENT.replace("a/a.md", "../a.md")),
            "manifest::path",
            "\"../a.md\"",
        ),
        (
            api(&format!("{KEYS}\noverlay = \"/etc/a\""), DOCUMENT),
            "manifest::path",
            "\"/etc/a\"",
        ),
        (
            api(KEYS, &format!("{DOCUMENT}\n{DOCUMENT}")),
            "manifest::duplicate_document",
            "\"a/a.md\"",
        ),
        (api("title = \"A", DOCUMENT), "manifest::syntax", ""),
    ];
    for (text, code, expected) in cases {
        let problems = manifest(text).unwrap_err();
        assert_eq!(codes(&problems), [*code], "{text}");
        if *code != "manifest::syntax" {
            assert_eq!(marked(&problems)[0], *expected, "{text}");
        }
    }
}

const INDEX: &str = "url = \"https://a.test/llms.txt\", include = [\"ref/*\", \"more/**\"]";

#[test]
fn what_the_vendors_site_says_is_read() {
    let keys = format!(
        "{KEYS}\nindex = {{ {INDEX}, exclude = [\"ref/intro.md\"], folder = \"a/pages\" }}"
    );
    let retired = "retired = { date = 2026-11-22, reason = \"replaced by v2\" }";
    let text = api(&keys, &format!("{DOCUMENT}\n{retired}"));
    let whole = manifest(&text).unwrap();
    let found = whole.api("a").unwrap();
    let index = found.index.as_ref().unwrap();
    assert_eq!(index.url, "https://a.test/llms.txt");
    let texts: Vec<&str> = index.include.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["ref/*", "more/**"]);
    assert_eq!(index.exclude[0].text, "ref/intro.md");
    assert_eq!(
        &text[index.exclude[0].place.range.clone()],
        "\"ref/intro.md\""
    );
    assert_eq!(index.folder, "a/pages");
    let retired = found.documents[0].retired.as_ref().unwrap();
    assert_eq!(
        (retired.date.as_str(), retired.reason.as_str()),
        ("2026-11-22", "replaced by v2")
    );

    // The folder has the API's name, and the first documents come from the index. A table is as good as a line of it.
    let tables = format!(
        "{KEYS}\n[api.a.index]\n{}",
        INDEX.replace(", include", "\ninclude")
    );
    let whole = manifest(&api(&tables, "")).unwrap();
    let found = whole.api("a").unwrap();
    assert_eq!(found.index.as_ref().unwrap().folder, "a");
    assert!(found.documents.is_empty());
    let problems = client_codegen::input::vendored(std::path::Path::new(""), found).unwrap_err();
    assert_eq!(codes(&problems), ["manifest::no_documents"]);

    let day = api(
        KEYS,
        &format!("{DOCUMENT}\nretired = {{ date = \"2024-02-29\", reason = \"r\" }}"),
    );
    assert!(manifest(&day).is_ok());
}

#[test]
fn what_the_vendors_site_says_has_a_form() {
    let index = |entry: &str| api(&format!("{KEYS}\nindex = {entry}"), DOCUMENT);
    let retired = |entry: &str| api(KEYS, &format!("{DOCUMENT}\nretired = {entry}"));
    let cases = &[
        (index("1"), "manifest::wrong_type", "1"),
        (
            index("{ include = [\"a\"] }"),
            "manifest::missing_key",
            "{ include = [\"a\"] }",
        ),
        (
            index("{ url = \"https://a.test\" }"),
            "manifest::missing_key",
            "{ url = \"https://a.test\" }",
        ),
        (
            index("{ url = \"https://a.test\", include = [] }"),
            "manifest::invalid_value",
            "[]",
        ),
        (
            index("{ url = \"https://a.test\", include = [\"/a\"] }"),
            "manifest::invalid_value",
            "\"/a\"",
        ),
        (
            index("{ url = \"http://a.test\", include = [\"a\"] }"),
            "manifest::invalid_value",
            "\"http://a.test\"",
        ),
        (
            index(&format!("{{ {INDEX}, folder = \"../up\" }}")),
            "manifest::path",
            "\"../up\"",
        ),
        (
            index(&format!("{{ {INDEX}, exclude = \"a\" }}")),
            "manifest::wrong_type",
            "\"a\"",
        ),
        (
            index(&format!("{{ {INDEX}, depth = 1 }}")),
            "manifest::unknown_key",
            "depth",
        ),
        (retired("true"), "manifest::wrong_type", "true"),
        (
            retired("{ reason = \"r\" }"),
            "manifest::missing_key",
            "{ reason = \"r\" }",
        ),
        (
            retired("{ date = 2026-11-22 }"),
            "manifest::missing_key",
            "{ date = 2026-11-22 }",
        ),
        (
            retired("{ date = 2026-11-22, reason = \" \" }"),
            "manifest::invalid_value",
            "\" \"",
        ),
        (
            retired("{ date = 2026-11-22T01:02:03Z, reason = \"r\" }"),
            "manifest::invalid_value",
            "2026-11-22T01:02:03Z",
        ),
        (
            retired("{ date = \"2026-02-30\", reason = \"r\" }"),
            "manifest::invalid_value",
            "\"2026-02-30\"",
        ),
        (
            retired("{ date = \"soon\", reason = \"r\" }"),
            "manifest::invalid_value",
            "\"soon\"",
        ),
        (
            retired("{ date = 1, reason = \"r\" }"),
            "manifest::wrong_type",
            "1",
        ),
        (
            retired("{ date = 2026-11-22, reason = \"r\", by = \"me\" }"),
            "manifest::unknown_key",
            "by",
        ),
    ];
    for (text, code, expected) in cases {
        let problems = manifest(text).unwrap_err();
        assert_eq!(codes(&problems), [*code], "{text}: {problems}");
        assert_eq!(marked(&problems)[0], *expected, "{text}");
    }
}

#[test]
fn a_missing_file_marks_its_own_table() {
    let problems = manifest(&api(
        KEYS,
        &format!("{DOCUMENT}\n[[api.a.document]]\nrank = 1"),
    ))
    .unwrap_err();
    assert_eq!(codes(&problems), ["manifest::missing_key"]);
    assert!(
        problems
            .iter()
            .next()
            .unwrap()
            .message()
            .contains("[[api.a.document]]")
    );
}

#[test]
fn one_run_reports_all_faults() {
    let text = format!(
        "{}\n{}",
        api("crate = \"A\"\nx = 1", ""),
        api(KEYS, "").replace("api.a", "api.b")
    );
    let problems = manifest(&text).unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            "manifest::missing_key",
            "manifest::invalid_value",
            "manifest::missing_key",
            "manifest::unknown_key",
            "manifest::no_documents",
            "manifest::no_documents",
        ]
    );
}

#[test]
fn a_crate_belongs_to_one_api_even_if_another_fault_is_there() {
    let one = api(&format!("{KEYS}\nx = 1"), DOCUMENT);
    let problems = manifest(&format!(
        "{one}\n{}",
        api(KEYS, DOCUMENT).replace("api.a", "api.b")
    ))
    .unwrap_err();
    assert_eq!(
        codes(&problems),
        ["manifest::unknown_key", "manifest::duplicate_crate"]
    );
    let labels = problems.iter().nth(1).unwrap().labels();
    assert!(labels[0].place.range.start > labels[1].place.range.start);
}

#[test]
fn a_manifest_that_is_not_text_is_a_problem() {
    let problems = Manifest::parse("specs/apis.toml", vec![0xff, 0xfe]).unwrap_err();
    assert_eq!(codes(&problems), ["manifest::syntax"]);
}
