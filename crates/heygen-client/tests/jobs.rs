//! Videos that are waited for, with the answers that people have recorded of HeyGen's servers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::time::Duration;

use heygen_client::{Client, RetryPolicy};
use loopback::{Response, Server};
use serde_json::{Value, json};

fn start(answers: impl IntoIterator<Item = Value>) -> (Server, Client) {
    let answers = answers.into_iter();
    let answers = answers.map(|data| Response::json(200, json!({"data": data}).to_string()));
    let server = Server::start(answers.collect()).unwrap();
    let client = Client::builder()
        .api_key("k")
        .base_url(server.base_url())
        .retry(RetryPolicy::off());
    let client = client.build().unwrap();
    (server, client)
}

#[tokio::test]
async fn a_video_that_waits_to_be_made_is_waited_for() {
    let states = ["waiting", "pending", "processing", "completed"];
    let (server, client) = start(states.map(|status| json!({"id": "v", "status": status})));
    let wait = client.get_video().video_id("v").wait();
    let video = wait.max_delay(Duration::ZERO).await.unwrap();
    assert_eq!(video.data.status.as_str(), "completed");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_video_that_failed_may_say_nothing() {
    let silent = json!({"created_at": 1, "id": "v", "status": "failed", "title": ""});
    let code =
        json!({"id": "v", "status": "failed", "failure_message": null, "failure_code": "made up"});
    for (data, message) in [(silent, None), (code, Some("made up"))] {
        let (_server, client) = start([data]);
        let error = client.get_video().video_id("v").wait().await.unwrap_err();
        assert!(error.is_failed());
        assert_eq!((error.state(), error.message()), (Some("failed"), message));
    }
}

#[tokio::test]
async fn a_session_that_asks_something_ends_the_waiting() {
    let session = |status: &str| json!({"session_id": "s", "status": status, "created_at": 1});
    let (server, client) = start([session("thinking"), session("waiting_for_input")]);
    let wait = client.get_video_agent_session().session_id("s").wait();
    let error = wait.max_delay(Duration::ZERO).await.unwrap_err();
    assert!(error.needs_person(), "{error}");
    assert_eq!(server.requests().len(), 2);
}
