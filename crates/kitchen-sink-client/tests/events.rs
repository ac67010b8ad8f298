//! Server-sent events.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::time::Duration;

use kitchen_sink_client::Client;
use loopback::{Response, Server};

fn start(answer: Response) -> (Server, Client) {
    let server = Server::start(vec![answer]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    (server, client)
}

#[tokio::test]
async fn events_come_one_by_one_and_say_how_to_go_on() {
    let body = "retry: 250\n\n: hello\n\nid: 41\nevent: started\ndata: {\"at\": 1}\n\nid: 42\ndata: two\ndata: lines\n\nid: 43\ndata: cut";
    let (server, client) = start(Response::new(
        200,
        &[("content-type", "text/event-stream")],
        body,
    ));
    let call = client.follow_events().last_event_id("40");
    let mut events = call.send().await.unwrap().into_inner().into_events();
    assert_eq!((events.last_event_id(), events.retry()), (None, None));
    let first = events.next_event().await.unwrap().unwrap();
    assert_eq!(
        (first.event.as_str(), first.data.as_str()),
        ("started", r#"{"at": 1}"#)
    );
    assert_eq!(events.last_event_id(), Some("41"));
    let second = events.next_event().await.unwrap().unwrap();
    assert_eq!(
        (second.event.as_str(), second.data.as_str()),
        ("message", "two\nlines")
    );
    assert_eq!(second.id.as_deref(), Some("42"));
    assert!(events.next_event().await.unwrap().is_none());
    assert_eq!(events.last_event_id(), Some("42"));
    assert_eq!(events.retry(), Some(Duration::from_millis(250)));
    assert_eq!(server.requests()[0].header("last-event-id"), ["40"]);
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_an_error_after_the_events_before_it() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n";
    let (_server, client) = start(Response::raw(format!("{head}id: 1\ndata: a\n\ndata: b")));
    let mut events = client
        .follow_events()
        .send()
        .await
        .unwrap()
        .into_inner()
        .into_events();
    assert_eq!(events.next_event().await.unwrap().unwrap().data, "a");
    let error = events.next_event().await.unwrap_err();
    assert!(error.is_body(), "{error}");
    assert_eq!(events.last_event_id(), Some("1"));
}

#[tokio::test]
async fn an_error_is_one_before_any_event() {
    let (_server, client) = start(Response::json(404, r#"{"title": "none"}"#));
    let error = client.follow_events().send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert!(error.typed().is_some());
}
