//! Which version is found, by what the registry really answers.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use comfy_registry_client::{Client, ResolveError, RetryPolicy, Wanted};
use loopback::{Response, Server};
use serde_json::{Value, json};

const NODE: &str = "example-upscalers";

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.base_url());
    builder.retry(RetryPolicy::off()).build().unwrap()
}

fn version(number: &str, status: &str) -> Value {
    json!({
        "id": "u", "node_id": NODE, "version": number, "status": status, "deprecated": number == "1.9.0",
        "dependencies": null, "supported_os": null, "supported_accelerators": null, "tags": null,
        "downloadUrl": if number == "1.2.0" { "" } else { "https://cdn.example/node.zip" },
        "createdAt": "2025-02-09T12:51:54.479852Z", "something_new": [1],
    })
}

fn json(status: u16, value: Value) -> Server {
    Server::start(vec![Response::json(status, value.to_string())]).unwrap()
}

#[tokio::test]
async fn an_exact_version_is_the_one_that_was_asked_for() {
    let server = json(200, version("1.2.0", "NodeVersionStatusFlagged"));
    // The registry has one node of an id in any capitals, and its own form of a number.
    let found = client(&server)
        .resolve("Example-Upscalers", "v1.2")
        .await
        .unwrap();
    assert_eq!(
        (found.node_id.as_str(), found.number.as_str()),
        (NODE, "1.2.0")
    );
    assert_eq!(found.download_url(), None);
    assert!(!found.is_active() && !found.is_deprecated());
    let line = "GET /nodes/Example-Upscalers/versions/v1.2 HTTP/1.1";
    assert_eq!(server.only_request().line, line);
}

#[tokio::test]
async fn another_version_is_never_taken_in_its_place() {
    let mut other_node = version("1.2.0", "NodeVersionStatusActive");
    other_node["node_id"] = json!("example-malware");
    let mut no_node = version("1.2.0", "NodeVersionStatusActive");
    no_node.as_object_mut().unwrap().remove("node_id");
    for answer in [
        version("1.2.1", "NodeVersionStatusActive"),
        version("1.2.0-rc.1", "NodeVersionStatusActive"),
        version("", "NodeVersionStatusActive"),
        other_node,
        no_node,
        json!({}),
    ] {
        let error = client(&json(200, answer))
            .resolve(NODE, "1.2.0")
            .await
            .unwrap_err();
        let ResolveError::Unexpected { wanted, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(wanted, "example-upscalers 1.2.0");
    }
}

#[tokio::test]
async fn the_latest_is_the_greatest_active_one() {
    let active = "NodeVersionStatusActive";
    let list = json!([
        version("1.9.0", active),
        version("2.0.0-rc.1", active),
        version("1.10.0", active),
        version("3.0.0", "NodeVersionStatusPending"),
        version("4.0.0", "NodeVersionStatusBanned"),
        version("5.0.0", ""),
        version("nightly", active),
        version("1.2.0", active),
    ]);
    let server = json(200, list.clone());
    let found = client(&server).resolve(NODE, Wanted::Latest).await.unwrap();
    assert_eq!(found.number.as_str(), "1.10.0");
    assert_eq!(found.download_url(), Some("https://cdn.example/node.zip"));
    assert!(found.is_active() && !found.is_deprecated());
    // Not `/install`, which counts.
    let line = "GET /nodes/example-upscalers/versions?statuses=NodeVersionStatusActive HTTP/1.1";
    assert_eq!(server.only_request().line, line);

    let server = json(200, list);
    let found = client(&server)
        .resolve(NODE, Wanted::LatestOrPrerelease)
        .await
        .unwrap();
    assert_eq!(found.number.as_str(), "2.0.0-rc.1");
}

#[tokio::test]
async fn a_node_may_have_no_latest_version() {
    let active = "NodeVersionStatusActive";
    for (list, expected) in [
        (json!(null), None),
        (json!([]), None),
        (json!([version("1.0.0", "NodeVersionStatusBanned")]), None),
        (
            json!([version("1.0.0-a", active), version("1.0.0-b", active)]),
            Some("1.0.0-b"),
        ),
        (json!([version("nightly", active)]), Some("nightly")),
    ] {
        let error = client(&json(200, list))
            .resolve(NODE, Wanted::Latest)
            .await
            .unwrap_err();
        let ResolveError::NoneActive { prerelease, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(prerelease.as_deref(), expected);
    }
    let mut other = version("9.0.0", active);
    other["node_id"] = json!("example-malware");
    let list = json!([version("1.0.0", active), other]);
    let error = client(&json(200, list))
        .resolve(NODE, Wanted::Latest)
        .await
        .unwrap_err();
    assert!(matches!(error, ResolveError::Unexpected { .. }), "{error}");
}

#[tokio::test]
async fn errors_are_told_apart_whatever_their_body() {
    for (status, body) in [
        (404, r#"{"message":"not found","details":null}"#),
        (404, "{}"),
        (404, ""),
    ] {
        for wanted in [Wanted::Latest, Wanted::from("1.2.0")] {
            let server = Server::start(vec![Response::json(status, body)]).unwrap();
            let error = client(&server).resolve(NODE, wanted).await.unwrap_err();
            assert!(
                matches!(
                    error,
                    ResolveError::NotFound {
                        source: Some(_),
                        ..
                    }
                ),
                "{error}"
            );
        }
    }
    for (status, body) in [
        (500, r#"{"message":"Internal Server Error"}"#),
        (401, r#""Invalid token""#),
        (502, "<html>planted</html>"),
        (200, "\n\n<html>planted</html>"),
        (200, r#"{"versions": []}"#),
    ] {
        let server = Server::start(vec![Response::json(status, body)]).unwrap();
        let error = client(&server)
            .resolve(NODE, Wanted::Latest)
            .await
            .unwrap_err();
        let ResolveError::Call(call) = &error else {
            panic!("{error}")
        };
        assert_eq!(call.status().unwrap().as_u16(), status);
        assert_eq!(error.is_retryable(), status >= 500);
        assert!(!format!("{error} {error:?}").contains("planted"));
    }
}

fn result(number: &str, status: &str) -> Value {
    json!({
        "identifier": {"node_id": NODE, "version": number},
        "status": status,
        "node_version": if status == "success" { version(number, "NodeVersionStatusActive") } else { Value::Null },
        "error_message": "planted words",
    })
}

#[tokio::test]
async fn many_have_a_result_each_in_their_order() {
    let mut swapped = result("1.5.0", "success");
    swapped["node_version"] = version("6.6.6", "NodeVersionStatusActive");
    let mut empty = result("1.6.0", "success");
    empty["node_version"] = Value::Null;
    let results = [
        swapped,
        result("1.1.0", "not_found"),
        result("1.0.0", "success"),
        result("1.3.0", "error"),
        result("1.4.0", "new"),
        empty,
    ];
    let server = json(200, json!({"node_versions": results}));
    let wanted = [
        "1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.0.0",
    ];
    let found = client(&server)
        .resolve_all(wanted.map(|number| (NODE, number)))
        .await
        .unwrap();
    let kinds: Vec<&str> = found
        .iter()
        .map(|found| match found {
            Ok(found) => found.number.as_str(),
            Err(ResolveError::NotFound { .. }) => "not found",
            Err(ResolveError::Unexpected { .. }) => "unexpected",
            Err(ResolveError::Refused { message, .. }) => message.as_deref().unwrap(),
            Err(error) => panic!("{error}"),
        })
        .collect();
    let expected = [
        "1.0.0",
        "not found",
        "unexpected",
        "planted words",
        "planted words",
        "unexpected",
        "unexpected",
        "1.0.0",
    ];
    assert_eq!(kinds, expected);
    assert!(!format!("{:?}", found[3]).contains("planted"));
    let body: Value = serde_json::from_slice(&server.only_request().body).unwrap();
    assert_eq!(
        body["node_versions"][1],
        json!({"node_id": NODE, "version": "1.1.0"})
    );
}

#[tokio::test]
async fn very_many_are_asked_for_in_parts() {
    let server = Server::start_answering(|request| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let asked = body["node_versions"].as_array().unwrap();
        let results: Vec<Value> = asked
            .iter()
            .map(|one| result(one["version"].as_str().unwrap(), "success"))
            .collect();
        Response::json(200, json!({"node_versions": results}).to_string())
    })
    .unwrap();
    let wanted = (0..201).map(|patch| (NODE, format!("1.0.{patch}")));
    let found = client(&server).resolve_all(wanted).await.unwrap();
    let numbers = found
        .iter()
        .map(|found| found.as_ref().unwrap().number.to_string());
    assert!(numbers.eq((0..201).map(|patch| format!("1.0.{patch}"))));
    assert_eq!(server.connections(), 3);
    let nothing = client(&server).resolve_all::<&str, &str>([]).await.unwrap();
    assert!(nothing.is_empty());
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_failed_call_is_an_error_of_all() {
    let server = Server::start(vec![Response::json(
        500,
        r#"{"message":"Internal Server Error"}"#,
    )])
    .unwrap();
    let error = client(&server)
        .resolve_all([(NODE, "1.0.0")])
        .await
        .unwrap_err();
    assert_eq!(error.message(), Some("Internal Server Error"));
}

#[tokio::test]
async fn a_class_that_no_node_has_is_none() {
    let server = Server::start(vec![
        Response::json(200, r#"{"id":"example-upscalers","tags":null,"status":""}"#),
        Response::json(404, r#"{"message":"Node not found"}"#),
        Response::new(502, &[], "<html></html>"),
    ])
    .unwrap();
    let client = client(&server);
    let node = client
        .node_of_class("Example Upscale")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(node.id.as_deref(), Some(NODE));
    assert!(client.node_of_class("KSampler").await.unwrap().is_none());
    assert_eq!(
        client
            .node_of_class("KSampler")
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        502
    );
    assert_eq!(
        server.requests()[0].line,
        "GET /comfy-nodes/Example%20Upscale/node HTTP/1.1"
    );
}
