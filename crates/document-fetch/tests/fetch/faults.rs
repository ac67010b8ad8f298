//! The table of faults: whatever comes, the tree is byte for byte what it was.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use document_fetch::{Limits, Options};
use loopback::Response;

use crate::bench::{Bench, assert_untouched, check, options, path};
use crate::pages::{Form, Page};

/// What is wrong with page 0, while page 1 has a change that would be let in.
struct Fault {
    name: &'static str,
    answer: fn(&Bench) -> Response,
    code: &'static str,
    /// A part of what is said.
    said: &'static str,
}

const fn fault(
    name: &'static str,
    answer: fn(&Bench) -> Response,
    code: &'static str,
    said: &'static str,
) -> Fault {
    Fault {
        name,
        answer,
        code,
        said,
    }
}

const MARKDOWN: (&str, &str) = ("content-type", "text/markdown");

fn page(text: impl AsRef<[u8]>) -> Response {
    Response::new(200, &[MARKDOWN], text)
}

fn html(text: &str) -> Response {
    Response::new(200, &[("content-type", "text/html; charset=utf-8")], text)
}

fn to(location: &str) -> Response {
    Response::new(302, &[("location", location)], "")
}

fn good() -> String {
    Page::new(0).with("weight").text()
}

/// The first two thirds of a page, as a whole answer.
fn cut() -> String {
    let text = good();
    text[..text.len() * 2 / 3].to_owned()
}

/// A page of its own operation that says something else of the one of page 1.
fn contradiction() -> String {
    let other = Page {
        path: "/crates-1/{id}".to_owned(),
        ..Page::new(0)
    };
    let own = r#""/crates-0/{id}": {"get": {"responses": {"200": {"description": "d"}}}}, "#;
    let text = other.of(Form::ReadMe).text();
    text.replace("\"paths\": {", &format!("\"paths\": {{{own}"))
}

const FAULTS: &[Fault] = &[
    fault(
        "not found",
        |_| Response::new(404, &[], ""),
        "fetch::gone",
        "404",
    ),
    fault(
        "gone",
        |_| Response::new(410, &[], ""),
        "fetch::gone",
        "410",
    ),
    fault(
        "always 500",
        |_| Response::new(500, &[], ""),
        "fetch::status",
        "500 Internal Server Error (4 attempts)",
    ),
    fault(
        "not implemented",
        |_| Response::new(501, &[], ""),
        "fetch::status",
        "501",
    ),
    fault(
        "login needed",
        |_| Response::new(401, &[], ""),
        "fetch::status",
        "401",
    ),
    fault(
        "forbidden",
        |_| Response::new(403, &[], ""),
        "fetch::status",
        "403",
    ),
    fault(
        "a part",
        |_| Response::new(206, &[MARKDOWN], good()),
        "fetch::status",
        "206",
    ),
    fault(
        "no content",
        |_| Response::raw("HTTP/1.1 204 \r\nconnection: close\r\n\r\n"),
        "fetch::status",
        "204",
    ),
    fault(
        "too many requests, for a day",
        |_| Response::new(429, &[("retry-after", "86400")], ""),
        "fetch::status",
        "asks to wait 86400 seconds",
    ),
    fault(
        "a pause without end",
        |_| Response::new(503, &[("retry-after", "999999999999999999999999")], ""),
        "fetch::status",
        "asks to wait",
    ),
    fault(
        "no answer",
        |_| Response::raw(""),
        "fetch::connect",
        "(4 attempts)",
    ),
    fault(
        "no HTTP",
        |_| Response::raw("220 smtp.example ESMTP\r\n"),
        "fetch::connect",
        "gave no answer",
    ),
    fault(
        "truncated",
        |_| Response::truncated(200, good(), 10),
        "fetch::body",
        "not whole",
    ),
    fault(
        "a wrong length",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ncontent-length: {}\r\n\r\n{}",
                cut().len(),
                good()
            ))
        },
        "fetch::not_a_document",
        "beginning with `# Get crate 0",
    ),
    fault(
        "a length that is none",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ncontent-length: many\r\n\r\n{}",
                good()
            ))
        },
        "fetch::connect",
        "gave no answer",
    ),
    fault(
        "half of a chunk",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\n9999\r\n{}",
                good()
            ))
        },
        "fetch::body",
        "not whole",
    ),
    fault(
        "no last chunk",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{}\r\n",
                good().len(),
                good()
            ))
        },
        "fetch::body",
        "not whole",
    ),
    fault(
        "no end",
        |_| Response::until_close(200, &[MARKDOWN], good()),
        "fetch::body",
        "nothing says where it ends",
    ),
    fault(
        "a login page",
        |_| html("<!DOCTYPE html><title>Log in</title>"),
        "fetch::not_a_document",
        "text/html; charset=utf-8, 36 bytes, beginning with `<!DOCTYPE html><title>Log in</title>`",
    ),
    fault(
        "an error page",
        |_| page("<html><body>Something went wrong</body></html>"),
        "fetch::not_a_document",
        "went wrong",
    ),
    fault(
        "an error in JSON",
        |_| Response::json(200, "{\"error\": \"try later\"}"),
        "fetch::not_a_document",
        "application/json",
    ),
    fault(
        "nothing",
        |_| page(""),
        "fetch::not_a_document",
        "text/markdown, empty",
    ),
    fault(
        "an image",
        |_| page(b"\x89PNG\r\n\x1a\n\0\0\0"),
        "fetch::not_a_document",
        "not_utf8",
    ),
    fault(
        "a truncated page",
        |_| page(cut()),
        "fetch::not_a_document",
        "unclosed_fence",
    ),
    fault(
        "a page about something else",
        |_| page("# Welcome\n\nHow to begin.\n"),
        "fetch::not_a_document",
        "no_fence",
    ),
    fault(
        "a page of another operation",
        |_| page(Page::new(5).text()),
        "fetch::other_operation",
        "no longer describes `GET /crates-0/{id}`; it describes `GET /crates-5/{id}`",
    ),
    fault(
        "Latin-1",
        |_| {
            Response::new(
                200,
                &[("content-type", "text/markdown; charset=iso-8859-1")],
                good()
                    .replace("Looks", "Sucht Gep\u{e4}ck")
                    .chars()
                    .map(|c| c as u8)
                    .collect::<Vec<u8>>(),
            )
        },
        "fetch::not_a_document",
        "charset=iso-8859-1",
    ),
    fault(
        "UTF-16",
        |_| {
            page(
                good()
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
            )
        },
        "fetch::not_a_document",
        "not_utf8",
    ),
    fault(
        "a coding nobody asked for",
        |_| Response::new(200, &[("content-encoding", "br")], good()),
        "fetch::body",
        "content coding `br`",
    ),
    fault(
        "packed twice",
        |_| {
            Response::new(
                200,
                &[("content-encoding", "gzip"), ("content-encoding", "gzip")],
                good(),
            )
        },
        "fetch::body",
        "content coding `gzip, gzip`",
    ),
    fault(
        "gzip that is none",
        |_| Response::new(200, &[("content-encoding", "gzip")], good()),
        "fetch::body",
        "cannot be unpacked",
    ),
    fault(
        "too large by its length",
        |_| Response::made(200, &[MARKDOWN], 1 << 40, |_, piece| piece.fill(b' ')),
        "fetch::too_large",
        "more than 65536 bytes",
    ),
    fault(
        "too large without a length",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\n20000\r\n{}",
                " ".repeat(0x20000)
            ))
        },
        "fetch::too_large",
        "more than 65536 bytes",
    ),
    fault(
        "not modified, unasked",
        |bench| {
            bench.edit(
                "specs/apis.lock",
                &format!("etag = 'W/\"{}\"'", &tag(0)),
                "etag = 'odd \"ä\"'",
            );
            Response::raw("HTTP/1.1 304 \r\nconnection: close\r\n\r\n")
        },
        "fetch::status",
        "304",
    ),
    fault(
        "elsewhere",
        |bench| to(&bench.site.url("/x").replace("127.0.0.1", "localhost")),
        "fetch::redirect",
        "is redirected to http://localhost:",
    ),
    fault(
        "elsewhere for good",
        |_| {
            Response::new(
                301,
                &[("location", "https://new.depot.example/a.md?key=hidden")],
                "",
            )
        },
        "fetch::redirect",
        "has moved permanently to https://new.depot.example/a.md?…",
    ),
    fault(
        "another port",
        |_| to("http://127.0.0.1:1/"),
        "fetch::redirect",
        "http://127.0.0.1:1/",
    ),
    fault(
        "another scheme",
        |_| to("file:///etc/passwd"),
        "fetch::redirect",
        "file:///etc/passwd",
    ),
    fault(
        "a name and a password",
        |bench| to(&bench.site.url("/x").replace("//", "//user:hidden@")),
        "fetch::redirect",
        "is redirected to http://127.0.0.1:",
    ),
    fault(
        "to itself",
        |_| to("#there"),
        "fetch::redirect",
        "in a circle",
    ),
    fault(
        "in a circle",
        |bench| {
            bench.site.always("/other", to(&path(0)));
            to("/other")
        },
        "fetch::redirect",
        "in a circle",
    ),
    fault(
        "on and on",
        |bench| {
            for hop in 0..9 {
                bench
                    .site
                    .always(&format!("/{hop}"), to(&format!("/{}", hop + 1)));
            }
            to("/0")
        },
        "fetch::redirect",
        "more than 5 times",
    ),
    fault(
        "nowhere",
        |_| Response::new(302, &[], ""),
        "fetch::redirect",
        "without saying where to",
    ),
    fault("to no URL", |_| to("http://["), "fetch::redirect", "no URL"),
    fault(
        "slow to answer",
        |_| page(good()).after(Duration::from_secs(30)),
        "fetch::timeout",
        "too long",
    ),
    fault(
        "slow to go on",
        |_| {
            Response::raw(format!(
                "HTTP/1.1 200 \r\ncontent-length: {}\r\n\r\n",
                good().len()
            ))
            .then(Duration::from_secs(30), good())
        },
        "fetch::timeout",
        "too long",
    ),
    fault(
        "a contradiction",
        |_| page(contradiction()),
        "assemble::conflict",
        "crates-1",
    ),
    fault(
        "no OpenAPI 3",
        |_| {
            page(
                Page::new(0)
                    .of(Form::Embedded)
                    .text()
                    .replace("openapi: 3.0.3", "openapi: 4.0.0"),
            )
        },
        "fetch::not_a_document",
        "4.0.0",
    ),
];

/// The beginning of the entity tag of a page.
fn tag(number: usize) -> String {
    client_codegen::lock::sha256(Page::new(number).text().as_bytes())[..16].to_owned()
}

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

/// Closing a socket with bytes that were not read resets the connection.
#[test]
fn a_connection_that_is_reset_in_a_body_is_a_problem() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.md", listener.local_addr().unwrap());
    let ended = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&ended);
    let server = thread::spawn(move || {
        let mut count = 0;
        while let Ok((mut stream, _)) = listener.accept() {
            if end.load(Ordering::SeqCst) {
                break;
            }
            count += 1;
            let _ = stream.read_exact(&mut [0]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n# Get");
        }
        count
    });
    let bench = Bench::fetched(&[0]);
    bench.edit("specs/apis.toml", &bench.site.url(&path(0)), &url);
    let before = bench.tree();
    // Depending on which comes first, the head of the answer is lost as well.
    let ran = bench.fetch();
    ran.is(1, &["(4 attempts)"]);
    assert!(
        ran.text.contains("fetch::body") || ran.text.contains("fetch::connect"),
        "{}",
        ran.text
    );
    assert_untouched(&before, &bench.tree(), "reset");
    ended.store(true, Ordering::SeqCst);
    drop(std::net::TcpStream::connect(
        url.trim_start_matches("http://").trim_end_matches("/a.md"),
    ));
    assert_eq!(server.join().unwrap(), 4);
}

#[test]
fn no_network_is_told_once_for_a_host() {
    let bench = Bench::fetched(&[0, 1, 2]);
    let nobody = loopback::refused_base_url().unwrap();
    let text = bench
        .read("specs/apis.toml")
        .replace(&bench.site.url(""), &nobody);
    bench.write("specs/apis.toml", text);
    let before = bench.tree();
    let ran = bench.fetch();
    ran.is(
        1,
        &[
            "fetch::connect",
            "cannot be reached",
            "this is so for 3 documents of that host",
        ],
    );
    assert_eq!(
        ran.text.matches("fetch::connect").count(),
        1,
        "{}",
        ran.text
    );
    assert_untouched(&before, &bench.tree(), "no network");

    // A name that is reserved for names that do not exist (RFC 6761 §6.4).
    let text = bench
        .read("specs/apis.toml")
        .replace(&nobody, "https://depot.invalid");
    bench.write("specs/apis.toml", text);
    let before = bench.tree();
    bench.fetch().is(
        1,
        &[
            "fetch::connect",
            "https://depot.invalid/reference/crate-0.md",
        ],
    );
    assert_untouched(&before, &bench.tree(), "no such host");
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
