//! From a vendor's change to what a reviewer reads: a site of 300 pages is fetched, and `diff` says what that means.

use client_codegen::commands::diff::Format;
use document_fetch::Index;

use crate::bench::{Bench, assert_untouched, index, path};
use crate::pages::{Form, Page};
use crate::repository::{begin, commit, diff, golden};
use crate::sites::{PAGES, list, with_index};

/// The site, fetched, generated once and committed.
fn reviewed() -> Bench {
    let bench = with_index(PAGES);
    bench.run(&index(Index::Accept)).is(0, &["300 documents"]);
    begin(&bench);
    bench
}

#[test]
fn what_a_vendor_changes_is_what_a_reviewer_reads() {
    let bench = reviewed();

    // Nothing is new: nothing is written, and there is nothing to read.
    let before = bench.tree();
    bench.fetch().is(0, &["300 documents, unchanged upstream"]);
    assert_untouched(&before, &bench.tree(), "unchanged");
    golden(
        "unchanged",
        "Nothing is new upstream.",
        &diff(bench.root(), Format::Text),
    );

    // One page of each form says more, and one of them says less, too.
    for (number, form) in [
        (30, Form::Resolved),
        (31, Form::Embedded),
        (32, Form::ReadMe),
    ] {
        let mut page = Page::new(number).with("weight");
        assert_eq!(page.form, form);
        if form == Form::ReadMe {
            page.properties.retain(|name| name != "label");
        }
        bench.site.put(&path(number), page.text());
    }
    bench.fetch().is(0, &["300 documents, 3 with changes"]);
    golden(
        "changed",
        "Three pages have a new property, one of them has lost another one.",
        &diff(bench.root(), Format::Text),
    );
    commit(bench.root());

    // One page goes, one comes, one has another URL and says the same.
    bench.site.remove(&path(40));
    bench
        .site
        .put(&path(300), Page::new(300).with("colour").text());
    bench.site.remove(&path(50));
    let moved = "/reference/crate-fifty.md";
    bench.site.put(moved, Page::new(50).text());
    let rest = (0..=300).filter(|number| ![40, 50].contains(number));
    let listed = list(&bench, rest) + &format!("- [Get crate 50]({moved})\n");
    bench.site.put("/llms.txt", listed);
    bench.run(&index(Index::Accept)).is(
        0,
        &[
            "new specs/depot/crate-fifty.md",
            "removed specs/depot/crate-50.md",
        ],
    );
    golden(
        "added-removed-moved",
        "An operation is gone and another one is new. That of page 50 has only moved to another page, which is no change.",
        &diff(bench.root(), Format::Markdown),
    );
    commit(bench.root());

    // One operation has another name at its place.
    let page = Page {
        operation_id: "find-crate".to_owned(),
        ..Page::new(61)
    };
    bench.site.put(&path(61), page.text());
    bench.fetch().is(
        0,
        &[
            "fetch::renamed",
            "is `get_crate_61` and becomes `find_crate`",
        ],
    );
    golden(
        "renamed",
        "The operation of page 61 keeps its place and loses its name.",
        &diff(bench.root(), Format::Text),
    );
}
