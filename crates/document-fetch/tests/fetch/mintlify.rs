//! A vendor who moves from Mintlify's resolved form of pages to the embedded one.

use client_codegen::commands::diff::Format;
use document_fetch::Index;

use crate::bench::{Bench, assert_untouched, file, index, path};
use crate::pages::{Form, Page};
use crate::repository::{begin, diff, golden};

/// Page 0 in the resolved form, which has no operationId.
fn resolved() -> Bench {
    let bench = Bench::new(&[0]);
    bench
        .site
        .put(&path(0), Page::new(0).of(Form::Resolved).text());
    bench.fetch().is(0, &["new"]);
    bench
}

fn embedded() -> String {
    Page::new(0).of(Form::Embedded).text()
}

#[test]
fn the_new_form_is_let_in_and_a_name_that_changes_is_told() {
    let bench = resolved();
    bench.site.put(&path(0), embedded());
    let ran = bench.fetch();
    ran.is(
        0,
        &[
            "fetch::renamed",
            "the method of GET /crates-0/{id} is `get_crates_0_id` and becomes `get_crate_0`",
            "$.paths['/crates-0/{id}'].get",
            "operationId: get_crates_0_id",
            "changed specs/depot/crate-0.md",
        ],
    );
    assert_eq!(bench.read(&file(0)), embedded());
}

#[test]
fn an_overlay_keeps_the_name() {
    let bench = resolved();
    let overlay = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions:\n  - target: $.paths['/crates-0/{id}'].get\n    \
        update: { operationId: get_crates_0_id }\n";
    bench.write("specs/depot/overlay.yaml", overlay);
    bench.edit(
        "specs/apis.toml",
        "environment-prefix",
        "overlay = \"depot/overlay.yaml\"\nenvironment-prefix",
    );
    bench.site.put(&path(0), embedded());
    let ran = bench.fetch();
    ran.is(0, &["changed specs/depot/crate-0.md"]);
    assert!(!ran.text.contains("fetch::"), "{}", ran.text);
}

/// What is between two texts, once.
#[track_caller]
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// The embedded form tells more: the name of the operation, and texts that the resolved form has no place for.
#[test]
fn with_the_overlay_that_the_warning_shows_the_name_stays_and_the_diff_shows_what_was_gained() {
    let bench = resolved();
    begin(&bench);
    let gained = Page::new(0).of(Form::Embedded).with("weight").text();
    let gained = gained.replace(
        "        label:\n          type: string\n",
        "        label:\n          type: string\n          description: What people call the crate.\n",
    );
    assert!(gained.contains("What people call"));
    bench.site.put(&path(0), gained);
    let ran = bench.fetch();
    ran.is(0, &["fetch::renamed"]);
    golden(
        "embedded-renamed",
        "The page has moved to the embedded form: without an overlay the operation gets the vendor's name.",
        &diff(bench.root(), Format::Text),
    );

    // Word for word what the warning proposes.
    let said = ran.text.replace(" │ ", " ");
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ");
    let target = between(&said, "with the target ", " and `");
    let update = between(&said, " and `", "`");
    assert_eq!(update, "update: { operationId: get_crates_0_id }");
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{ title: Ours, version: '1' }}\nactions:\n  - target: {target}\n    {update}\n"
    );
    bench.write("specs/depot/overlay.yaml", overlay);
    bench.edit(
        "specs/apis.toml",
        "environment-prefix",
        "overlay = \"depot/overlay.yaml\"\nenvironment-prefix",
    );
    golden(
        "embedded-kept",
        "The same with the overlay that the warning of `fetch` proposes: the name stays, and what is left is what was gained.",
        &diff(bench.root(), Format::Text),
    );
}

#[test]
fn a_stated_format_is_kept_until_somebody_changes_it() {
    let bench = resolved();
    let line = "file = \"depot/crate-0.md\"\n";
    let stated = format!("{line}format = \"mintlify-resolved\"\n");
    bench.edit("specs/apis.toml", line, &stated);
    bench.site.put(&path(0), embedded());
    let before = bench.tree();
    bench.fetch().is(
        1,
        &[
            "fetch::other_format",
            "of the format mintlify-embedded, and the manifest states mintlify-resolved",
        ],
    );
    assert_untouched(&before, &bench.tree(), "other format");
    bench.edit("specs/apis.toml", "mintlify-resolved", "mintlify-embedded");
    // The vendored page is not of that form, which is no reason to refuse the one that is.
    // What it describes is compared all the same.
    bench
        .site
        .put(&path(0), Page::new(1).of(Form::Embedded).text());
    bench.fetch().is(1, &["fetch::other_operation"]);
    bench.site.put(&path(0), embedded());
    bench
        .fetch()
        .is(0, &["fetch::renamed", "changed specs/depot/crate-0.md"]);
}

/// A page that is listed under another URL, in the other form: one goes and one comes, and the operation is the same.
#[test]
fn a_name_that_changes_is_told_for_a_page_that_moves_as_well() {
    let bench = Bench::empty();
    let url = bench.site.url("/llms.txt");
    let index_entry = format!("index = {{ url = \"{url}\", include = [\"**/*.md\"] }}\n");
    bench.write("specs/apis.toml", bench.head(&index_entry));
    bench.site.put("/llms.txt", "- [Get](/v1/get.md)\n");
    bench
        .site
        .put("/v1/get.md", Page::new(0).of(Form::Resolved).text());
    bench
        .run(&index(Index::Accept))
        .is(0, &["new specs/depot/v1/get.md"]);

    bench.site.put("/llms.txt", "- [Get](/latest/get.md)\n");
    bench.site.put("/latest/get.md", embedded());
    bench.run(&index(Index::Accept)).is(
        0,
        &[
            "fetch::renamed",
            "becomes `get_crate_0`",
            "new specs/depot/latest/get.md",
            "removed specs/depot/v1/get.md",
        ],
    );
    assert!(!bench.root().join("specs/depot/v1").exists());
}
