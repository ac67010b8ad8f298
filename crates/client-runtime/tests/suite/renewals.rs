//! Downloads whose URL has expired.

use std::error::Error as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use client_runtime::{Error, Transfer, TransferExt as _};
use loopback::{Response, Server};

use crate::miniature::Client;
use crate::uploads::{fields, quiet, signed};

fn transfer() -> Transfer {
    let builder = Client::builder().api_key("planted-key");
    builder.build().unwrap().transfer()
}

fn expired(status: u16) -> Response {
    let text = "<Error><Message>Request has expired: planted-signature</Message></Error>";
    Response::new(status, &[], text)
}

/// Downloads from a storage that answers this, with a fresh URL at the place `/fresh` of it; and how often that was asked for.
async fn bytes(answers: Vec<Response>) -> (Result<Vec<u8>, Error>, usize, Server) {
    let server = Server::start(answers).unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, url) = (
        asked.clone(),
        format!("{}/fresh?Signature=planted-signature", server.base_url()),
    );
    let download = transfer().download(signed(&server)).header("x-own", "a");
    let download = download.renew_url(move || async move {
        count.fetch_add(1, Ordering::SeqCst);
        Ok::<_, io::Error>(url)
    });
    let bytes = async {
        let mut answer = download.send().await?;
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    };
    (bytes.await, asked.load(Ordering::SeqCst), server)
}

#[tokio::test]
async fn an_expired_url_is_replaced_by_a_fresh_one() {
    for status in [400, 401, 403, 404, 410] {
        let answers = vec![expired(status), Response::new(200, &[], "abc")];
        let (bytes, asked, server) = bytes(answers).await;
        assert_eq!((&bytes.unwrap()[..], asked), (&b"abc"[..], 1), "{status}");
        let requests = server.requests();
        assert_eq!(requests[1].target(), "/fresh?Signature=planted-signature");
        for request in requests {
            let expected = ["accept", "host", "user-agent", "x-own"];
            assert_eq!(fields(&request), expected);
        }
    }
}

#[tokio::test]
async fn a_url_that_is_good_is_not_replaced_and_other_failures_are_none_of_age() {
    let (good, asked, _) = bytes(vec![Response::new(200, &[], "abc")]).await;
    assert_eq!((&good.unwrap()[..], asked), (&b"abc"[..], 0));
    for answer in [
        Response::new(409, &[], ""),
        Response::new(501, &[], ""),
        Response::new(302, &[("location", "ftp://127.0.0.1/")], ""),
    ] {
        let (outcome, asked, server) = bytes(vec![answer]).await;
        outcome.unwrap_err();
        assert_eq!((asked, server.connections()), (0, 1));
    }
    // What breaks off later has begun with a good URL.
    let (outcome, asked, _) = bytes(vec![Response::truncated(200, "ab", 1)]).await;
    assert!(outcome.unwrap_err().is_body());
    assert_eq!(asked, 0);
}

#[tokio::test]
async fn a_fresh_url_is_asked_for_once() {
    let (outcome, asked, server) = bytes(vec![expired(403), expired(410)]).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.status().unwrap(), 410);
    assert!(error.source().is_none());
    assert_eq!((asked, server.connections()), (1, 2));
    quiet(&error);
}

#[tokio::test]
async fn without_a_fresh_url_the_refusal_says_why() {
    let server = Server::start(vec![expired(403), expired(403), expired(403)]).unwrap();
    let download = || transfer().download(signed(&server));
    let failed = async || Err::<String, _>(io::Error::other("the film is gone"));
    let error = download().renew_url(failed).send().await.unwrap_err();
    assert_eq!(error.to_string(), "download: HTTP 403 Forbidden");
    assert!(error.is_status() && !error.is_timeout());
    let source = error.source().unwrap();
    assert_eq!(source.to_string(), "there is no fresh URL");
    let cause = source.source().unwrap().to_string();
    assert_eq!(cause, "the film is gone");
    quiet(&error);

    let old = signed(&server);
    let quoting = async move || Err::<String, _>(io::Error::other(format!("{old} is of no film")));
    let error = download().renew_url(quoting).send().await.unwrap_err();
    let cause = error.source().unwrap().source().unwrap().to_string();
    assert!(cause.ends_with(" is of no film"), "{cause}");
    quiet(&error);

    let unusable = async || Ok::<_, io::Error>("http://storage.example/?planted-secret");
    let error = download().renew_url(unusable).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    quiet(&error);
    assert_eq!(server.connections(), 3);
}

#[test]
fn futures_are_send() {
    fn assert_send<T: Send>(_: &T) {}
    let fresh = async || Ok::<_, io::Error>("https://a.example");
    let download = transfer().download("https://a.example").renew_url(fresh);
    assert!(!format!("{download:?}").contains("example"), "{download:?}");
    assert_send(&download.to_file("a"));
}
