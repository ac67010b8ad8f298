//! What the tests are written with.

use std::time::Duration;

use client_runtime::Polled;
use kitchen_sink_client::{Client, RetryPolicy, Wait};
use loopback::{Response, Server};
use serde_json::{Value, json};

/// A server, and a client of it that makes no call twice by itself.
pub(crate) fn start(answers: Vec<Response>) -> (Server, Client) {
    let server = Server::start(answers).unwrap();
    let client = Client::builder()
        .token("t")
        .base_url(server.base_url())
        .retry(RetryPolicy::off());
    let client = client.build().unwrap();
    (server, client)
}

pub(crate) fn ok(body: Value) -> Response {
    Response::json(200, body.to_string())
}

/// A press with this state.
pub(crate) fn press(state: &str) -> Response {
    ok(json!({"data": {"state": state}}))
}

/// The waits are tested in the runtime, with a time that is made to pass.
pub(crate) fn soon<B: Polled>(wait: Wait<'_, B>) -> Wait<'_, B> {
    wait.max_delay(Duration::ZERO)
}

/// What was asked for, without what all requests have.
#[track_caller]
pub(crate) fn asked(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let targets = requests.iter().map(|request| {
        assert_eq!(request.header("authorization"), ["Bearer t"]);
        let line = request.line.strip_prefix("GET ").unwrap();
        line.strip_suffix(" HTTP/1.1").unwrap().to_owned()
    });
    targets.collect()
}
