//! What goes over the wire, and what comes of what the server sends.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::error::Error as _;

use comfy_registry_client::{Client, Error, RetryPolicy};
use loopback::{Response, Server};

const TOKEN: &str = "eyJ.planted-secret.sig";

fn client(server: &Server) -> Client {
    Client::builder()
        .retry(RetryPolicy::off())
        .token(TOKEN)
        .base_url(server.base_url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_request_and_the_documented_answer() {
    // The page's example, in which Mintlify writes `<string>` for every text.
    let body = r#"{"email":"<string>","id":"<string>","isAdmin":true,"isApproved":true,"name":"<string>"}"#;
    let server = Server::start(vec![Response::json(200, body)]).unwrap();
    let user = client(&server)
        .get_user()
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(user.email.as_deref(), Some("<string>"));
    assert_eq!(user.id.as_deref(), Some("<string>"));
    assert_eq!(user.name.as_deref(), Some("<string>"));
    assert_eq!((user.is_admin, user.is_approved), (Some(true), Some(true)));

    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].line, "GET /users HTTP/1.1");
    assert_eq!(
        requests[0].header("authorization"),
        [format!("Bearer {TOKEN}")]
    );
    assert!(requests[0].header("user-agent")[0].starts_with("comfy-registry-client/"));
    for absent in ["x-api-key", "api-version", "cookie", "referer"] {
        assert_eq!(requests[0].header(absent), [""; 0], "{absent}");
    }
}

#[tokio::test]
async fn without_credentials_the_client_builds_and_sends_none() {
    let server = Server::start(vec![Response::json(200, "{}")]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let user = client.get_user().send().await.unwrap();
    assert_eq!(user.id, None);
    assert_eq!(server.requests()[0].header("authorization"), [""; 0]);
}

/// Status, headers and body of an error are never lost, and a secret is never shown.
async fn failure(answer: Response) -> Error {
    let server = Server::start(vec![answer]).unwrap();
    let client = client(&server);
    let error = client.get_user().send().await.unwrap_err();
    let mut shown = format!("{error}\n{error:?}\n{error:#?}\n{client:?}\n{client:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!("\n{cause}\n{cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains("planted"), "{shown}");
    error
}

#[tokio::test]
async fn errors_keep_status_and_body() {
    for (status, body) in [
        (401, ""),
        (401, r#"{"message":"missing auth token"}"#),
        (401, r#""Invalid token""#),
        (404, ""),
        (500, "<html><body>Internal Server Error</body></html>"),
    ] {
        let error = failure(Response::new(status, &[], body)).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
    }
}

#[tokio::test]
async fn a_token_that_the_server_echoes_is_not_shown() {
    let echo = format!(r#"{{"message":"bad token {TOKEN}"}}"#);
    let error = failure(Response::json(403, &echo)).await;
    assert_eq!(error.body().unwrap().as_ref(), echo.as_bytes());
}

#[tokio::test]
async fn a_redirect_to_another_host_is_an_error_and_never_followed() {
    let other = Server::start(vec![Response::json(200, "{}")]).unwrap();
    let location = format!("{}/users", other.base_url());
    let error = failure(Response::new(307, &[("location", &location)], "")).await;
    assert!(error.is_redirect());
    assert_eq!(error.location().unwrap(), location);
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_future_can_be_sent_to_another_thread() {
    fn assert_send<T: Send>(_: &T) {}
    let client = Client::builder().build().unwrap();
    assert_send(&client.get_user().send());
}
