//! What a caller gets for every kind of answer.

use std::time::Duration;

use client_runtime::Error;
use loopback::{Response, Server};

use crate::miniature::error::GetWidgetError;
use crate::miniature::types::{Problem, Widget};
use crate::miniature::{Client, ClientBuilder};

type Outcome = Result<Widget, Error<GetWidgetError>>;

async fn call(answer: Response, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Outcome {
    let server = Server::start(vec![answer]).unwrap();
    let client = set(Client::to(&server)).build().unwrap();
    let outcome = client.get_widget().id("1").send().await;
    assert_eq!(server.requests().len(), 1);
    outcome.map(|value| value.into_inner())
}

async fn failure(answer: Response) -> Error<GetWidgetError> {
    call(answer, |builder| builder).await.unwrap_err()
}

#[tokio::test]
async fn success() {
    for (body, name) in [
        (r#"{"id":1,"name":"x"}"#, Some("x")),
        (r#"{"id":1,"name":null,"unknown":[{}]}"#, None),
        (r#"{"id":1}"#, None),
        ("\u{feff}{\"id\":1}\n", None),
    ] {
        let widget = call(Response::json(200, body), |builder| builder)
            .await
            .unwrap();
        assert_eq!((widget.id, widget.name.as_deref()), (1, name));
    }
    // What the body is counts, not what it is said to be.
    let answer = Response::until_close(200, &[("content-type", "text/plain")], r#"{"id":1}"#);
    assert_eq!(call(answer, |builder| builder).await.unwrap().id, 1);
}

/// Whatever the body of an error status is: the status, the header fields and the body are there.
#[tokio::test]
async fn error_statuses() {
    use GetWidgetError as E;
    let problem = || Some(Problem { code: 7 });
    // Status and body; then the typed body, the place where it is something else, and the line that is printed.
    type Row = (
        u16,
        &'static str,
        Option<E>,
        Option<&'static str>,
        &'static str,
    );
    let rows: Vec<Row> = vec![
        (401, "", None, Some("$"), "HTTP 401 Unauthorized"),
        (
            401,
            r#"{"code":7}"#,
            problem().map(E::Unauthorized),
            None,
            "HTTP 401 Unauthorized",
        ),
        (
            404,
            r#"{"code":7,"more":1}"#,
            problem().map(E::NotFound),
            None,
            "HTTP 404 Not Found",
        ),
        (
            404,
            r#"{"code":"x"}"#,
            None,
            Some("$.code"),
            "HTTP 404 Not Found",
        ),
        (404, "<html>", None, Some("$"), "HTTP 404 Not Found"),
        (410, "", Some(E::Gone), None, "HTTP 410 Gone"),
        (410, "gone", Some(E::Gone), None, "HTTP 410 Gone"),
        (
            429,
            r#""slow down""#,
            Some(E::Status4XX("slow down".into())),
            None,
            "HTTP 429 Too Many Requests",
        ),
        (
            422,
            "slow down",
            None,
            Some("$"),
            "HTTP 422 Unprocessable Entity",
        ),
        (
            500,
            "<html>oops</html>",
            None,
            None,
            "HTTP 500 Internal Server Error",
        ),
        (503, "", None, None, "HTTP 503 Service Unavailable"),
        (599, "\u{0}\u{1}", None, None, "HTTP 599"),
        (
            202,
            "{}",
            None,
            None,
            "HTTP 202 Accepted is not an answer that the API documents",
        ),
    ];
    for (status, body, typed, path, line) in rows {
        let headers = [
            ("x-request-id", "r-1"),
            ("set-cookie", "session=1"),
            ("x-other", "ordinary"),
        ];
        let error = failure(Response::new(status, &headers, body)).await;
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body().unwrap(), body);
        assert!(!error.body_truncated());
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.headers().unwrap()["x-other"], "ordinary");
        let debug = format!("{error:?}");
        assert!(
            debug.contains("x-other") && !debug.contains("ordinary"),
            "{debug}"
        );
        assert!(!error.headers().unwrap().contains_key("set-cookie"));
        assert_eq!(error.typed(), typed.as_ref(), "{status} {body}");
        assert_eq!(error.decode_path(), path, "{status} {body}");
        assert_eq!(error.to_string(), format!("get_widget: {line}"));
        assert_eq!(error.operation(), Some("get_widget"));
        assert_eq!(std::error::Error::source(&error).is_some(), path.is_some());
        assert!(
            error.is_status() && !error.is_decode() && !error.is_timeout() && !error.is_connect()
        );
        assert_eq!(error.into_typed().ok(), typed);
    }
}

#[tokio::test]
async fn a_success_that_is_not_what_was_promised() {
    for (body, path, line, source) in [
        (
            r#"{"id":1,"parts":[{"id":2},{"id":"3"}]}"#,
            "$.parts[1].id",
            "the body of HTTP 200 OK is not what the API promises at $.parts[1].id",
            "expected u32 at line 1 column 35",
        ),
        (
            "<html>",
            "$",
            "the body of HTTP 200 OK is not what the API promises at $",
            "expected value at line 1 column 1",
        ),
        (
            "",
            "$",
            "the body of HTTP 200 OK is empty, which the API does not promise",
            "the body is empty",
        ),
    ] {
        let error = failure(Response::new(200, &[("x-request-id", "r-1")], body)).await;
        assert!(error.is_decode() && !error.is_status());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.decode_path(), Some(path));
        assert_eq!(error.to_string(), format!("get_widget: {line}"));
        assert_eq!(
            std::error::Error::source(&error).unwrap().to_string(),
            source
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let error = failure(Response::truncated(200, r#"{"id":1}"#, 5)).await;
    assert!(error.is_body() && !error.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), r#"{"id":1}"#);
    assert!(error.body_truncated());
    assert_eq!(
        error.to_string(),
        "get_widget: the body of HTTP 200 OK broke off"
    );
    assert!(std::error::Error::source(&error).is_some());

    // An error status is not lost because its body breaks off, and half a body is not taken for the whole.
    let error = failure(Response::truncated(404, r#"{"code":7}"#, 5)).await;
    assert!(error.is_status() && !error.is_body());
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body().unwrap(), r#"{"code":7}"#);
    assert!(error.body_truncated() && error.typed().is_none());
    assert_eq!(error.decode_path(), Some("$"));
}

#[tokio::test]
async fn a_body_that_is_too_long() {
    let long = format!(r#"{{"id":1,"name":"{}"}}"#, "x".repeat(200_000));
    let limited = |builder: ClientBuilder| builder.max_response_bytes(100_000);
    for answer in [
        Response::json(200, &long),
        Response::until_close(200, &[], &long),
    ] {
        let error = call(answer, limited).await.unwrap_err();
        assert!(error.is_body());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body().unwrap(), &long.as_bytes()[..65_536]);
        assert!(error.body_truncated());
        assert_eq!(
            error.to_string(),
            "get_widget: the body of HTTP 200 OK is longer than 100000 bytes"
        );
    }
    // Announced and never sent: no memory is set aside for it.
    let answer = Response::raw("HTTP/1.1 200 \r\ncontent-length: 9999999999999999\r\n\r\n{");
    assert!(call(answer, |builder| builder).await.is_err());
    // Nobody waits for the rest of a body that says that it is too long.
    let answer = Response::raw(format!(
        "HTTP/1.1 200 \r\ncontent-length: 9999999999999999\r\n\r\n{}",
        &long[..80_000]
    ));
    let answer = answer.then(Duration::from_secs(5), "x");
    let waiting = |builder| limited(builder).timeout(Duration::from_secs(2));
    let error = call(answer, waiting).await.unwrap_err();
    assert!(error.is_body() && !error.is_timeout());
    assert_eq!(error.body().unwrap().len(), 65_536);
    // Exactly the limit is not too long.
    let exact = |builder: ClientBuilder| builder.max_response_bytes(long.len());
    assert!(call(Response::json(200, &long), exact).await.is_ok());
    assert!(
        call(Response::until_close(200, &[], &long), exact)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_error_body_that_is_too_long() {
    let error = failure(Response::json(429, format!("{:?}", "x".repeat(100_000)))).await;
    assert!(
        matches!(error.typed(), Some(GetWidgetError::Status4XX(text)) if text.len() == 100_000)
    );
    assert_eq!(error.body().unwrap().len(), 65_536);
    assert!(error.body_truncated());

    let error = failure(Response::json(429, format!("{:?}", "x".repeat(2_000_000)))).await;
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.body().unwrap().len(), 65_536);
    assert!(error.body_truncated() && error.typed().is_none());
    assert_eq!(error.decode_path(), Some("$"));
}

#[tokio::test]
async fn nothing_is_decompressed() {
    let answer = Response::new(200, &[("content-encoding", "gzip")], b"\x1f\x8b\x08");
    assert!(failure(answer).await.is_decode());
}

#[tokio::test]
async fn time_runs_out() {
    let short = |builder: ClientBuilder| builder.timeout(Duration::from_millis(300));
    let pause = Duration::from_secs(5);

    let error = call(Response::json(200, "{}").after(pause), short)
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.status().is_none());
    assert_eq!(error.to_string(), "get_widget: timed out without an answer");

    let answer =
        Response::raw("HTTP/1.1 200 \r\ncontent-length: 8\r\n\r\n{").then(pause, "\"id\":1}");
    let error = call(answer, short).await.unwrap_err();
    assert!(error.is_timeout() && error.is_body());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), "{");
    assert_eq!(
        error.to_string(),
        "get_widget: timed out while reading the body of HTTP 200 OK"
    );
}

#[tokio::test]
async fn no_connection() {
    let client = Client::builder()
        .base_url(loopback::refused_base_url().unwrap())
        .build()
        .unwrap();
    let error = client.get_widget().id("1").send().await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout() && error.status().is_none());
    assert_eq!(error.to_string(), "get_widget: could not connect");
    assert!(error.body().is_none() && error.headers().is_none());

    let error = failure(Response::raw("")).await;
    assert!(!error.is_connect());
    assert_eq!(
        error.to_string(),
        "get_widget: the connection failed without an answer"
    );
    let error = failure(Response::raw("this is not HTTP\r\n\r\n")).await;
    assert_eq!(
        error.to_string(),
        "get_widget: the connection failed without an answer"
    );
}

#[tokio::test]
async fn answers_without_a_body() {
    let server = Server::start(vec![
        Response::new(204, &[], ""),
        Response::new(500, &[], "oops"),
    ])
    .unwrap();
    let client = Client::to(&server).build().unwrap();
    let answer = client.delete_widget().send().await.unwrap();
    assert_eq!(answer.status(), 204);
    let error = client.delete_widget().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "delete_widget: HTTP 500 Internal Server Error"
    );
    assert_eq!(error.body().unwrap(), "oops");
}

#[tokio::test]
async fn streams() {
    let server = Server::start(vec![
        Response::new(200, &[("x-a", "b")], b"\x00\xffabc"),
        Response::truncated(200, "abc", 2),
        Response::new(404, &[], "no file"),
    ])
    .unwrap();
    let client = Client::to(&server).build().unwrap();

    let answer = client.download().send().await.unwrap();
    assert_eq!(answer.headers()["x-a"], "b");
    let mut stream = answer.into_inner();
    let mut all = Vec::new();
    while let Some(piece) = stream.chunk().await.unwrap() {
        all.extend_from_slice(&piece);
    }
    assert_eq!(all, b"\x00\xffabc");

    let mut stream = client.download().send().await.unwrap().into_inner();
    let error = loop {
        match stream.chunk().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("a stream that broke off looks whole"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "download: the body of HTTP 200 OK broke off"
    );

    let error = client.download().send().await.unwrap_err();
    assert_eq!(error.body().unwrap(), "no file");
}
