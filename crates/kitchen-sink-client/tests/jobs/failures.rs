//! Jobs that do not get done, and calls that fail on the way.

use std::future::IntoFuture;
use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};
use kitchen_sink_client::JobError;
use kitchen_sink_client::error::GetPressError;
use kitchen_sink_client::types::{GetPressResponse, PressState};
use loopback::Response;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::support::*;

type PressError = JobError<GetPressResponse, GetPressError>;

/// The error of a press with these looks, and how many calls were made.
async fn failed(answers: Vec<Response>) -> (PressError, usize) {
    let (server, client) = start(answers);
    let wait = soon(client.get_press().press("p").and_wait());
    let error = wait.await.unwrap_err();
    (error, server.requests().len())
}

#[tokio::test]
async fn a_job_that_has_failed_says_why() {
    for (data, message) in [
        (
            json!({"fault": {"code": "e7", "text": "planted"}}),
            Some("planted"),
        ),
        (
            json!({"fault": {"code": "e7", "text": " "}, "note": "n"}),
            Some(r#"{"code":"e7","text":" "}"#),
        ),
        (json!({"fault": {"code": "e7"}}), Some(r#"{"code":"e7"}"#)),
        (json!({"fault": null, "note": "planted\n"}), Some("planted")),
        (json!({"fault": {}, "note": "planted"}), Some("planted")),
        (json!({"note": ""}), None),
        (json!({}), None),
    ] {
        let mut data: Value = data;
        data["state"] = json!("dropped");
        let answers = vec![press("queued"), ok(json!({"data": data}))];
        let (error, calls) = failed(answers).await;
        assert!(error.is_failed(), "{error}");
        assert_eq!((error.state(), error.message()), (Some("dropped"), message));
        assert_eq!((error.operation(), calls), ("get_press", 2));
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("planted") && !shown.contains("e7"),
            "{shown}"
        );
        assert_eq!(
            error.to_string(),
            "get_press: the job has failed (`dropped`)"
        );
        let last = error.into_answer().unwrap();
        assert_eq!(last.data.as_ref().unwrap().state, Some(PressState::Dropped));
    }
}

#[tokio::test]
async fn nobody_answers_while_a_program_waits() {
    let asks = ok(json!({"data": {"state": "out_of_paper", "note": "A4"}}));
    let (error, calls) = failed(vec![press("pressing"), asks]).await;
    assert!(error.needs_person() && !error.is_failed());
    assert_eq!((error.message(), calls), (Some("A4"), 2));
}

#[tokio::test]
async fn calls_that_may_go_better_are_made_again() {
    let answers = vec![
        Response::json(503, "{}"),
        press("queued"),
        Response::truncated(200, r#"{"data":{"state":"pressed"}}"#, 5),
        Response::json(429, "{}"),
        Response::json(500, "{}"),
        Response::json(502, "<html>"),
        Response::json(504, ""),
        press("pressed"),
    ];
    let (server, client) = start(answers);
    soon(client.get_press().press("p").and_wait())
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 8);

    let answers = std::iter::once(press("queued"));
    let answers = answers.chain(std::iter::repeat_n(Response::json(503, "{}"), 7));
    let (error, calls) = failed(answers.collect()).await;
    assert!(error.is_call());
    // Five are made up for, the sixth is the error.
    assert_eq!((error.state(), calls), (Some("queued"), 7));
    assert_eq!(error.call().unwrap().status().unwrap().as_u16(), 503);
}

#[tokio::test]
async fn other_errors_of_calls_end_it() {
    let missing = Response::json(404, r#"{"title":"gone"}"#);
    let (error, calls) = failed(vec![press("queued"), missing]).await;
    assert_eq!((error.is_call(), calls), (true, 2));
    let call = error.into_call().unwrap();
    assert!(matches!(call.typed(), Some(GetPressError::NotFound(_))));

    let (error, calls) = failed(vec![ok(json!({"data": {"state": 7}}))]).await;
    assert!(error.call().unwrap().is_decode() && error.answer().is_none());
    assert_eq!(calls, 1);
    let source = std::error::Error::source(&error);
    assert!(source.is_some(), "{error}");
}

#[tokio::test]
async fn the_time_of_waiting_bounds_a_call() {
    let (_server, client) = start(vec![press("queued").after(Duration::from_secs(3_600))]);
    let wait = client.get_press().press("p").and_wait();
    let error = wait.timeout(Duration::ZERO).await.unwrap_err();
    assert!(error.is_timeout() && error.state().is_none());
}

#[tokio::test]
async fn nothing_is_asked_before_it_is_awaited_nor_after_it_is_dropped() {
    let (server, client) = start(vec![press("queued"), press("pressed")]);
    let wait = client.get_press().press("p").and_wait();
    let first = Notify::new();
    // The next look is at least an hour away.
    let wait = wait
        .first_delay(Duration::from_secs(7_200))
        .max_delay(Duration::from_secs(7_200))
        .timeout(Duration::from_secs(1_000_000));
    let waiting = wait.on_answer(|_| first.notify_one()).into_future();
    assert_eq!(server.requests().len(), 0);
    let notified = pin!(first.notified());
    let seen = select(notified, waiting).await;
    assert!(matches!(seen, Either::Left(_)));
    drop(seen);
    assert_eq!(asked(&server), ["/presses/p"]);
    // The client is not used up, nor is the server asked again by itself.
    let done = client.get_press().press("q").and_wait().await.unwrap();
    assert!(done.data.is_some());
    assert_eq!(asked(&server), ["/presses/p", "/presses/q"]);
}
