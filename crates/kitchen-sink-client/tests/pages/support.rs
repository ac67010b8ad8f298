//! What the tests are written with.

use kitchen_sink_client::{Client, Error, Items, RetryPolicy};
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

/// A page of shelves with these numbers, and what else is in the answer.
pub(crate) fn shelves(ids: &[i64], rest: Value) -> Response {
    let shelves: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "label": "l"}))
        .collect();
    let mut page = json!({"shelves": shelves});
    page.as_object_mut()
        .unwrap()
        .extend(rest.as_object().unwrap().clone());
    ok(page)
}

/// A page of parcels with what its data have beside them.
pub(crate) fn parcels(ids: &[&str], rest: Value) -> Response {
    let parcels: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    let mut data = json!({"parcels": parcels});
    data.as_object_mut()
        .unwrap()
        .extend(rest.as_object().unwrap().clone());
    ok(json!({"data": data}))
}

/// All items up to the end or the first error.
pub(crate) async fn all<B>(items: &mut Items<B>) -> (Vec<B::Item>, Option<Error<B::Error>>)
where
    B: client_runtime::Paged,
{
    let mut all = Vec::new();
    loop {
        match items.next_item().await {
            Ok(Some(item)) => all.push(item),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}
