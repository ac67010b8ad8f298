//! The table of faults: whatever comes, the tree is byte for byte what it was.

use std::time::Duration;

use document_fetch::{Limits, Options};
use loopback::Response;

use crate::bench::{Bench, assert_untouched, check, options, path};
use crate::fault_table::{FAULTS, Fault, good};
use crate::pages::Page;

/// Bounds that a test can reach. No answer that is about something else comes near the time.
fn bounded(fault: &Fault) -> Options {
    let total = match fault.code {
        "fetch::timeout" => Duration::from_millis(300),
        _ => Duration::from_secs(60),
    };
    Options {
        limits: Limits {
            document: 1 << 16,
            total,
            ..options().limits
        },
        ..options()
    }
}

#[test]
fn every_fault_is_told_and_leaves_the_tree_as_it_was() {
    for fault in FAULTS {
        let bench = Bench::fetched(&[0, 1]);
        bench.site.put(&path(1), Page::new(1).with("weight").text());
        let answer = (fault.answer)(&bench);
        bench.site.always(&path(0), answer);
        let before = bench.tree();
        let ran = bench.run(&bounded(fault));
        let text = &ran.text;
        assert_eq!(ran.code, 1, "{}: {text}", fault.name);
        for part in [fault.code, fault.said, "depot: nothing was changed"] {
            assert!(ran.says(part), "{}: no {part:?} in:\n{text}", fault.name);
        }
        assert!(!text.contains("hidden"), "{}: {text}", fault.name);
        assert_untouched(&before, &bench.tree(), fault.name);
    }
}

#[test]
fn what_passes_is_asked_for_again() {
    let bench = Bench::fetched(&[0, 1]);
    let mut seen = 2;
    bench.site.put(&path(0), good());
    let fails = |status, headers: &[(&str, &str)]| Response::new(status, headers, "");
    for (answers, expected) in [
        (vec![fails(500, &[]), fails(500, &[]), fails(500, &[])], 4),
        (vec![fails(429, &[("retry-after", "0")])], 2),
        (
            vec![fails(
                503,
                &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
            )],
            2,
        ),
        (
            vec![
                Response::raw(""),
                Response::truncated(200, good(), 3),
                fails(408, &[]),
            ],
            4,
        ),
    ] {
        bench.site.requests(&mut seen);
        bench.site.first(&path(0), answers);
        bench
            .run(&check())
            .is(4, &["changed specs/depot/crate-0.md"]);
        let requests = bench.site.requests(&mut seen);
        let count = requests
            .iter()
            .filter(|one| one.target() == path(0))
            .count();
        assert_eq!(count, expected);
    }
    bench.site.first(
        &path(0),
        vec![fails(500, &[]), fails(502, &[]), fails(504, &[])],
    );
    bench.fetch().is(0, &["changed specs/depot/crate-0.md"]);
    assert_eq!(bench.read("specs/depot/crate-0.md"), good());
}

#[test]
fn every_problem_of_a_run_is_shown() {
    let bench = Bench::fetched(&[0, 1, 2, 3]);
    bench.site.remove(&path(0));
    bench.site.put(&path(1), "<html>Log in</html>");
    bench.site.put(&path(2), Page::new(9).text());
    bench.site.always(&path(3), Response::new(403, &[], ""));
    bench.fetch().is(
        1,
        &[
            "fetch::gone",
            "fetch::not_a_document",
            "fetch::other_operation",
            "fetch::status",
        ],
    );
}

#[test]
fn documents_of_an_api_are_bounded_together() {
    let bench = Bench::new(&[0, 1, 2]);
    let options = Options {
        limits: Limits {
            together: Page::new(0).text().len() + 10,
            ..options().limits
        },
        ..options()
    };
    let before = bench.tree();
    bench
        .run(&options)
        .is(1, &["fetch::too_large", "larger together than is read"]);
    assert_untouched(&before, &bench.tree(), "too large together");
}

#[test]
fn an_overlay_that_no_longer_fits_does_not_keep_documents_out() {
    let overlay = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions:\n  - target: $.paths['/crates-0/{id}'].get.parameters[1]\n    \
        update: { description: Ours. }\n";
    let bench = Bench::new(&[0]);
    bench.edit(
        "specs/apis.toml",
        "environment-prefix",
        "overlay = \"depot/overlay.yaml\"\nenvironment-prefix",
    );
    bench.write("specs/depot/overlay.yaml", overlay);
    bench.fetch().is(
        0,
        &[
            "fetch::overlay",
            "overlay::no_match",
            "specs/depot/overlay.yaml",
            "new specs/depot/crate-0.md",
        ],
    );
}
