//! Publishing, step by step, on the wire.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comfy_registry_client::types::{Node, NodeVersion, NodeVersionStatus};
use comfy_registry_client::views::StatusReason;
use comfy_registry_client::{Client, FilePart, PublishError, Published, RetryPolicy};
use loopback::{Response, Server};
use serde_json::{Value, json};

const TOKEN: &str = "0b9f4e6a-planted-token";
const SIGNATURE: &str = "planted-signature";

fn client(server: &Server) -> Client {
    Client::builder()
        .base_url(server.base_url())
        .token("planted-login")
        .retry(RetryPolicy::off())
        .build()
        .unwrap()
}

/// The answer to the first call, as the registry writes it.
fn made(server: &Server) -> Response {
    let url = format!(
        "{}/storage/node.zip?Expires=900&Signature={SIGNATURE}",
        server.base_url()
    );
    Response::json(
        201,
        json!({"signedUrl": url, "node_version": version("NodeVersionStatusPending")}).to_string(),
    )
}

fn version(status: &str) -> Value {
    json!({
        "id": "0b9f4e6a-0000-4000-8000-8d2c6a1f3e57", "node_id": "example-upscalers", "version": "1.2.0", "status": status,
        "status_reason": r#"[{"rule": "eval"}]"#, "dependencies": null, "supported_os": null, "downloadUrl": "", "tags": [],
    })
}

fn seen(status: &str) -> Response {
    Response::json(200, version(status).to_string())
}

async fn publish(server: &Server) -> Result<Published, PublishError> {
    publish_within(server, Duration::from_secs(100)).await
}

async fn publish_within(server: &Server, time: Duration) -> Result<Published, PublishError> {
    let node = Node::new()
        .id("example-upscalers")
        .license(r#"{"file": "LICENSE"}"#);
    client(server)
        .publish(node, NodeVersion::new().version("v1.2"))
        .publisher_id("example-labs")
        .token(TOKEN)
        .archive(FilePart::from("PK zip"))
        .max_delay(Duration::ZERO)
        .wait_at_most(time)
        .send()
        .await
}

/// The error, in which nothing is said that is secret.
async fn failure(answers: Vec<Response>) -> (PublishError, Server) {
    let server = Server::start(answers).unwrap();
    let error = publish(&server).await.unwrap_err();
    let mut shown = format!("{error}\n{error:?}\n{:?}", error.call());
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!("\n{cause}\n{cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains("planted"), "{shown}");
    (error, server)
}

#[tokio::test]
async fn the_version_is_made_uploaded_and_waited_for() {
    let server = Server::start(vec![]).unwrap();
    for answer in [
        made(&server),
        Response::new(200, &[], ""),
        seen("NodeVersionStatusPending"),
        seen(""),
        Response::new(502, &[], "<html>Bad Gateway</html>"),
        seen("NodeVersionStatusUploaded"),
        seen("NodeVersionStatusActive"),
    ] {
        server.push(answer);
    }
    let Published::Active(version) = publish(&server).await.unwrap() else {
        panic!("not active")
    };
    assert_eq!(version.version.as_deref(), Some("1.2.0"));
    let requests = server.requests();
    assert_eq!(
        requests[0].line,
        "POST /publishers/example-labs/nodes/example-upscalers/versions HTTP/1.1"
    );
    let body: Value = serde_json::from_slice(&requests[0].body).unwrap();
    assert_eq!(
        body,
        json!({
            "personal_access_token": TOKEN,
            "node": {"id": "example-upscalers", "license": r#"{"file": "LICENSE"}"#},
            "node_version": {"version": "v1.2"},
        })
    );
    assert_eq!(
        requests[1].line,
        format!("PUT /storage/node.zip?Expires=900&Signature={SIGNATURE} HTTP/1.1")
    );
    assert_eq!(requests[1].header("content-type"), ["application/zip"]);
    assert_eq!(requests[1].header("content-length"), ["6"]);
    assert!(requests[1].header("authorization").is_empty());
    assert_eq!(requests[1].body, b"PK zip");
    // By the number that the registry has made of `v1.2`.
    assert_eq!(
        requests[2].line,
        "GET /nodes/example-upscalers/versions/1.2.0 HTTP/1.1"
    );
    assert_eq!(requests.len(), 7);
}

#[tokio::test]
async fn what_the_scan_found_is_no_success() {
    let server = Server::start(vec![]).unwrap();
    for answer in [
        made(&server),
        Response::new(200, &[], ""),
        seen("NodeVersionStatusFlagged"),
    ] {
        server.push(answer);
    }
    let Published::Flagged(version) = publish(&server).await.unwrap() else {
        panic!("not flagged")
    };
    let reason = version.parsed_status_reason();
    assert_eq!(
        reason,
        Some(StatusReason::Findings(vec![json!({"rule": "eval"})]))
    );
}

#[tokio::test]
async fn without_a_version_nothing_is_uploaded() {
    for (answer, message) in [
        (
            Response::json(
                400,
                r#"{"error":"","message":"Invalid personal access token"}"#,
            ),
            Some("Invalid personal access token"),
        ),
        (
            Response::json(403, r#"{"message":"Permission denied"}"#),
            Some("Permission denied"),
        ),
        (
            Response::json(401, r#""Invalid token""#),
            Some("Invalid token"),
        ),
        (
            Response::new(500, &[("content-type", "text/html")], "<html>no</html>"),
            None,
        ),
        (Response::new(200, &[], "\n"), None),
    ] {
        let (error, server) = failure(vec![answer]).await;
        assert!(matches!(error, PublishError::Create(_)), "{error}");
        assert_eq!(error.message(), message);
        assert!(error.version().is_none() && !error.leaves_no_file());
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn a_version_without_a_file_is_said_to_be_one() {
    let nowhere = json!({"signedUrl": "", "node_version": version("NodeVersionStatusPending")});
    let (error, _) = failure(vec![Response::json(201, nowhere.to_string())]).await;
    assert!(matches!(error, PublishError::NoAddress { .. }) && error.leaves_no_file());

    let server = Server::start(vec![]).unwrap();
    let refusal =
        format!("<?xml version='1.0'?><Error><Message>Expired {SIGNATURE}</Message></Error>");
    server.push(made(&server));
    server.push(Response::new(403, &[], refusal));
    let error = publish(&server).await.unwrap_err();
    assert!(matches!(error, PublishError::Upload { .. }) && error.leaves_no_file());
    assert_eq!(error.version().unwrap().version.as_deref(), Some("1.2.0"));
    assert_eq!(error.message(), Some("Expired [redacted]"));
    assert_eq!(
        error.to_string(),
        "the version was made, but its archive was not uploaded, and it stays in the registry without a file: upload: HTTP 403 Forbidden"
    );
    assert!(!format!("{error:?}").contains("planted"));

    let http = json!({"signedUrl": format!("http://storage.example/?Signature={SIGNATURE}")});
    let (error, _) = failure(vec![Response::json(201, http.to_string())]).await;
    assert!(error.call().unwrap().is_invalid_request(), "{error}");
}

#[tokio::test]
async fn waiting_ends() {
    let after = |answers: Vec<Response>| async {
        let server = Server::start(vec![]).unwrap();
        server.push(made(&server));
        server.push(Response::new(200, &[], ""));
        answers.into_iter().for_each(|answer| server.push(answer));
        (publish(&server).await.unwrap_err(), server.connections())
    };
    let server = Server::start(vec![]).unwrap();
    server.push(made(&server));
    server.push(Response::new(200, &[], ""));
    // A first look may be answered before the time is over, or not.
    server.push(seen("NodeVersionStatusPending"));
    let error = publish_within(&server, Duration::ZERO).await.unwrap_err();
    let PublishError::Pending { version, waited } = &error else {
        panic!("{error}")
    };
    assert_eq!(
        (waited, version.version.as_deref()),
        (&Duration::ZERO, Some("1.2.0"))
    );
    assert!(!error.leaves_no_file());

    let (error, connections) = after(vec![seen("NodeVersionStatusBanned")]).await;
    assert!(matches!(error, PublishError::Ended { .. }), "{error}");
    assert_eq!(
        error.version().unwrap().status,
        Some(NodeVersionStatus::Banned)
    );
    assert_eq!(connections, 3);

    let (error, connections) = after(vec![Response::json(404, "{}")]).await;
    assert!(matches!(error, PublishError::Wait { .. }), "{error}");
    assert_eq!(error.call().unwrap().status().unwrap(), 404);
    assert_eq!(connections, 3);

    // Whatever the wait, a failure that does not pass ends it.
    let mut answers = vec![Response::new(503, &[], ""); 9];
    answers.push(Response::json(403, "{}"));
    let (error, connections) = after(answers).await;
    assert_eq!(error.call().unwrap().status().unwrap(), 403);
    assert_eq!(connections, 2 + 10);
}

#[tokio::test]
async fn an_outage_of_the_registry_is_waited_for() {
    let server = Server::start(vec![]).unwrap();
    server.push(made(&server));
    server.push(Response::new(200, &[], ""));
    for _ in 0..9 {
        server.push(Response::new(503, &[], ""));
    }
    server.push(seen("NodeVersionStatusActive"));
    let published = publish(&server).await.unwrap();
    assert!(matches!(published, Published::Active(_)));
    assert_eq!(server.connections(), 2 + 10);
}

#[tokio::test]
async fn what_is_missing_is_said_before_anything_is_sent() {
    let server = Server::start(vec![]).unwrap();
    let client = client(&server);
    let full = |node: Node, version: NodeVersion| {
        let publish = client.publish(node, version).publisher_id("p");
        publish.token(TOKEN).archive("zip")
    };
    let (node, version) = (Node::new().id("n"), NodeVersion::new().version("1.0.0"));
    for (publish, said) in [
        (full(Node::new(), version.clone()), "the node has no id"),
        (
            full(node.clone(), NodeVersion::new().version(" ")),
            "the version has no number",
        ),
        (
            full(node.clone(), version.clone()).publisher_id(""),
            "there is no publisher id",
        ),
        (
            client
                .publish(node.clone(), version.clone())
                .publisher_id("p")
                .archive("zip"),
            "there is no token",
        ),
        (
            client
                .publish(node.clone(), version.clone())
                .publisher_id("p")
                .token(TOKEN),
            "there is no archive",
        ),
        (
            full(node.clone(), version.clone()).token("\u{16}planted"),
            "the token is empty",
        ),
    ] {
        assert!(!format!("{publish:?}").contains("planted"), "{publish:?}");
        let error = publish.send().await.unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("nothing was published: {said}")),
            "{error}"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_archive_can_go_elsewhere_and_be_followed() {
    let storage = Server::start(vec![Response::new(200, &[], "")]).unwrap();
    let server = Server::start(vec![]).unwrap();
    server.push(made(&server));
    server.push(seen("NodeVersionStatusActive"));
    let told = Arc::new(Mutex::new(Vec::new()));
    let bytes = told.clone();
    let client = client(&server);
    let future = client
        .publish(
            Node::new().id("example-upscalers"),
            NodeVersion::new().version("1.2.0"),
        )
        .publisher_id("example-labs")
        .token(TOKEN)
        .archive("PK zip")
        .storage_url(format!("{}/elsewhere", storage.base_url()))
        .on_progress(move |at| bytes.lock().unwrap().push(at.bytes))
        .send();
    fn assert_send<T: Send>(_: &T) {}
    assert_send(&future);
    assert!(matches!(future.await.unwrap(), Published::Active(_)));
    assert_eq!(storage.only_request().line, "PUT /elsewhere HTTP/1.1");
    assert_eq!(*told.lock().unwrap(), [0, 6]);
}
