//! A planted secret is in nothing that is printed, whatever the server does with it.

use std::error::Error as StdError;
use std::time::Duration;

use client_runtime::Credential;
use loopback::{Response, Server};

use crate::miniature::Client;

/// With characters that `{:?}` and URLs write differently.
const SECRET: &str = r#"planted"s3cret'+/="#;

fn everything(error: &impl StdError) -> String {
    let mut text = format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        source = error.source();
    }
    text
}

/// Looks for the middle of the secret, which no spelling changes, and for its form in basic authentication.
fn assert_quiet(what: &str, text: &str) {
    assert!(!text.contains("s3cret"), "{what} shows the secret:\n{text}");
    assert!(
        !text.contains("cGxhbnRlZ"),
        "{what} shows the secret:\n{text}"
    );
}

/// Credentials, and what a server that echoes them writes.
fn credentials() -> Vec<(Credential, &'static str)> {
    // A cookie cannot hold a quote.
    const COOKIE: &str = "planted's3cret+/=";
    vec![
        (Credential::header("x-api-key", SECRET), SECRET),
        (Credential::bearer(SECRET), SECRET),
        (Credential::basic("planted", SECRET), SECRET),
        (
            Credential::basic("planted", "s3cret"),
            "cGxhbnRlZDpzM2NyZXQ=",
        ),
        (Credential::basic(SECRET, ""), SECRET),
        (Credential::query("key", SECRET), SECRET),
        (Credential::cookie("sid", COOKIE), COOKIE),
    ]
}

/// Answers that hold the secret wherever one can.
fn echoes(elsewhere: &str, secret: &str) -> Vec<Response> {
    let json = serde_json::to_string(secret).unwrap();
    let header = [
        ("x-echo", secret),
        ("set-cookie", secret),
        ("x-request-id", secret),
    ];
    let location = format!("{elsewhere}/?k=planted%22s3cret");
    vec![
        Response::new(200, &header, format!(r#"{{"id":{json}}}"#)),
        Response::new(
            200,
            &header,
            format!(r#"{{"id":1,"parts":[{{{json}:1}}]}}"#),
        ),
        Response::new(200, &header, format!("{json} {json}")),
        Response::new(200, &header, secret),
        Response::truncated(200, secret, 9),
        Response::new(401, &header, format!(r#"{{"code":{json}}}"#)),
        Response::new(401, &header, format!(r#"{{{json}:{json}}}"#)),
        Response::new(401, &header, secret),
        Response::new(403, &header, &json),
        Response::new(500, &header, secret),
        Response::new(302, &[("location", &location)], secret),
        Response::new(302, &[("location", &format!("ftp://h/{secret}"))], secret),
        Response::new(302, &[("location", &format!("http://{secret}"))], secret),
        // Followed; the next one is its answer.
        Response::new(302, &[("location", &format!("/?{secret}"))], ""),
        Response::new(404, &header, secret),
        Response::raw(format!("{secret}\r\n\r\n")),
        Response::raw(format!("HTTP/1.1 200 {secret}\r\n{secret}\r\n\r\n")),
        Response::raw(format!(
            "HTTP/1.1 404 {secret}\r\ncontent-length: {secret}\r\n\r\n"
        )),
        Response::raw(format!(
            "HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\n{secret}\r\n"
        )),
        Response::raw(""),
        Response::json(200, "{}").after(Duration::from_secs(5)),
    ]
}

#[tokio::test]
async fn errors() {
    let elsewhere = Server::start(vec![]).unwrap();
    for (credential, secret) in credentials() {
        let answers = echoes(&elsewhere.base_url(), secret);
        let rows = answers.len();
        let server = Server::start(answers).unwrap();
        let builder = Client::to(&server)
            .timeout(Duration::from_millis(500))
            .credential(credential.clone());
        assert_quiet("the builder", &format!("{builder:?} {builder:#?}"));
        let client = builder.build().unwrap();
        assert_quiet("the client", &format!("{client:?} {client:#?}"));
        let request = client.get_widget().id("1");
        assert_quiet("the request", &format!("{request:?} {request:#?}"));
        while server.requests().len() < rows {
            let what = format!("{credential:?}, answer {}", server.requests().len());
            let error = client.get_widget().id("1").send().await.unwrap_err();
            assert_quiet(&what, &everything(&error));
            assert_quiet(&what, &format!("{:?}", error.headers()));
            assert_quiet(&what, error.decode_path().unwrap_or_default());
            assert_quiet(&what, &everything(&error.into_untyped()));
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_refused_connection() {
    for (credential, _) in credentials() {
        let builder = Client::builder().base_url(loopback::refused_base_url().unwrap());
        let client = builder.credential(credential).build().unwrap();
        let error = client.get_widget().id("1").send().await.unwrap_err();
        assert!(error.is_connect());
        assert_quiet("a refused connection", &everything(&error));
    }
}

/// The accessors give what the server sent, also where printing does not show it.
#[tokio::test]
async fn what_was_sent_is_still_there() {
    let server = Server::start(vec![
        Response::new(500, &[("x-echo", SECRET)], SECRET),
        Response::new(
            200,
            &[("x-echo", SECRET), ("set-cookie", SECRET)],
            r#"{"id":1}"#,
        ),
    ])
    .unwrap();
    let client = Client::to(&server).api_key(SECRET).build().unwrap();
    let error = client.get_widget().id("1").send().await.unwrap_err();
    assert_eq!(error.body().unwrap(), SECRET);
    assert_eq!(error.headers().unwrap()["x-echo"], "[redacted]");

    let value = client.get_widget().id("1").send().await.unwrap();
    assert_eq!(value.headers()["set-cookie"], SECRET);
    assert_quiet("a value", &format!("{value:?} {:?}", value.headers()));
}
