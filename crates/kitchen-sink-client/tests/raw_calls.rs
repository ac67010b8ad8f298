//! Calls of what the document does not describe.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::{Client, Method};
use loopback::{Response, Server};
use serde_json::{Value, json};

fn start(answer: Response) -> (Server, Client) {
    let server = Server::start(vec![answer]).unwrap();
    let client = Client::builder()
        .token("t")
        .base_url(format!("{}/v1", server.base_url()))
        .build()
        .unwrap();
    (server, client)
}

#[tokio::test]
async fn a_call_has_the_credentials_of_the_client_and_what_was_set() {
    let (server, client) = start(Response::json(202, r#"{"id": "j1"}"#));
    let call = client
        .request(Method::POST, "/jobs%2F1?dry=1")
        .query(&[("tag", "a b")])
        .header("x-trace", "7")
        .json(&json!({"kind": "new"}));
    let answer = call.send::<Value>().await.unwrap();
    assert_eq!(answer.status().as_u16(), 202);
    assert_eq!(*answer, json!({"id": "j1"}));
    let request = server.only_request();
    assert_eq!(request.line, "POST /v1/jobs%2F1?dry=1&tag=a%20b HTTP/1.1");
    assert_eq!(request.header("authorization"), ["Bearer t"]);
    assert_eq!(request.header("x-trace"), ["7"]);
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(request.body, br#"{"kind":"new"}"#);
}

#[tokio::test]
async fn no_content_and_bytes_are_answers_too() {
    let (_server, client) = start(Response::raw(
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n",
    ));
    client
        .request(Method::DELETE, "/jobs")
        .send::<()>()
        .await
        .unwrap();

    let (server, client) = start(Response::new(200, &[], [0_u8, 255]));
    let call = client.request(Method::PUT, "/files").body(vec![1_u8, 2]);
    let mut stream = call.send_stream().await.unwrap().into_inner();
    assert_eq!(
        stream.chunk().await.unwrap().unwrap(),
        [0_u8, 255].as_slice()
    );
    assert_eq!(server.only_request().body, [1, 2]);
}

#[tokio::test]
async fn another_status_is_an_error_that_keeps_it() {
    let (_server, client) = start(Response::json(429, r#"{"why": "slow down"}"#));
    let error = client
        .request(Method::GET, "/jobs")
        .send::<Value>()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 429);
    assert_eq!(error.body().unwrap().as_ref(), br#"{"why": "slow down"}"#);
}

#[tokio::test]
async fn nothing_is_sent_to_another_place() {
    for (path, problem) in [
        ("jobs", "the path does not start with a slash"),
        ("@evil.test/", "the path does not start with a slash"),
        ("", "the path does not start with a slash"),
        ("/../admin", "its path leads out of the client's base URL"),
        (
            "/a/%2E%2e/../../v12",
            "its path leads out of the client's base URL",
        ),
        ("/\\..\\..\\admin", "percent-encoded"),
        ("/files/a#1", "percent-encoded"),
        ("/a b", "percent-encoded"),
        ("/a\n", "percent-encoded"),
        ("/..", "its path leads out of the client's base URL"),
    ] {
        let (server, client) = start(Response::json(200, "{}"));
        let error = client
            .request(Method::GET, path)
            .send::<Value>()
            .await
            .unwrap_err();
        assert!(error.is_invalid_request(), "{path}: {error}");
        assert!(error.to_string().contains(problem), "{path}: {error}");
        assert_eq!(server.connections(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_header_that_http_does_not_allow_is_not_sent_and_not_shown() {
    let (server, client) = start(Response::json(200, "{}"));
    let call = client
        .request(Method::GET, "/jobs")
        .header("x-key", "hush\nhush");
    let error = call.send::<Value>().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"));
    assert_eq!(server.connections(), 0);
}
