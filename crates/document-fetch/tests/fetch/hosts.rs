//! What is sent to which server, how often and for how long.

use std::time::Duration;

use document_fetch::{Index, Limits, Options};
use loopback::Response;

use crate::bench::{Bench, assert_untouched, index, options, path};
use crate::pages::Page;

fn with(limits: impl Fn(&mut Limits)) -> Options {
    let mut options = options();
    limits(&mut options.limits);
    options
}

/// What a server asks for is asked for all of its pages.
#[test]
fn a_server_that_asks_for_a_long_pause_is_not_asked_again() {
    let numbers: Vec<usize> = (0..30).collect();
    let bench = Bench::fetched(&numbers);
    let mut seen = numbers.len();
    for number in &numbers {
        let answer = Response::new(429, &[("retry-after", "3600")], "");
        bench.site.always(&path(*number), answer);
    }
    let before = bench.tree();
    let ran = bench.run(&with(|limits| limits.per_host = 1));
    ran.is(
        1,
        &[
            "429 Too Many Requests and asks to wait 3600 seconds, which is longer than this run does",
            "was not asked for, because its server has asked to wait 3600 seconds",
            "this is so for 29 documents of that host",
        ],
    );
    assert_eq!(
        ran.text.matches("fetch::status\n").count(),
        2,
        "{}",
        ran.text
    );
    assert_eq!(bench.site.requests(&mut seen).len(), 1);
    assert_untouched(&before, &bench.tree(), "paused");

    // At most those that are under way at the same time.
    bench.run(&options()).is(1, &["was not asked for"]);
    assert!(bench.site.requests(&mut seen).len() <= options().limits.per_host);
}

#[test]
fn a_document_has_only_so_much_time() {
    // Each answer comes in time, and all of them together do not.
    let bench = Bench::fetched(&[0]);
    for hop in 0..5 {
        let next = format!("/{}", hop + 1);
        let late = Response::new(302, &[("location", &next)], "");
        bench
            .site
            .always(&format!("/{hop}"), late.after(Duration::from_millis(150)));
    }
    let to_first = Response::new(302, &[("location", "/0")], "");
    bench.site.always(&path(0), to_first);
    let before = bench.tree();
    let in_all = with(|limits| limits.per_document = Duration::from_millis(400));
    bench.run(&in_all).is(
        1,
        &[
            "fetch::timeout",
            "took longer than 400ms, all attempts and redirects together",
        ],
    );
    assert_untouched(&before, &bench.tree(), "slow redirects");

    // A wait that would be longer than what is left is not begun.
    let bench = Bench::fetched(&[0]);
    let mut seen = 1;
    bench.site.always(&path(0), Response::new(500, &[], ""));
    let before = bench.tree();
    let waits = with(|limits| {
        limits.per_document = Duration::from_secs(60);
        limits.first_wait = Duration::from_secs(600);
        limits.longest_wait = Duration::from_secs(600);
    });
    bench
        .run(&waits)
        .is(1, &["fetch::status", "500 Internal Server Error"]);
    assert_eq!(bench.site.requests(&mut seen).len(), 1);
    assert_untouched(&before, &bench.tree(), "no time");
}

/// An entity tag is that of one URL.
#[test]
fn an_entity_tag_is_neither_sent_to_nor_taken_from_where_a_redirect_leads() {
    let bench = Bench::fetched(&[0]);
    let mut seen = 1;
    let tag = bench.lock().entries.values().next().unwrap().etag.clone();
    assert!(tag.is_some());
    // The site would answer 304 there: the tag is made of the bytes.
    bench.site.put("/new.md", Page::new(0).text());
    let moved = Response::new(302, &[("location", "/new.md")], "");
    bench.site.always(&path(0), moved);
    let before = bench.tree();
    bench.fetch().is(0, &["unchanged upstream"]);
    assert_untouched(&before, &bench.tree(), "elsewhere");
    let requests = bench.site.requests(&mut seen);
    let sent: Vec<(&str, bool)> = requests
        .iter()
        .map(|one| (one.target(), !one.header("if-none-match").is_empty()))
        .collect();
    assert_eq!(sent, [(path(0).as_str(), true), ("/new.md", false)]);

    bench
        .site
        .put("/new.md", Page::new(0).with("weight").text());
    bench.fetch().is(0, &["changed specs/depot/crate-0.md"]);
    let entry = bench.lock().entries.into_values().next().unwrap();
    assert_eq!(entry.etag, None);
    bench.fetch().is(0, &["unchanged upstream"]);
}

#[test]
fn links_of_an_index_are_relative_to_where_it_was_found() {
    let bench = Bench::empty();
    let url = bench.site.url("/llms.txt");
    let entry = format!("index = {{ url = \"{url}\", include = [\"**/*.md\"] }}\n");
    bench.write("specs/apis.toml", bench.head(&entry));
    let moved = Response::new(307, &[("location", "/docs/v2/llms.txt")], "");
    bench.site.always("/llms.txt", moved);
    bench.site.put(
        "/docs/v2/llms.txt",
        "- [a](a.md)\n- [b](../b.md)\n- [c](/c.md)\n",
    );
    bench.run(&index(Index::Propose)).is(
        4,
        &[
            &format!("from {}\n", bench.site.url("/docs/v2/a.md")),
            &format!("from {}\n", bench.site.url("/docs/b.md")),
            &format!("from {}\n", bench.site.url("/c.md")),
            "3 to add, 0 to remove",
        ],
    );
}
