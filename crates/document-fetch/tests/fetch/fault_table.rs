//! What can be wrong with an answer, and what is said of it.

use std::time::Duration;

use loopback::Response;

use crate::bench::{Bench, path};
use crate::pages::{Form, Page};

/// What is wrong with page 0, while page 1 has a change that would be let in.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) answer: fn(&Bench) -> Response,
    pub(crate) code: &'static str,
    /// A part of what is said.
    pub(crate) said: &'static str,
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

pub(crate) fn good() -> String {
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

pub(crate) const FAULTS: &[Fault] = &[
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
