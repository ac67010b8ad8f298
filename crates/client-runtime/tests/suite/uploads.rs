//! Uploads to signed URLs.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_runtime::{
    CallOptions, Error, FilePart, Method, Progress, RetryPolicy, TransferExt as _,
};
use futures::stream;
use loopback::{Request, Response, Server};

use crate::miniature::{Client, ClientBuilder};

/// What has to be secret of the URLs here.
const SIGNATURE: &str = "planted-signature";

/// A client of an API that is somewhere else, with every kind of credential.
fn client() -> ClientBuilder {
    let builder = Client::builder()
        .api_key("planted-key")
        .token("planted-token");
    let config = builder.config.configure_http(|http| {
        let secret = reqwest::header::HeaderValue::from_static("planted-default");
        http.default_headers([(reqwest::header::COOKIE, secret)].into_iter().collect())
    });
    ClientBuilder { config }
}

pub(crate) fn signed(server: &Server) -> String {
    format!(
        "{}/bucket/node.zip?Expires=900&Signature={SIGNATURE}",
        server.base_url()
    )
}

/// The names of the header fields of a request, in alphabetical order.
pub(crate) fn fields(request: &Request) -> Vec<String> {
    let mut names: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    names.sort();
    names
}

/// Nothing of an error says what is secret.
pub(crate) fn quiet(error: &Error) {
    let mut shown = format!(
        "{error}\n{error:?}\n{:?}\n{:?}",
        error.message(),
        error.headers()
    );
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!("\n{cause}\n{cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains("planted"), "{shown}");
}

/// What a callback was told: bytes, and how many there will be.
type Told = Vec<(u64, Option<u64>)>;

#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Told>>);

impl Seen {
    pub(crate) fn listener(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let seen = self.0.clone();
        move |at| seen.lock().unwrap().push((at.bytes, at.total))
    }

    pub(crate) fn all(&self) -> Told {
        self.0.lock().unwrap().clone()
    }
}

fn chunks(count: usize) -> impl futures::Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
    stream::iter((0..count).map(|_| Ok(b"abcd".to_vec())))
}

#[tokio::test]
async fn only_what_was_given_is_sent_with_the_exact_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.zip");
    tokio::fs::write(&path, "abcdabcd").await.unwrap();
    for file in [
        FilePart::from("abcdabcd").with_content_type("text/plain"),
        FilePart::open(&path).await.unwrap(),
        FilePart::from_stream(chunks(2), 8),
    ] {
        let answer = Response::new(200, &[("etag", "\"e\"")], "");
        let server = Server::start(vec![answer]).unwrap();
        // The API is the storage's own origin here, which is where a key would go along.
        let client = client().base_url(server.base_url()).build().unwrap();
        let signed_headers =
            BTreeMap::from([("Content-Type", "application/zip"), ("x-goog-meta-a", "b")]);
        let answer = client
            .transfer()
            .upload(signed(&server), file)
            .headers(signed_headers)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["etag"], "\"e\"");
        let request = server.only_request();
        assert_eq!(
            request.line,
            format!("PUT /bucket/node.zip?Expires=900&Signature={SIGNATURE} HTTP/1.1")
        );
        let expected = [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-goog-meta-a",
        ];
        assert_eq!(fields(&request), expected);
        assert_eq!(request.header("content-type"), ["application/zip"]);
        assert_eq!(request.header("content-length"), ["8"]);
        assert_eq!(request.header("user-agent"), ["miniature/1.2.3"]);
        assert_eq!(request.body, b"abcdabcd");
    }
}

#[tokio::test]
async fn progress_goes_from_nothing_to_all() {
    const PIECE: u64 = 64 * 1024;
    let server = Server::start(vec![Response::new(200, &[], ""); 3]).unwrap();
    let transfer = client().build().unwrap().transfer();
    let long = FilePart::new(vec![7; 150_000]);
    for (file, expected) in [
        (long, vec![0, PIECE, 2 * PIECE, 150_000]),
        (FilePart::from_stream(chunks(3), 12), vec![0, 4, 8, 12]),
        (FilePart::from(""), vec![0]),
    ] {
        let (seen, total) = (Seen::default(), file.length());
        let upload = transfer
            .upload(signed(&server), file)
            .on_progress(seen.listener());
        upload.send().await.unwrap();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|bytes| (bytes, Some(total)))
            .collect();
        assert_eq!(seen.all(), expected);
    }
    assert_eq!(server.requests()[2].header("content-length"), ["0"]);
}

#[tokio::test]
async fn a_refusal_has_its_status_and_what_the_storage_says() {
    let said = format!(
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code><Message>Too late: {SIGNATURE} &amp; gone</Message></Error>"
    );
    let answer = Response::new(
        400,
        &[("content-type", "application/xml"), ("x-echo", SIGNATURE)],
        &said,
    );
    let server = Server::start(vec![answer]).unwrap();
    let upload = client()
        .build()
        .unwrap()
        .transfer()
        .upload(signed(&server), "a");
    assert!(!format!("{upload:?}").contains("planted"), "{upload:?}");
    let error = upload.send().await.unwrap_err();
    assert!(error.is_status());
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.to_string(), "upload: HTTP 400 Bad Request");
    assert_eq!(error.message(), Some("Too late: [redacted] & gone"));
    assert_eq!(error.body().unwrap(), said.as_bytes());
    quiet(&error);
}

#[tokio::test]
async fn what_breaks_off_is_an_error_that_says_no_secret() {
    let gone = loopback::refused_base_url().unwrap();
    let error = client()
        .build()
        .unwrap()
        .transfer()
        .upload(format!("{gone}/a?Signature={SIGNATURE}"), "a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect() && error.status().is_none());
    quiet(&error);

    let server = Server::start(vec![Response::raw("")]).unwrap();
    let error = client()
        .build()
        .unwrap()
        .transfer()
        .upload(signed(&server), "a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_retryable() && !error.is_connect());
    quiet(&error);
}

#[tokio::test]
async fn a_stream_of_another_length_is_an_error() {
    for (chunks_there, said) in [(1, "ended after 4 of the 8"), (3, "longer than the 8")] {
        let server = Server::start(vec![Response::new(200, &[], "")]).unwrap();
        let file = FilePart::from_stream(chunks(chunks_there), 8);
        let upload = client()
            .build()
            .unwrap()
            .transfer()
            .upload(signed(&server), file);
        let error = upload.send().await.unwrap_err();
        assert!(error.is_request_body(), "{error}");
        assert!(error.to_string().contains(said), "{error}");
        quiet(&error);
    }
}

#[tokio::test]
async fn what_can_be_sent_again_is_and_a_stream_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.zip");
    tokio::fs::write(&path, "abcd").await.unwrap();
    let at_once = RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    for (file, method, attempts) in [
        (FilePart::from("abcd"), Method::PUT, 3),
        (FilePart::open(&path).await.unwrap(), Method::PUT, 3),
        (FilePart::from("abcd"), Method::POST, 1),
        (FilePart::from_stream(chunks(1), 4), Method::PUT, 1),
    ] {
        let first = [Response::new(503, &[], ""), Response::raw("")];
        let server = Server::start([&first[..], &[Response::new(200, &[], "")]].concat()).unwrap();
        let client = client().build().unwrap();
        let inner = client
            .inner
            .with_options(&CallOptions::new().retry(at_once.clone()));
        let client = Client { inner, ..client };
        let seen = Seen::default();
        let upload = client
            .transfer()
            .upload(signed(&server), file)
            .method(method.clone());
        let result = upload.on_progress(seen.listener()).send().await;
        assert_eq!(result.is_ok(), attempts == 3, "{result:?}");
        let requests = server.requests();
        assert_eq!(requests.len(), attempts);
        assert!(requests.iter().all(|request| request.body == b"abcd"));
        assert!(requests[0].line.starts_with(method.as_str()));
        assert_eq!(seen.all(), [(0, Some(4)), (4, Some(4))].repeat(attempts));
    }
}

#[tokio::test]
async fn a_redirect_of_an_upload_is_an_error() {
    let elsewhere = Server::start(vec![]).unwrap();
    let location = signed(&elsewhere);
    let server = Server::start(vec![Response::new(307, &[("location", &location)], "")]).unwrap();
    let upload = client()
        .build()
        .unwrap()
        .transfer()
        .upload(signed(&server), "a");
    let error = upload.send().await.unwrap_err();
    assert!(error.is_redirect());
    quiet(&error);
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_anything_is() {
    let server = Server::start(vec![]).unwrap();
    let transfer = client().build().unwrap().transfer();
    let upload = |url: &str| transfer.upload(url, "abcd");
    let good = signed(&server);
    for (upload, said) in [
        (upload("http://storage.example/a?planted"), "http://"),
        (upload("https://planted@storage.example/a"), "user name"),
        (upload("/a?planted"), "absolute"),
        (upload(&good).header("content-length", "5"), "is not 4"),
        (
            upload(&good).header("Transfer-Encoding", "chunked"),
            "transfer-encoding",
        ),
        (
            upload(&good).header("x-a", "planted\r\nx-b: c"),
            "HTTP does not allow",
        ),
    ] {
        let error = upload.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
        assert!(error.to_string().contains(said), "{error}");
        quiet(&error);
    }
    assert_eq!(server.connections(), 0);
    // A list of signed header fields may state the length.
    server.push(Response::new(200, &[], ""));
    upload(&good)
        .header("content-length", "4")
        .send()
        .await
        .unwrap();
    assert_eq!(server.only_request().header("content-length"), ["4"]);
}

#[tokio::test]
async fn a_change_of_the_http_client_is_one_of_these_transfers() {
    let server = Server::start(vec![Response::new(200, &[], ""); 2]).unwrap();
    let transfer = client().build().unwrap().transfer();
    let changed = transfer.clone().configure_http(|http| {
        let value = reqwest::header::HeaderValue::from_static("yes");
        http.default_headers(
            [(reqwest::header::HeaderName::from_static("x-changed"), value)]
                .into_iter()
                .collect(),
        )
    });
    for transfer in [changed, transfer] {
        transfer.upload(signed(&server), "a").send().await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests[0].header("x-changed"), ["yes"]);
    assert!(requests[1].header("x-changed").is_empty());
}

#[tokio::test]
async fn silence_ends_an_upload() {
    let answer = Response::new(200, &[], "").after(Duration::from_secs(20));
    let server = Server::start(vec![answer]).unwrap();
    let client = client()
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let error = client
        .transfer()
        .upload(signed(&server), "a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "upload: timed out without an answer");
    quiet(&error);
}
