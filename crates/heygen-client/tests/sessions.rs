//! Sessions of the video agent, until their video is done.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::time::Duration;

use heygen_client::types::Video;
use heygen_client::{Client, RetryPolicy, SessionVideoError};
use loopback::{Response, Server};
use serde_json::{Value, json};

fn client(server: &Server) -> Client {
    let client = Client::builder().api_key("k").base_url(server.base_url());
    client.retry(RetryPolicy::off()).build().unwrap()
}

/// What comes of waiting, without waits between the looks.
async fn outcome(server: &Server) -> Result<Video, SessionVideoError> {
    let client = client(server);
    let wait = client.video_of_session("s").max_delay(Duration::ZERO);
    wait.await.map(|answer| answer.into_inner().data)
}

fn data(value: &Value) -> Response {
    Response::json(200, json!({"data": value}).to_string())
}

fn session(status: &str, video_id: Value) -> Response {
    let messages = json!([
        {"role": "user", "type": "text", "content": "A minute, please"},
        {"role": "assistant", "type": "error", "content": "planted: no credits"},
        {"role": "assistant", "type": "text", "content": "planted: which colour?"},
        {"role": "user", "type": "text", "content": "planted: any"},
    ]);
    data(
        &json!({"session_id": "s", "status": status, "video_id": video_id, "created_at": 1, "messages": messages}),
    )
}

fn video(status: &str) -> Response {
    data(&json!({"id": "v", "status": status, "failure_message": null}))
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let targets = requests.iter().map(|request| request.target().to_owned());
    targets.collect()
}

const SESSION: &str = "/v3/video-agents/s";
const VIDEO: &str = "/v3/videos/v";

#[tokio::test]
async fn from_its_video_on_the_session_is_not_asked_for() {
    let server = Server::start(vec![
        session("thinking", Value::Null),
        session("", json!("")),
        session("generating", json!("v")),
        video("waiting"),
        video("completed"),
    ])
    .unwrap();
    assert_eq!(outcome(&server).await.unwrap().id, "v");
    assert_eq!(targets(&server), [SESSION, SESSION, SESSION, VIDEO, VIDEO]);
}

#[tokio::test]
async fn a_session_that_has_a_video_need_not_have_ended() {
    for state in ["completed", "reviewing", "waiting_for_input", "other"] {
        let answers = vec![session(state, json!("v")), video("completed")];
        let server = Server::start(answers).unwrap();
        outcome(&server).await.unwrap();
        assert_eq!(targets(&server), [SESSION, VIDEO], "{state}");
    }
}

/// The error, in which nothing is said that HeyGen wrote.
async fn failure(answers: Vec<Response>) -> (SessionVideoError, Server) {
    let server = Server::start(answers).unwrap();
    let error = outcome(&server).await.unwrap_err();
    support::quiet(&error);
    (error, server)
}

#[tokio::test]
async fn a_session_without_a_video_says_why() {
    let (error, _) = failure(vec![session("failed", Value::Null)]).await;
    assert!(error.is_failed() && !error.needs_person() && !error.is_timeout());
    assert_eq!(error.message(), Some("planted: no credits"));
    assert_eq!(error.video_id(), None);
    // Its video may never be finished.
    let (error, server) = failure(vec![session("failed", json!("v"))]).await;
    assert!(error.is_failed(), "{error}");
    assert_eq!(targets(&server), [SESSION]);

    for state in ["waiting_for_input", "reviewing"] {
        let (error, _) = failure(vec![session(state, Value::Null)]).await;
        assert!(error.needs_person() && !error.is_failed());
        assert_eq!(error.message(), Some("planted: which colour?"));
        assert_eq!(
            error.to_string(),
            format!(
                "the session has no video: get_video_agent_session: the job waits for a person (`{state}`)"
            )
        );
    }

    let (error, _) = failure(vec![session("completed", Value::Null)]).await;
    assert!(matches!(error, SessionVideoError::NoVideo { .. }));
    assert!(error.is_failed(), "{error}");

    let gone = r#"{"error": {"code": "not_found", "message": "planted"}}"#;
    let answers = vec![session("thinking", Value::Null), Response::json(404, gone)];
    let (error, _) = failure(answers).await;
    assert!(!error.is_failed() && !error.is_timeout(), "{error}");
    assert_eq!(error.message(), Some("planted"));
}

#[tokio::test]
async fn a_video_that_is_not_done_is_named() {
    let refused = json!({"id": "v", "status": "failed", "failure_message": "planted: no"});
    let (error, _) = failure(vec![session("generating", json!("v")), data(&refused)]).await;
    assert!(error.is_failed() && error.video_id() == Some("v"));
    assert_eq!(error.message(), Some("planted: no"));
    assert_eq!(
        error.to_string(),
        "the session's video \"v\" is not there: get_video: the job has failed (`failed`)"
    );
    let answers = vec![session("generating", json!("v")), Response::json(404, "{}")];
    let (error, _) = failure(answers).await;
    let SessionVideoError::Video { source, .. } = &error else {
        panic!("{error}")
    };
    assert!(source.is_call() && !error.is_failed());
}

#[tokio::test]
async fn a_video_that_is_known_is_not_waited_for() {
    let answers = vec![
        session("reviewing", json!("old")),
        session("generating", json!("old")),
        session("generating", json!("v")),
        video("completed"),
    ];
    // What the session still needs a person for is said, as it is without any video.
    let server = Server::start(answers.clone()).unwrap();
    let other = async |server: &Server| {
        let client = client(server);
        let wait = client.video_of_session("s").other_than("old");
        wait.max_delay(Duration::ZERO).await
    };
    let error = other(&server).await.unwrap_err();
    assert!(error.needs_person(), "{error}");

    let server = Server::start(answers[1..].to_vec()).unwrap();
    assert_eq!(other(&server).await.unwrap().data.id, "v");
    assert_eq!(targets(&server), [SESSION, SESSION, VIDEO]);

    let server = Server::start(vec![session("completed", json!("old"))]).unwrap();
    let error = other(&server).await.unwrap_err();
    assert!(
        matches!(error, SessionVideoError::NoVideo { .. }),
        "{error}"
    );
}

/// The video has what the session has left of the time: half of it, and not all, which would be enough.
#[tokio::test]
async fn both_steps_have_one_time() {
    let slow = session("generating", json!("v")).after(Duration::from_millis(1_500));
    let slower = video("completed").after(Duration::from_millis(2_200));
    let server = Server::start(vec![slow, slower]).unwrap();
    let client = client(&server);
    let wait = client.video_of_session("s").max_delay(Duration::ZERO);
    let error = wait.timeout(Duration::from_secs(3)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.video_id(), Some("v"));
}

#[tokio::test]
async fn there_is_an_end() {
    let server = Server::start(vec![session("thinking", Value::Null)]).unwrap();
    let client = client(&server);
    let wait = client.video_of_session("s").timeout(Duration::ZERO);
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && !error.is_failed(), "{error}");
    assert_eq!((error.video_id(), error.message()), (None, None));
    assert!(server.connections() <= 1);
}

#[test]
fn it_crosses_threads() {
    fn is_send<T: Send>(_: &T) {}
    let client = Client::builder().api_key("planted-key").build().unwrap();
    let wait = client.video_of_session("s");
    assert!(!format!("{wait:?}").contains("planted"), "{wait:?}");
    is_send(&std::future::IntoFuture::into_future(wait));
}
