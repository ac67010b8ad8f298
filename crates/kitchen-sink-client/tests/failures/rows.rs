//! The rows.

use std::time::Duration;

use kitchen_sink_client::types::{NewWidget, WidgetKind};
use kitchen_sink_client::{ClientBuilder, Error, RetryPolicy};
use loopback::Response;

use crate::quiet::PLANTED;

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) server: Peer,
    pub(crate) settings: fn(ClientBuilder) -> ClientBuilder,
    pub(crate) call: Call,
    pub(crate) expected: Expected,
    /// What is checked besides, as a text that is empty if all is well.
    pub(crate) check: Option<fn(&Error) -> String>,
    /// How many requests the server saw.
    pub(crate) requests: usize,
}

pub(crate) enum Peer {
    Nobody,
    Reset,
    /// One for each request.
    Answers(fn() -> Vec<Response>),
}

#[derive(Clone, Copy)]
pub(crate) enum Call {
    /// A GET whose answer is an object.
    Page,
    /// A GET whose answer is a list.
    Kinds,
    /// A POST, which this API knows again by its key.
    Make,
    /// A body that cannot be sent again.
    Sign,
}

pub(crate) enum Expected {
    Value(&'static str),
    Error {
        text: &'static str,
        kinds: &'static [&'static str],
    },
}

/// The default, but without waiting.
pub(crate) fn at_once() -> RetryPolicy {
    RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO)
}

pub(crate) fn new_widget() -> NewWidget {
    NewWidget::new(WidgetKind::Other, "n")
}

fn same(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn hurried(builder: ClientBuilder) -> ClientBuilder {
    builder.timeout(Duration::from_millis(250))
}

fn small(builder: ClientBuilder) -> ClientBuilder {
    builder.max_response_bytes(1024 * 1024)
}

const LONG: Duration = Duration::from_secs(20);

fn value(
    name: &'static str,
    call: Call,
    answers: fn() -> Vec<Response>,
    text: &'static str,
    requests: usize,
) -> Row {
    Row {
        name,
        server: Peer::Answers(answers),
        settings: same,
        call,
        expected: Expected::Value(text),
        check: None,
        requests,
    }
}

fn error(
    name: &'static str,
    call: Call,
    answers: fn() -> Vec<Response>,
    text: &'static str,
    kinds: &'static [&'static str],
    requests: usize,
) -> Row {
    Row {
        expected: Expected::Error { text, kinds },
        ..value(name, call, answers, "", requests)
    }
}

fn echo(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let body = body.replace("SECRET", PLANTED);
    let mut all = vec![("x-request-id", "r1"), ("x-echo", PLANTED)];
    all.extend_from_slice(headers);
    Response::new(status, &all, body)
}

fn kinds_of_widgets() -> Response {
    Response::json(200, r#"["OTHER"]"#)
}

fn busy() -> Response {
    echo(503, &[], "SECRET")
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = connections();
    rows.extend(bodies());
    rows.extend(statuses());
    rows.extend(attempts());
    rows
}

fn connections() -> Vec<Row> {
    vec![
        Row {
            server: Peer::Nobody,
            ..error(
                "connection refused",
                Call::Kinds,
                Vec::new,
                "list_kinds: could not connect",
                &["connect", "retryable"],
                0,
            )
        },
        Row {
            server: Peer::Reset,
            ..error(
                "reset in a body",
                Call::Kinds,
                Vec::new,
                "list_kinds: the body of HTTP 200 OK broke off",
                &["body", "retryable"],
                1,
            )
        },
        error(
            "closed without an answer, each time",
            Call::Kinds,
            || vec![Response::raw(""), Response::raw(""), Response::raw("")],
            "list_kinds: the connection failed without an answer",
            &["retryable"],
            3,
        ),
        value(
            "closed without an answer, once",
            Call::Kinds,
            || vec![Response::raw(""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        Row {
            settings: hurried,
            ..error(
                "slow header",
                Call::Kinds,
                || vec![kinds_of_widgets().after(LONG)],
                "list_kinds: timed out without an answer",
                &["retryable", "timeout"],
                1,
            )
        },
        Row {
            settings: hurried,
            ..error(
                "slow body",
                Call::Kinds,
                || {
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n[\"OT";
                    vec![Response::raw(head).then(LONG, "HER\"]")]
                },
                "list_kinds: timed out while reading the body of HTTP 200 OK",
                &["body", "retryable", "timeout"],
                1,
            )
        },
        error(
            "no HTTP",
            Call::Kinds,
            || {
                (0..3)
                    .map(|_| Response::raw(format!("{PLANTED}\r\n\r\n")))
                    .collect()
            },
            "list_kinds: the connection failed without an answer",
            &["retryable"],
            3,
        ),
    ]
}

fn bodies() -> Vec<Row> {
    let mut rows = vec![
        error(
            "JSON that is cut",
            Call::Kinds,
            || vec![echo(200, &[], r#"["OTHER","SECRET"#)],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $[1]",
            &["decode"],
            1,
        ),
        error(
            "a body that is cut",
            Call::Kinds,
            || vec![Response::truncated(200, r#"["OTHER""#, 20)],
            "list_kinds: the body of HTTP 200 OK broke off",
            &["body", "retryable"],
            1,
        ),
        value(
            "JSON of another media type",
            Call::Kinds,
            || vec![echo(200, &[("content-type", "text/plain")], r#"["OTHER"]"#)],
            r#"["OTHER"]"#,
            1,
        ),
        error(
            "a page in place of JSON",
            Call::Kinds,
            || {
                vec![echo(
                    200,
                    &[("content-type", "text/html")],
                    "<html>SECRET</html>",
                )]
            },
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $",
            &["decode"],
            1,
        ),
        value(
            "null for a list",
            Call::Kinds,
            || vec![echo(200, &[], "null")],
            "[]",
            1,
        ),
        value(
            "null for a list in an object",
            Call::Page,
            || vec![echo(200, &[], r#"{"widgets": null, "next_page": null}"#)],
            "[]",
            1,
        ),
        value(
            "an enum's new value",
            Call::Kinds,
            || vec![echo(200, &[], r#"["hologram"]"#)],
            r#"["hologram"]"#,
            1,
        ),
        error(
            "no UTF-8",
            Call::Kinds,
            || vec![Response::json(200, b"[\"\xff\xfe\"]")],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $[0]",
            &["decode"],
            1,
        ),
        Row {
            settings: small,
            ..error(
                "100 MB",
                Call::Kinds,
                || {
                    vec![Response::made(
                        200,
                        &[],
                        100_000_000,
                        |_, bytes: &mut [u8]| bytes.fill(b' '),
                    )]
                },
                "list_kinds: the body of HTTP 200 OK is longer than 1048576 bytes",
                &["body"],
                1,
            )
        },
        error(
            "compressed without being asked for",
            Call::Kinds,
            || vec![bomb(0)],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $",
            &["decode"],
            1,
        ),
    ];
    if cfg!(feature = "gzip") {
        rows.push(Row {
            settings: |builder| small(builder).decompress(),
            ..error(
                "a bomb",
                Call::Kinds,
                || vec![bomb(100_000_000)],
                "list_kinds: the body of HTTP 200 OK is longer than 1048576 bytes",
                &["body"],
                1,
            )
        });
        rows.push(Row {
            settings: |builder| small(builder).decompress(),
            ..value(
                "compressed as asked for",
                Call::Kinds,
                || vec![bomb(0)],
                r#"["OTHER"]"#,
                1,
            )
        });
    }
    rows
}

/// Some JSON with so many spaces before it, compressed.
fn bomb(spaces: usize) -> Response {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = vec![b' '; 64 * 1024];
    for _ in 0..spaces / piece.len() {
        encoder.write_all(&piece).unwrap();
    }
    encoder.write_all(br#"["OTHER"]"#).unwrap();
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    Response::new(200, &headers, encoder.finish().unwrap())
}

fn statuses() -> Vec<Row> {
    vec![
        Row {
            check: Some(|error| {
                let problem = (error.message(), error.body().map(|body| body.len()));
                if problem == (None, Some("<h1>planted-secret-4711</h1>".len())) {
                    String::new()
                } else {
                    format!("{problem:?}")
                }
            }),
            ..error(
                "a page of an error",
                Call::Page,
                || {
                    vec![echo(
                        404,
                        &[("content-type", "text/html")],
                        "<h1>SECRET</h1>",
                    )]
                },
                "list_widgets: HTTP 404 Not Found",
                &["status"],
                1,
            )
        },
        error(
            "401 without a body",
            Call::Page,
            || vec![echo(401, &[], "")],
            "list_widgets: HTTP 401 Unauthorized",
            &["status"],
            1,
        ),
        Row {
            check: Some(|error| match (error.message(), error.request_id()) {
                (Some("key [redacted] is wrong"), Some("r1")) => String::new(),
                other => format!("{other:?}"),
            }),
            ..error(
                "an error that is a text",
                Call::Page,
                || vec![echo(403, &[], r#""key SECRET is wrong""#)],
                "list_widgets: HTTP 403 Forbidden",
                &["status"],
                1,
            )
        },
        value(
            "302 of the same origin",
            Call::Kinds,
            || {
                vec![
                    echo(302, &[("location", "/v2/kinds")], ""),
                    kinds_of_widgets(),
                ]
            },
            r#"["OTHER"]"#,
            2,
        ),
        error(
            "302 to http of another host",
            Call::Kinds,
            || vec![echo(302, &[("location", "http://other.invalid/kinds")], "")],
            "list_kinds: HTTP 302 Found is a redirect that was not followed",
            &["redirect"],
            1,
        ),
        error(
            "302 of a POST",
            Call::Make,
            || vec![echo(302, &[("location", "/widgets")], "")],
            "create_widget: HTTP 302 Found is a redirect that was not followed",
            &["redirect"],
            1,
        ),
    ]
}

fn attempts() -> Vec<Row> {
    vec![
        value(
            "503, then 200",
            Call::Kinds,
            || vec![busy(), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        error(
            "503, each time",
            Call::Kinds,
            || vec![busy(), busy(), busy(), kinds_of_widgets()],
            "list_kinds: HTTP 503 Service Unavailable",
            &["retryable", "status"],
            3,
        ),
        Row {
            settings: |builder| builder.retry(RetryPolicy::off()),
            ..error(
                "503, without retries",
                Call::Kinds,
                || vec![busy(), kinds_of_widgets()],
                "list_kinds: HTTP 503 Service Unavailable",
                &["retryable", "status"],
                1,
            )
        },
        value(
            "429 without Retry-After",
            Call::Kinds,
            || vec![echo(429, &[], ""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        value(
            "429 with Retry-After",
            Call::Kinds,
            || vec![echo(429, &[("retry-after", "0")], ""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        Row {
            check: Some(|error| match error.retry_after() {
                Some(wait) if wait == Duration::from_secs(3600) => String::new(),
                other => format!("{other:?}"),
            }),
            ..error(
                "429 with a long Retry-After",
                Call::Kinds,
                || {
                    vec![
                        echo(429, &[("retry-after", "3600")], ""),
                        kinds_of_widgets(),
                    ]
                },
                "list_kinds: HTTP 429 Too Many Requests",
                &["rate_limited", "retryable", "status"],
                1,
            )
        },
        Row {
            settings: hurried,
            ..error(
                "429 with a Retry-After that is longer than the call may be",
                Call::Kinds,
                || vec![echo(429, &[("retry-after", "5")], ""), kinds_of_widgets()],
                "list_kinds: HTTP 429 Too Many Requests",
                &["rate_limited", "retryable", "status"],
                1,
            )
        },
        value(
            "a POST with a key is made again",
            Call::Make,
            || {
                vec![
                    busy(),
                    Response::json(201, r#"{"id":"w1","kind":"OTHER","name":"n"}"#),
                ]
            },
            "w1",
            2,
        ),
        error(
            "a body that cannot be sent again",
            Call::Sign,
            || vec![busy(), Response::raw("HTTP/1.1 204 \r\n\r\n")],
            "upload_file: HTTP 503 Service Unavailable",
            &["retryable", "status"],
            1,
        ),
        error(
            "501 does not pass",
            Call::Kinds,
            || vec![echo(501, &[], "")],
            "list_kinds: HTTP 501 Not Implemented",
            &["status"],
            1,
        ),
    ]
}
