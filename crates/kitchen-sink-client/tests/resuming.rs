//! Streams that outlive a connection, and the client's timeout.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::time::Duration;

use kitchen_sink_client::{Client, Events};
use loopback::{Response, Server};

const EVENTS: [(&str, &str); 1] = [("content-type", "text/event-stream; charset=utf-8")];

/// Events whose connection breaks off.
fn broken(text: &str) -> Response {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n";
    Response::raw(format!("{head}{text}"))
}

/// Events whose connection ends.
fn ended(text: &str) -> Response {
    Response::new(200, &EVENTS, text)
}

async fn events(server: &Server) -> Events {
    let client = Client::builder().token("t").base_url(server.base_url());
    let client = client.build().unwrap();
    let call = client.follow_events().last_event_id("40");
    call.send().await.unwrap().into_inner().into_events()
}

/// The data of the events up to the end, or up to an error, and that.
async fn rest(mut events: Events) -> (Vec<String>, Option<kitchen_sink_client::Error>) {
    let mut all = Vec::new();
    loop {
        match events.next_event().await {
            Ok(Some(event)) => all.push(event.data),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

#[tokio::test]
async fn events_go_on_after_the_last_one_until_the_server_says_that_there_are_no_more() {
    let server = Server::start(vec![
        broken("retry: 1\nid: 41\ndata: a\n\nid: 42\ndata: cut"),
        ended("data: b\n\nid: 43\ndata: c\n\n"),
        Response::new(204, &[], ""),
    ])
    .unwrap();
    let (data, error) = rest(events(&server).await.resuming(1)).await;
    assert!(error.is_none());
    assert_eq!(data, ["a", "b", "c"]);
    let requests = server.requests();
    let ids: Vec<_> = requests
        .iter()
        .map(|request| request.header("last-event-id"))
        .collect();
    assert_eq!(ids, [["40"], ["41"], ["43"]]);
    for request in &requests {
        assert_eq!(request.line, "GET /events/live HTTP/1.1");
        assert_eq!(request.header("authorization"), ["Bearer t"]);
    }
}

#[tokio::test]
async fn attempts_without_an_event_are_counted() {
    let server = Server::start(vec![
        broken("retry: 1\n\n"),
        broken(": still here\n\n"),
        ended(""),
    ])
    .unwrap();
    let (data, error) = rest(events(&server).await.resuming(2)).await;
    assert!(data.is_empty() && error.is_none());
    assert_eq!(server.requests().len(), 3);

    let server = Server::start(vec![broken("retry: 1\n\n"), broken("data: cut")]).unwrap();
    let (_, error) = rest(events(&server).await.resuming(1)).await;
    assert!(error.unwrap().is_body());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn nothing_is_called_again_unasked() {
    let server = Server::start(vec![broken("retry: 1\ndata: a\n\n")]).unwrap();
    let (data, error) = rest(events(&server).await).await;
    assert_eq!(data, ["a"]);
    assert!(error.unwrap().is_body());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_status_ends_it() {
    let server = Server::start(vec![
        ended("retry: 1\ndata: a\n\n"),
        Response::json(401, "{}"),
    ])
    .unwrap();
    let (data, error) = rest(events(&server).await.resuming(9)).await;
    assert_eq!(data, ["a"]);
    let error = error.unwrap();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(error.operation(), Some("follow_events"));
    assert_eq!(server.requests().len(), 2);

    // A success that is something else ends it too.
    let server = Server::start(vec![ended("retry: 1\n\n"), Response::json(200, "{}")]).unwrap();
    let (_, error) = rest(events(&server).await.resuming(9)).await;
    assert_eq!(error.unwrap().body().unwrap(), "{}");
}

#[tokio::test]
async fn the_timeout_is_for_each_piece_of_a_stream() {
    let pause = Duration::from_millis(100);
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 80\r\n\r\n";
    let slow = (0..40).fold(Response::raw(head), |answer, _| answer.then(pause, "ab"));
    let stuck = Response::raw(format!("{head}ab")).then(Duration::from_secs(30), "cd");
    let server = Server::start(vec![slow, stuck]).unwrap();
    // Longer than each pause, and shorter than all of them.
    let client = Client::builder()
        .timeout(pause * 25)
        .base_url(server.base_url());
    let client = client.build().unwrap();

    let mut stream = client
        .download_file()
        .name("a")
        .send()
        .await
        .unwrap()
        .into_inner();
    let mut length = 0;
    while let Some(piece) = stream.chunk().await.unwrap() {
        length += piece.len();
    }
    assert_eq!(length, 80);

    let mut stream = client
        .download_file()
        .name("a")
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "ab");
    let error = stream.chunk().await.unwrap_err();
    assert!(error.is_timeout() && error.is_body());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert!(stream.chunk().await.unwrap().is_none());
}
