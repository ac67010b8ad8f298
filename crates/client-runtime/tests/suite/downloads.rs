//! Downloads from URLs outside of the API.

use std::path::Path;
use std::time::Duration;

use client_runtime::{CallOptions, Error, RetryPolicy, Transfer, TransferExt as _};
use loopback::{Response, Server};

use crate::miniature::Client;
use crate::uploads::{Seen, fields, quiet, signed};

fn transfer() -> Transfer {
    let builder = Client::builder()
        .api_key("planted-key")
        .token("planted-token");
    builder.build().unwrap().transfer()
}

/// The names of what is in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn the_bytes_come_in_pieces_without_a_credential() {
    let server = Server::start(vec![Response::new(
        200,
        &[("content-encoding", "gzip")],
        "abcdef",
    )])
    .unwrap();
    let client = Client::to(&server)
        .api_key("planted-key")
        .token("planted-token")
        .build()
        .unwrap();
    let seen = Seen::default();
    let download = client
        .transfer()
        .download(signed(&server))
        .header("Range", "bytes=0-");
    assert!(!format!("{download:?}").contains("planted"), "{download:?}");
    let mut answer = download.on_progress(seen.listener()).send().await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    assert_eq!(bytes, b"abcdef");
    assert_eq!(seen.all().first(), Some(&(0, Some(6))));
    assert_eq!(seen.all().last(), Some(&(6, Some(6))));
    assert_eq!(
        fields(&server.only_request()),
        ["accept", "host", "range", "user-agent"]
    );
}

#[tokio::test]
async fn a_file_is_replaced_once_all_of_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let long = vec![7_u8; 300_000];
    for (answer, total) in [
        (Response::new(200, &[], &long), Some(300_000)),
        (Response::until_close(200, &[], &long), None),
    ] {
        let server = Server::start(vec![answer]).unwrap();
        let seen = Seen::default();
        let download = transfer()
            .download(signed(&server))
            .on_progress(seen.listener());
        let written = download.to_file(&path).await.unwrap();
        assert_eq!((*written, written.status().as_u16()), (300_000, 200));
        assert_eq!(tokio::fs::read(&path).await.unwrap(), long);
        assert_eq!(names(folder.path()), ["film.mp4"]);
        assert_eq!(seen.all().last(), Some(&(300_000, total)));
        tokio::fs::write(&path, "older").await.unwrap();
    }
}

#[tokio::test]
async fn of_a_download_that_fails_nothing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    tokio::fs::write(&path, "older").await.unwrap();
    let is_body: fn(&Error) -> bool = Error::is_body;
    for (answer, expected) in [
        (Response::truncated(200, "abc", 5), is_body),
        (
            Response::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"),
            is_body,
        ),
        (
            Response::new(404, &[], "<html>gone</html>"),
            Error::is_status,
        ),
        (Response::raw(""), Error::is_retryable),
    ] {
        let server = Server::start(vec![answer]).unwrap();
        let error = transfer()
            .download(signed(&server))
            .to_file(&path)
            .await
            .unwrap_err();
        assert!(expected(&error), "{error}");
        quiet(&error);
        assert_eq!(names(folder.path()), ["film.mp4"]);
        assert_eq!(tokio::fs::read(&path).await.unwrap(), b"older");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no folder").join("film.mp4");
    for path in [nowhere.as_path(), folder.path(), Path::new("..")] {
        let server = Server::start(vec![Response::new(200, &[], "a")]).unwrap();
        let error = transfer()
            .download(signed(&server))
            .to_file(path)
            .await
            .unwrap_err();
        assert!(error.is_write_file() && !error.is_body(), "{error}");
        assert!(
            error.to_string().starts_with("download: the file "),
            "{error}"
        );
        quiet(&error);
    }
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_download_that_is_dropped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nabcd";
    let answer = Response::raw(head).then(Duration::from_secs(20), "efgh");
    let server = Server::start(vec![answer]).unwrap();
    let (came, mut pieces) = tokio::sync::mpsc::unbounded_channel();
    let download = transfer()
        .download(signed(&server))
        .on_progress(move |at| came.send(at.bytes).unwrap());
    let path = folder.path().join("film.mp4");
    let task = tokio::spawn(download.to_file(path));
    while pieces.recv().await != Some(4) {}
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn redirects_lead_to_other_hosts_without_what_was_for_the_first() {
    let storage = Server::start(vec![Response::new(200, &[], "abc")]).unwrap();
    let location = signed(&storage);
    let moved = |location: &str| Response::new(302, &[("location", location)], "");
    let server = Server::start(vec![moved("/second"), moved(&location)]).unwrap();
    let download = transfer().download(format!("{}/first", server.base_url()));
    let mut answer = download.header("x-own", "planted").send().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    let requests = server.requests();
    assert_eq!(requests[1].target(), "/second");
    assert_eq!(requests[1].header("x-own"), ["planted"]);
    assert_eq!(
        fields(&storage.only_request()),
        ["accept", "host", "user-agent"]
    );
}

#[tokio::test]
async fn redirects_that_are_not_followed_are_errors() {
    let endless = vec![Response::new(302, &[("location", "/again")], ""); 12];
    for (answers, connections) in [
        (
            vec![Response::new(
                302,
                &[("location", "http://storage.example/?planted-secret")],
                "",
            )],
            1,
        ),
        (
            vec![Response::new(302, &[("location", "ftp://127.0.0.1/")], "")],
            1,
        ),
        (
            vec![Response::new(
                302,
                &[("location", "http://u:planted@127.0.0.1/")],
                "",
            )],
            1,
        ),
        (endless, 11),
    ] {
        let server = Server::start(answers).unwrap();
        let error = transfer()
            .download(signed(&server))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_redirect(), "{error}");
        assert_eq!(server.connections(), connections);
        quiet(&error);
    }
}

#[tokio::test]
async fn a_signature_of_a_later_url_is_not_said_either() {
    let refusal = Response::new(
        403,
        &[("content-type", "text/plain")],
        "bad: planted-signature",
    );
    let storage = Server::start(vec![refusal]).unwrap();
    let location = signed(&storage);
    let server = Server::start(vec![Response::new(307, &[("location", &location)], "")]).unwrap();
    let error = transfer()
        .download(server.base_url())
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.message(), Some("bad: [redacted]"));
    quiet(&error);
}

#[tokio::test]
async fn a_download_is_asked_for_again_before_its_first_byte() {
    let server = Server::start(vec![
        Response::new(503, &[], ""),
        Response::new(200, &[], "abc"),
    ])
    .unwrap();
    let client = Client::builder().build().unwrap();
    let at_once = RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    let inner = client
        .inner
        .with_options(&CallOptions::new().retry(at_once));
    let client = Client { inner, ..client };
    let mut answer = client
        .transfer()
        .download(signed(&server))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    assert_eq!(server.connections(), 2);
}

#[test]
fn futures_are_send() {
    fn assert_send<T: Send>(_: &T) {}
    let transfer = transfer();
    assert_send(&transfer.upload("https://a.example", "a").send());
    assert_send(&transfer.download("https://a.example").send());
    assert_send(&transfer.download("https://a.example").to_file("a"));
}
