//! What the rows are written with.

use kitchen_sink_client::types::{NewWidget, WidgetKind};
use kitchen_sink_client::{Client, Error, RetryPolicy};
use loopback::{Request, Response, Server};
use serde::Serialize;

/// Name and source.
pub(crate) type Row = (&'static str, &'static str);

/// A row per rule of reading: the call, then what the server answers, what comes of it, and what that holds.
///
/// Behind an answer the server may be named, for those that look at its requests too.
macro_rules! reads {
    ($($(#[$attribute:meta])* $row:ident $source:literal |$client:ident| $call:expr => {
        $($answer:expr $(, $server:ident)? => $expected:pat => $check:block)+
    })*) => {
        $(
            #[tokio::test]
            $(#[$attribute])*
            async fn $row() {
                $({
                    let (_server, $client) = $crate::support::start($answer);
                    $(let $server = &_server;)?
                    #[allow(unreachable_patterns, reason = "some rows take what comes")]
                    match $call.send().await {
                        $expected => $check,
                        other => panic!("{other:?}"),
                    }
                })+
            }
        )*
        pub(crate) const READS: &[$crate::support::Row] = &[$((stringify!($row), $source)),*];
    };
}

/// A row per rule of writing: calls, each with the one request that came of it, or with why none was sent.
macro_rules! sends {
    ($($(#[$attribute:meta])* $row:ident $source:literal {
        $(|$client:ident| $call:expr => $(refused $message:literal)? $($line:literal
            $(, header $name:literal $value:expr)* $(, body $body:expr)? $(, parts $media_type:literal $parts:expr)?)?;)+
    })*) => {
        $(
            #[tokio::test]
            $(#[$attribute])*
            async fn $row() {
                $({
                    let (server, $client) = $crate::support::start($crate::support::none(204));
                    let result = $call.send().await;
                    $($crate::support::refused(&server, result.map(drop), $message);)?
                    // What the answer is read as is another matter.
                    $(
                        drop(result);
                        let request = server.only_request();
                        assert_eq!(request.line, $line);
                        $(assert_eq!(request.header($name), $value, $name);)*
                        $($crate::support::same_bytes(&request.body, $body.as_ref());)?
                        $(assert_eq!($crate::support::parts(&request, $media_type), $parts);)?
                    )?
                })+
            }
        )*
        pub(crate) const SENDS: &[$crate::support::Row] = &[$((stringify!($row), $source)),*];
    };
}

/// What a server answers, a request after the other.
pub(crate) struct Answers(Vec<Response>);

impl From<Response> for Answers {
    fn from(one: Response) -> Self {
        Self(vec![one])
    }
}

impl<const N: usize> From<[Response; N]> for Answers {
    fn from(all: [Response; N]) -> Self {
        Self(all.into())
    }
}

/// A server, and a client of it with a token, whose base URL has a path.
pub(crate) fn start(answers: impl Into<Answers>) -> (Server, Client) {
    let server = Server::start(answers.into().0).unwrap();
    let base_url = format!("{}/v1", server.base_url());
    // Retries have tests of their own; all others see what one attempt gives.
    let client = Client::builder()
        .token("t")
        .base_url(base_url)
        .retry(RetryPolicy::off());
    (server, client.build().unwrap())
}

pub(crate) fn json(status: u16, body: &str) -> Response {
    Response::json(status, body)
}

/// An answer without a media type.
pub(crate) fn plain(status: u16, body: impl AsRef<[u8]>) -> Response {
    Response::new(status, &[], body)
}

/// An answer without a body, and without a length of it.
pub(crate) fn none(status: u16) -> Response {
    Response::raw(format!("HTTP/1.1 {status} \r\nconnection: close\r\n\r\n"))
}

pub(crate) fn redirect(status: u16, location: &str) -> Response {
    Response::new(status, &[("location", location)], "elsewhere")
}

pub(crate) fn new_widget() -> NewWidget {
    NewWidget::new(WidgetKind::Other, "n")
}

/// The JSON of a value.
pub(crate) fn wire<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

pub(crate) fn noon() -> chrono::DateTime<chrono::Utc> {
    "2026-03-01T12:00:00+00:00".parse().unwrap()
}

pub(crate) fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

pub(crate) fn status<E>(error: &Error<E>) -> u16 {
    error.status().map_or(0, |status| status.as_u16())
}

/// The status of an error, and its body as text.
#[track_caller]
pub(crate) fn kept<E>(error: &Error<E>) -> (u16, &str) {
    let body = std::str::from_utf8(error.body().unwrap()).unwrap();
    (status(error), body)
}

#[track_caller]
pub(crate) fn refused<E>(server: &Server, result: Result<(), Error<E>>, message: &str) {
    let error = result.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(error.to_string(), message);
    assert_eq!(server.connections(), 0);
}

#[track_caller]
pub(crate) fn same_bytes(found: &[u8], expected: &[u8]) {
    // As text first, which can be read when it differs.
    assert_eq!(
        String::from_utf8_lossy(found),
        String::from_utf8_lossy(expected)
    );
    assert_eq!(found, expected);
}

/// The parts of a multipart body, each as its head and its content, without the words that all of them begin with. Bytes
/// are characters of their number.
#[track_caller]
pub(crate) fn parts(request: &Request, media_type: &str) -> Vec<String> {
    let stated = request.header("content-type").concat();
    let boundary = stated
        .strip_prefix(&format!("{media_type}; boundary="))
        .unwrap_or_else(|| panic!("{stated}"));
    assert_eq!(
        request.header("content-length"),
        [request.body.len().to_string()]
    );
    let body: String = request.body.iter().map(|byte| char::from(*byte)).collect();
    let parts = body
        .strip_suffix(&format!("--{boundary}--\r\n"))
        .unwrap_or_else(|| panic!("{body}"));
    let between = format!("--{boundary}\r\n");
    let mut parts = parts.split(&between);
    assert_eq!(parts.next(), Some(""));
    parts
        .map(|part| {
            let rest = part
                .strip_prefix("Content-Disposition: form-data; ")
                .and_then(|part| part.strip_suffix("\r\n"));
            rest.unwrap_or_else(|| panic!("{part}")).to_owned()
        })
        .collect()
}
