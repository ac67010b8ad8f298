//! A vendor who moves from Mintlify's resolved form of pages to the embedded one.

use crate::bench::{Bench, assert_untouched, file, path};
use crate::pages::{Form, Page};

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
    bench.fetch().is(0, &["changed specs/depot/crate-0.md"]);
}
