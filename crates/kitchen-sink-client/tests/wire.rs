//! Credentials on the wire, and what is said of them. All else that goes over the wire is in `table`.

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
