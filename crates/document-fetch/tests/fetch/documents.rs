//! Documents that come, change, stay and go.

use client_codegen::lock::{NOT_VERIFIED, sha256};
use document_fetch::{Limits, Options};
use loopback::Response;

use crate::bench::{Bench, TODAY, assert_untouched, check, file, options, path};
use crate::pages::Page;

fn key(number: usize) -> (String, String) {
    ("depot".to_owned(), format!("depot/crate-{number}.md"))
}

#[test]
fn a_first_fetch_brings_everything_and_notes_where_from() {
    let bench = Bench::new(&[0, 1, 2]);
    let mut seen = 0;
    let ran = bench.fetch();
    ran.is(
        0,
        &[
            "      new specs/depot/crate-0.md\n",
            "depot: 3 documents, 3 with changes upstream\n",
            "run `client-codegen codegen depot`",
        ],
    );
    for number in 0..3 {
        let text = Page::new(number).text();
        assert_eq!(bench.read(&file(number)), text);
        let entry = bench.lock().entries[&key(number)].clone();
        assert_eq!(entry.sha256, sha256(text.as_bytes()));
        assert_eq!(entry.url, Some(bench.site.url(&path(number))));
        assert_eq!(entry.verified.as_deref(), Some(TODAY));
        assert_eq!(entry.etag, Some(format!("W/\"{}\"", &entry.sha256[..16])));
    }
    // Nothing is left beside the documents, and the name is honest.
    assert_eq!(bench.tree().len(), 5, "{:?}", bench.tree().keys());
    for request in bench.site.requests(&mut seen) {
        let agent = format!(
            "document-fetch/{} (+https://github.com/openapi-clients/openapi-clients)",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(request.header("user-agent"), [agent]);
        assert_eq!(request.header("accept-encoding"), ["gzip"]);
        assert!(request.header("if-none-match").is_empty());
        assert!(request.header("referer").is_empty());
    }
}

#[test]
fn what_is_unchanged_is_not_written_and_not_sent() {
    let bench = Bench::fetched(&[0, 1, 2]);
    let mut seen = 3;
    let before = bench.tree();
    let later = Options {
        today: "2026-12-01".to_owned(),
        ..options()
    };
    bench
        .run(&later)
        .is(0, &["depot: 3 documents, unchanged upstream\n"]);
    bench.run(&check()).is(0, &["unchanged upstream"]);
    assert_untouched(&before, &bench.tree(), "unchanged");
    let requests = bench.site.requests(&mut seen);
    assert_eq!(requests.len(), 6);
    assert!(
        requests
            .iter()
            .all(|one| one.header("if-none-match").len() == 1)
    );

    // Without entity tags the bytes are compared.
    bench.site.without_tags();
    bench.run(&later).is(0, &["unchanged upstream"]);
    assert_untouched(&before, &bench.tree(), "untagged");
}

#[test]
fn one_change_is_one_file_and_one_entry() {
    let bench = Bench::fetched(&[0, 1, 2]);
    let before = bench.tree();
    let lock = bench.lock();
    let changed = Page::new(1).with("weight").text();
    bench.site.put(&path(1), changed.clone());

    bench
        .run(&check())
        .is(4, &["  changed specs/depot/crate-1.md\n"]);
    assert_untouched(&before, &bench.tree(), "--check");

    let later = Options {
        today: "2026-12-01".to_owned(),
        ..options()
    };
    bench
        .run(&later)
        .is(0, &["  changed specs/depot/crate-1.md\n", "1 with changes"]);
    assert_eq!(bench.read(&file(1)), changed);
    let after = bench.tree();
    for number in [0, 2] {
        assert_eq!(before[&file(number)], after[&file(number)]);
        assert_eq!(
            lock.entries[&key(number)],
            bench.lock().entries[&key(number)]
        );
    }
    let entry = &bench.lock().entries[&key(1)];
    assert_eq!(entry.sha256, sha256(changed.as_bytes()));
    assert_eq!(entry.verified.as_deref(), Some("2026-12-01"));
    bench.fetch().is(0, &["unchanged upstream"]);
}

#[test]
fn bytes_that_were_pinned_by_hand_are_verified_once() {
    let bench = Bench::fetched(&[0]);
    let text = bench.read("specs/apis.lock");
    let text = text
        .replace(TODAY, NOT_VERIFIED)
        .lines()
        .filter(|line| !line.starts_with("etag"))
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    bench.write("specs/apis.lock", text);
    let page = bench.tree()[&file(0)].clone();
    bench
        .run(&check())
        .is(0, &["verified specs/depot/crate-0.md"]);
    bench.fetch().is(0, &[" verified specs/depot/crate-0.md\n"]);
    assert_eq!(bench.tree()[&file(0)], page, "the page was not written");
    let entry = bench.lock().entries[&key(0)].clone();
    assert_eq!(entry.verified.as_deref(), Some(TODAY));
    assert!(entry.etag.is_some());
    let before = bench.tree();
    bench.fetch().is(0, &["unchanged"]);
    assert_untouched(&before, &bench.tree(), "verified");
}

#[test]
fn what_somebody_changed_is_not_overwritten() {
    let bench = Bench::fetched(&[0, 1]);
    bench.write(&file(0), Page::new(0).with("ours").text());
    bench.site.put(&path(0), Page::new(0).with("theirs").text());
    let before = bench.tree();
    bench.fetch().is(1, &["lock::hash_mismatch"]);
    assert_untouched(&before, &bench.tree(), "changed by hand");

    // A file that is there and that nobody has reviewed is somebody's, too.
    let bench = Bench::new(&[0]);
    bench.write(&file(0), Page::new(0).with("ours").text());
    let before = bench.tree();
    bench.fetch().is(1, &["lock::not_pinned"]);
    assert_untouched(&before, &bench.tree(), "not pinned");
}

#[test]
fn a_url_that_nobody_can_ask_is_a_problem() {
    let bench = Bench::fetched(&[0]);
    let url = bench.site.url(&path(0));
    bench.edit(
        "specs/apis.toml",
        &url,
        "https://docs.example.com:99999/a.md",
    );
    let before = bench.tree();
    bench.fetch().is(1, &["manifest::invalid_value"]);
    assert_untouched(&before, &bench.tree(), "no port");
}

#[test]
fn a_file_that_was_lost_comes_back() {
    let bench = Bench::fetched(&[0, 1]);
    std::fs::remove_file(bench.root().join(file(1))).unwrap();
    bench.fetch().is(0, &["new specs/depot/crate-1.md"]);
    assert_eq!(bench.read(&file(1)), Page::new(1).text());
}

#[test]
fn another_url_is_asked_without_the_tag_of_the_old_one() {
    let bench = Bench::fetched(&[0]);
    let mut seen = 1;
    bench.site.put("/moved.md", Page::new(0).text());
    bench.edit("specs/apis.toml", &path(0), "/moved.md");
    bench.fetch().is(0, &[" verified specs/depot/crate-0.md"]);
    let entry = bench.lock().entries[&key(0)].clone();
    assert_eq!(entry.url, Some(bench.site.url("/moved.md")));
    let requests = bench.site.requests(&mut seen);
    assert!(requests[0].header("if-none-match").is_empty());
}

#[test]
fn a_page_that_is_gone_can_be_retired() {
    let bench = Bench::fetched(&[0, 1]);
    let mut seen = 2;
    bench.site.remove(&path(0));
    bench.site.put(&path(1), Page::new(1).with("weight").text());
    let before = bench.tree();
    bench.fetch().is(
        1,
        &[
            "fetch::gone",
            "retired = { date = 2026-11-22",
            "depot: nothing was changed",
        ],
    );
    assert_untouched(&before, &bench.tree(), "gone");
    bench.site.requests(&mut seen);

    let line = "file = \"depot/crate-0.md\"\n";
    let retired =
        format!("{line}retired = {{ date = 2026-11-20, reason = \"now part of crate 1\" }}\n");
    bench.edit("specs/apis.toml", line, &retired);
    let page = bench.tree()[&file(0)].clone();
    bench.fetch().is(
        0,
        &[
            "  retired specs/depot/crate-0.md since 2026-11-20: now part of crate 1\n",
            "  changed specs/depot/crate-1.md\n",
            "depot: 1 document, 1 with changes upstream\n",
        ],
    );
    assert_eq!(bench.tree()[&file(0)], page);
    let requests = bench.site.requests(&mut seen);
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert!(bench.lock().entries.contains_key(&key(0)));
}

#[test]
fn a_document_of_our_own_is_not_asked_for() {
    let bench = Bench::new(&[0]);
    let more = "\n[[api.depot.document]]\nfile = \"depot/own.yaml\"\n";
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + more);
    bench.fetch().is(1, &["input::missing"]);
    bench.write("specs/depot/own.yaml", Page::new(7).text());
    bench.fetch().is(0, &["depot: 1 document, 1 with"]);
}

#[test]
fn only_the_apis_that_were_named_are_asked_for() {
    let bench = Bench::new(&[0]);
    let mut seen = 0;
    let url = bench.site.url(&path(1));
    bench.site.put(&path(1), Page::new(1).text());
    let other = format!(
        "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
         \n[[api.other.document]]\nfile = \"other/a.md\"\nurl = \"{url}\"\n"
    );
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
    let only = Options {
        apis: vec!["other".to_owned()],
        ..options()
    };
    bench.run(&only).is(0, &["other: 1 document"]);
    assert_eq!(bench.site.requests(&mut seen).len(), 1);
    let unknown = Options {
        apis: vec!["nobody".to_owned()],
        ..options()
    };
    bench.run(&unknown).is(2, &["manifest::unknown_api"]);

    // What one API lacks keeps no other one back.
    bench.site.put(&path(1), Page::new(1).with("more").text());
    bench.site.remove(&path(0));
    bench.fetch().is(
        1,
        &[
            "fetch::gone",
            "depot: nothing was changed",
            "changed specs/other/a.md",
        ],
    );
    bench.site.put(&path(0), Page::new(0).text());
    bench.fetch().is(0, &["new specs/depot/crate-0.md"]);
}

#[test]
fn a_permanent_redirect_within_the_site_is_followed_and_told() {
    let bench = Bench::fetched(&[0]);
    let moved = |to: &str, status| Response::new(status, &[("location", to)], "");
    bench
        .site
        .put("/new.md", Page::new(0).with("weight").text());
    bench
        .site
        .always(&path(0), moved("/hop.md?token=hidden", 308));
    bench.site.always("/hop.md", moved("/new.md", 301));
    let ran = bench.fetch();
    ran.is(
        0,
        &["fetch::moved", "changed specs/depot/crate-0.md", "/new.md"],
    );
    assert!(!ran.text.contains("hidden"));
    // For a while is not for good.
    bench
        .site
        .put("/new.md", Page::new(0).with("height").text());
    bench.site.always("/hop.md", moved("/new.md", 302));
    bench.site.always(&path(0), moved("/hop.md", 307));
    let ran = bench.fetch();
    ran.is(0, &["changed"]);
    assert!(!ran.text.contains("fetch::moved"), "{}", ran.text);
}

#[test]
fn packed_answers_are_unpacked_within_the_bound() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    let pack = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        Response::new(
            200,
            &[("content-encoding", "gzip")],
            packed.finish().unwrap(),
        )
    };
    let bench = Bench::new(&[0]);
    bench
        .site
        .always(&path(0), pack(Page::new(0).text().as_bytes()));
    bench.fetch().is(0, &["new"]);
    assert_eq!(bench.read(&file(0)), Page::new(0).text());

    let before = bench.tree();
    bench.site.always(&path(0), pack(&vec![b' '; 1 << 20]));
    let options = Options {
        limits: Limits {
            document: 1 << 16,
            ..options().limits
        },
        ..options()
    };
    bench
        .run(&options)
        .is(1, &["fetch::too_large", "more than 65536 bytes"]);
    assert_untouched(&before, &bench.tree(), "a bomb");
}
