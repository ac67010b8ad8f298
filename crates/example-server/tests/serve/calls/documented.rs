//! Every example of an answer in the documents, to the client's method.

use loopback::{Response, Server};
use openapi_pages::escape;
use serde_json::Value;

use super::made::Call;
use super::samples::Samples;
use crate::support::loaded;

/// An example of an answer as a server sends it.
struct Example {
    /// Where it stands.
    pointer: String,
    status: u16,
    media_type: String,
    value: Value,
}

/// Answers each call with each of its examples. One of a success has to be decoded, any other has to be the error that the
/// document describes for its status.
pub(crate) async fn decoded<C>(api: &str, client: impl FnOnce(&str) -> C, calls: Vec<Call<C>>) {
    let samples = Samples::new(loaded(api));
    let server = Server::start(vec![]).unwrap();
    let client = client(&server.base_url());
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for call in &calls {
        for example in examples(&samples, call.request) {
            let headers = [("content-type", example.media_type.as_str())];
            server.push(Response::new(
                example.status,
                &headers,
                example.value.to_string(),
            ));
            let problem = match (call.send)(&client, &samples).await {
                Ok(status) => (status >= 300).then(|| "is a success".to_owned()),
                Err(failure) => {
                    let is_as_described = example.status >= 300 && failure.is_typed;
                    (!is_as_described).then_some(failure.shown)
                }
            };
            wrong.extend(problem.map(|problem| format!("{}: {problem}", example.pointer)));
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{api}:\n{}", wrong.join("\n"));
    assert!(seen > 0, "{api} has no examples");
}

/// The examples of the answers to an operation that are JSON.
fn examples(samples: &Samples, request: &str) -> Vec<Example> {
    let (_, operation) = samples.operation(request);
    let responses = format!("{}/responses", samples.origin(operation));
    let mut found = Vec::new();
    for key in keys(samples, &responses) {
        let response = samples.followed(&format!("{responses}/{}", escape(&key)));
        for media_type in keys(samples, &format!("{response}/content")) {
            let media = format!("{response}/content/{}", escape(&media_type));
            let named = keys(samples, &format!("{media}/examples")).into_iter();
            let named = named.map(|name| {
                let named = samples.followed(&format!("{media}/examples/{}", escape(&name)));
                format!("{named}/value")
            });
            let own = std::iter::once(format!("{media}/example"));
            for pointer in own.chain(named).filter(|_| media_type.contains("json")) {
                if let Some(value) = samples.document().pointer(&pointer) {
                    found.push(Example {
                        pointer: format!("{request} {key} {pointer}"),
                        status: status(&key),
                        media_type: media_type.clone(),
                        value: value.clone(),
                    });
                }
            }
        }
    }
    found
}

fn keys(samples: &Samples, pointer: &str) -> Vec<String> {
    let members = samples
        .document()
        .pointer(pointer)
        .and_then(Value::as_object);
    members
        .into_iter()
        .flat_map(serde_json::Map::keys)
        .cloned()
        .collect()
}

/// A status that `404`, `4XX` or `default` is about; the last ones of their ranges are documented by nobody.
fn status(key: &str) -> u16 {
    match key.split_at(1) {
        (class, "XX") => class.parse::<u16>().unwrap() * 100 + 99,
        _ => key.parse().unwrap_or(599),
    }
}
