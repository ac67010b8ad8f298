//! Credentials on the wire and what is said of them, and the limit of an event. All else that goes over the wire is in `table`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::{Client, Method};
use loopback::{Response, Server};

#[tokio::test]
async fn a_header_key_goes_where_the_scheme_says() {
    let server = Server::start(vec![Response::new(200, &[], "")]).unwrap();
    let client = Client::builder()
        .api_key("k")
        .base_url(server.base_url())
        .build()
        .unwrap();
    client.get_health().send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("x-kitchen-key"), ["k"]);
    assert_eq!(request.header("authorization"), [""; 0]);
}

#[tokio::test]
async fn a_header_that_http_does_not_allow_is_not_sent_and_not_shown() {
    let server = Server::start(vec![Response::json(200, "{}")]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let call = client
        .request(Method::GET, "/jobs")
        .header("x-key", "hush\nhush");
    let error = call.send::<serde_json::Value>().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_event_longer_than_the_limit_is_an_error_that_says_of_which_answer() {
    let events = "data: 1\n\ndata: far too long for this client\n\n";
    let answer = Response::new(200, &[("content-type", "text/event-stream")], events);
    let server = Server::start(vec![answer]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .max_response_bytes(16)
        .build()
        .unwrap();
    let answer = client.follow_events().send().await.unwrap();
    let mut events = answer.into_inner().into_events();
    assert_eq!(events.next_event().await.unwrap().unwrap().data, "1");
    let error = events.next_event().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(error.to_string().contains("follow_events"), "{error}");
    assert!(events.next_event().await.unwrap().is_none());
}
