//! What goes over the wire, and what comes of what the server sends.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]
#![allow(deprecated, reason = "the vendored page is of a call at its end")]

use std::error::Error as _;
use std::time::Duration;

use heygen_client::types::ErrorDetail;
use heygen_client::{Client, Error, RetryPolicy};
use loopback::{Response, Server};

const KEY: &str = "sk_planted-secret-0451";

/// The example of the vendored page, read from the page itself.
fn documented_example() -> serde_json::Value {
    let page = include_str!("../../../specs/heygen/get-current-user-information.md");
    let json = page
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("\n```").next())
        .unwrap();
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    let content =
        "/paths/~1v1~1user~1me/get/responses/200/content/application~1json/examples/Result/value";
    document.pointer(content).unwrap().clone()
}

fn client(server: &Server) -> Client {
    Client::builder()
        .retry(RetryPolicy::off())
        .api_key(KEY)
        .base_url(server.base_url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_request_and_the_documented_answer() {
    let server =
        Server::start(vec![Response::json(200, documented_example().to_string())]).unwrap();
    let answer = client(&server)
        .get_current_user_information()
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let data = answer.data.as_ref().unwrap();
    assert_eq!(answer.code, Some(100));
    assert_eq!(data.email.as_deref(), Some("john.doe@gmail.com"));
    assert_eq!(data.first_name.as_deref(), Some("John"));
    assert_eq!(data.last_name.as_deref(), Some("Doe"));
    assert_eq!(
        data.username.as_deref(),
        Some("15ebafd83a8521f0b8d56a14c8a4bd72")
    );
    // The example has `null` where the document promises strings.
    assert_eq!(
        (answer.msg.as_deref(), answer.message.as_deref()),
        (None, None)
    );

    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].line, "GET /v1/user/me HTTP/1.1");
    assert_eq!(requests[0].header("x-api-key"), [KEY]);
    assert_eq!(requests[0].header("accept"), ["application/json"]);
    assert!(requests[0].header("user-agent")[0].starts_with("heygen-client/"));
    for absent in ["authorization", "api-version", "cookie", "referer"] {
        assert_eq!(requests[0].header(absent), [""; 0], "{absent}");
    }
    assert!(requests[0].body.is_empty());
}

/// Status, headers and body of an error are never lost, and a secret is never shown.
async fn failure(answer: Response) -> Error {
    let server = Server::start(vec![answer]).unwrap();
    let client = client(&server);
    let error = client
        .get_current_user_information()
        .send()
        .await
        .unwrap_err();
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
    for (status, body, code, param) in [
        (401, "", None, None),
        (
            401,
            r#"{"code":400112,"message":"Unauthorized","data":null}"#,
            Some("400112"),
            None,
        ),
        (403, r#""bare string""#, None, None),
        (
            404,
            r#"{"error":{"code":"not_found","message":"gone"}}"#,
            Some("not_found"),
            None,
        ),
        (
            400,
            r#"{"error":{"code":"invalid_parameter","message":"too long","param":"title","doc_url":null}}"#,
            Some("invalid_parameter"),
            Some("title"),
        ),
        (400, r#"{"data":null,"error":"no such look"}"#, None, None),
        (
            500,
            "<html><body>Internal Server Error</body></html>",
            None,
            None,
        ),
    ] {
        let error = failure(Response::new(status, &[("x-request-id", "r-1")], body)).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
        assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        assert_eq!(error.code(), code, "{body}");
        let detail = ErrorDetail::of(&error);
        assert_eq!(
            detail
                .and_then(|detail| detail.param.into_option())
                .as_deref(),
            param
        );
    }
}

#[tokio::test]
async fn success_with_another_code_is_an_error_that_keeps_everything() {
    let body = r#"{"code":400599,"message":"Your account doesn't have API access","data":null}"#;
    let error = failure(Response::json(200, body)).await;
    assert!(error.is_refused());
    assert_eq!(error.code(), Some("400599"));
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
}

#[tokio::test]
async fn a_key_that_the_server_echoes_is_not_shown() {
    let echo = format!(r#"{{"code":401,"message":"bad key {KEY}"}}"#);
    let error = failure(Response::new(401, &[("x-echo", KEY)], &echo)).await;
    assert_eq!(error.body().unwrap().as_ref(), echo.as_bytes());
}

#[tokio::test]
async fn success_that_is_no_json_keeps_everything_too() {
    let error = failure(Response::new(200, &[], "<html>maintenance</html>")).await;
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap().as_ref(), b"<html>maintenance</html>");

    let error = failure(Response::json(200, r#"{"data":{"email":7}}"#)).await;
    assert!(error.is_decode());
    assert!(
        error.decode_path().unwrap().contains("data.email"),
        "{:?}",
        error.decode_path()
    );
}

#[tokio::test]
async fn a_redirect_to_another_host_is_an_error_and_never_followed() {
    let other = Server::start(vec![Response::json(200, "{}")]).unwrap();
    let location = format!("{}/v1/user/me", other.base_url());
    let error = failure(Response::new(302, &[("location", &location)], "")).await;
    assert!(error.is_redirect());
    assert_eq!(error.status().unwrap().as_u16(), 302);
    assert_eq!(error.location().unwrap(), location);
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_key_that_is_no_header_value_is_refused_without_showing_it() {
    let error = Client::builder()
        .api_key("planted\nsecret")
        .build()
        .unwrap_err();
    assert_eq!(error.setting(), "api_key");
    assert!(!format!("{error} {error:?}").contains("planted"));
}

/// Who has the URL or the headers of an upload can write there.
#[test]
fn what_allows_an_upload_is_not_shown() {
    let headers = [("x-amz-security-token".to_owned(), "planted-1".to_owned())];
    let url = "https://storage.example/planted-2";
    let upload =
        heygen_client::types::DirectUpload::new("a1", 60, 9, "pending", headers.into(), url);
    let shown = format!("{upload:?}");
    assert!(
        shown.contains("pending") && !shown.contains("planted"),
        "{shown}"
    );
}

#[test]
fn a_future_can_be_sent_to_another_thread() {
    fn assert_send<T: Send>(_: &T) {}
    let client = Client::builder().api_key(KEY).build().unwrap();
    assert_send(&client.get_current_user_information().send());
}

/// A paid call that does not look at the key is not made twice, whatever the API's other calls do.
#[tokio::test]
async fn a_call_that_does_not_know_the_key_is_made_once() {
    use heygen_client::types::{AssetUrl, CreateBackgroundRemoval, DesignVoice};

    let busy = || Response::json(503, "{}");
    let server = Server::start((0..4).map(|_| busy()).collect()).unwrap();
    let policy = RetryPolicy::default().first_delay(Duration::ZERO);
    let client = Client::builder().retry(policy).api_key(KEY);
    let client = client.base_url(server.base_url()).build().unwrap();
    let video = AssetUrl::new("https://example.com/dance.mp4");
    let call = client.create_background_removal();
    let call = call.body(CreateBackgroundRemoval::new(video));
    call.send().await.unwrap_err();
    let keys = |request: &loopback::Request| request.header("idempotency-key").len();
    assert_eq!(server.requests().iter().map(keys).collect::<Vec<_>>(), [0]);

    let call = client.design_voice().body(DesignVoice::new("low and slow"));
    call.send().await.unwrap_err();
    assert_eq!(
        server.requests().iter().map(keys).collect::<Vec<_>>(),
        [0, 1, 1, 1]
    );
}
