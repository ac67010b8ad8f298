//! What is refused, and what is said of it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, of, start, start_with};

/// A path, headers, and the status of a server that takes any credential and of one that takes one.
type Row = (&'static str, Headers, u16, u16);
type Headers = &'static [(&'static str, &'static str)];

const TOKEN: (&str, &str) = ("authorization", "Bearer t");

fn detail(answer: &Answer) -> String {
    assert_eq!(
        answer.media_type.as_deref(),
        Some("application/problem+json")
    );
    let said = answer.json();
    assert_eq!(said["status"], answer.status);
    said["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn unknown_paths_and_methods_say_what_is_known() {
    let server = start("heygen").await;
    let answer = server.get("/v1/user?token=hush", &[]).await;
    assert_eq!(
        (answer.status, detail(&answer).as_str()),
        (404, "no path of this API matches")
    );
    let known = answer.json()["known"].take();
    assert_eq!(known.as_array().map(Vec::len), Some(86));
    assert_eq!(known[0], "GET /v1/user/me");
    let answer = server.get("/api/v1/user/me", &[]).await;
    let hint = "no path of this API matches; /v1/user/me does: leave /api out of the base URL";
    assert_eq!((answer.status, detail(&answer).as_str()), (404, hint));
    let answer = server.send(Method::DELETE, "/v1/user/me", &[], "").await;
    assert_eq!(
        (answer.status, answer.header("allow")),
        (405, vec!["GET, HEAD"])
    );
    assert_eq!(detail(&answer), "this path has GET, HEAD");
    assert_eq!(
        server.lines()[0],
        "GET /v1/user 404 (no path of this API matches)"
    );
}

#[tokio::test]
async fn credentials_are_demanded_as_the_document_says() {
    let any = start("kitchen-sink").await;
    let one = start_with("kitchen-sink", "good").await;
    let none = "listWidgets demands a credential: bearer is missing; or apiKey is missing";
    let rows: &[Row] = &[
        ("/widgets", &[], 401, 401),
        ("/widgets", &[("authorization", "Bearer good")], 200, 200),
        ("/widgets", &[("authorization", "Bearer other")], 200, 401),
        ("/widgets", &[("authorization", "good")], 401, 401),
        ("/widgets", &[("x-kitchen-key", "good")], 200, 200),
        ("/widgets", &[("x-kitchen-key", "")], 401, 401),
        (
            "/widgets",
            &[("x-kitchen-key", "other"), ("authorization", "Bearer good")],
            200,
            200,
        ),
        ("/new", &[], 200, 200),
        ("/new", &[("authorization", "Bearer other")], 200, 200),
    ];
    for (path, headers, of_any, of_one) in rows {
        assert_eq!(any.get(path, headers).await.status, *of_any, "{headers:?}");
        assert_eq!(one.get(path, headers).await.status, *of_one, "{headers:?}");
    }
    let answer = any.get("/widgets/w", &[]).await;
    // The document has a body for 4XX, which a client reads a 401 as.
    assert_eq!(
        (answer.status, answer.media_type.as_deref()),
        (401, Some("application/json"))
    );
    assert_eq!(answer.header("www-authenticate"), ["Bearer", "ApiKey"]);
    let answer = any.send(Method::POST, "/palettes", &[], "").await;
    assert_eq!(
        detail(&answer),
        none.replace("listWidgets", "suggestPalette")
    );
    assert_eq!(
        answer.json()["alternatives"],
        json!([
            [{"scheme": "bearer", "in": "header Authorization: Bearer TOKEN", "fault": "missing"}],
            [{"scheme": "apiKey", "in": "header x-kitchen-key", "fault": "missing"}]
        ])
    );
}

#[tokio::test]
async fn what_a_request_lacks_is_named() {
    let server = start("kitchen-sink").await;
    let answer = server.send(Method::PUT, "/files/a", &[TOKEN], "x").await;
    assert_eq!(
        (answer.status, detail(&answer).as_str()),
        (400, "the required header X-Checksum is missing")
    );
    assert_eq!(
        answer.json()["pointer"],
        "/paths/~1files~1{name}/put/parameters/1"
    );
    assert_eq!(
        answer.json()["parameter"],
        json!({"name": "X-Checksum", "in": "header"})
    );
    for (body, said) in [
        ("", "the required body is missing; it is JSON"),
        (
            "{\"name\": hush",
            "the body is not JSON: expected value at line 1 column 10",
        ),
    ] {
        let answer = server.send(Method::POST, "/widgets", &[TOKEN], body).await;
        assert_eq!((answer.status, detail(&answer).as_str()), (400, said));
        assert_eq!(
            answer.json()["pointer"],
            "/paths/~1widgets/post/requestBody"
        );
    }
    let answer = server
        .send(Method::POST, "/widgets", &[TOKEN], vec![b'"', 0xff, b'"'])
        .await;
    assert_eq!(answer.status, 400);
    assert!(
        server.lines().iter().all(|line| !line.contains("hush")),
        "{:?}",
        server.lines()
    );
}

#[tokio::test]
async fn a_preference_that_nothing_is_documented_for_is_refused() {
    let server = start("kitchen-sink").await;
    for (prefer, said) in [
        (
            "code=418",
            "Prefer: code=418 names no documented answer of countStock; documented are 200",
        ),
        (
            "code=teapot",
            "Prefer: code= takes a status, a range like 4XX or default; documented of countStock are 200",
        ),
    ] {
        let answer = server.get("/stock", &[TOKEN, ("prefer", prefer)]).await;
        assert_eq!((answer.status, detail(&answer).as_str()), (400, said));
        assert_eq!(answer.json()["documented"], json!(["200"]));
    }
    assert_eq!(
        server
            .get("/stock", &[TOKEN, ("prefer", "respond-async")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_body_is_read_up_to_its_bound() {
    let server = start("kitchen-sink").await;
    let headers = [
        TOKEN,
        ("x-checksum", "c"),
        ("content-type", "application/octet-stream"),
    ];
    let most = vec![b'x'; example_server::MAX_BODY];
    assert_eq!(
        server
            .send(Method::PUT, "/files/a", &headers, most)
            .await
            .status,
        200
    );
    let more = vec![b'x'; example_server::MAX_BODY + 1];
    let answer = server.send(Method::PUT, "/files/a", &headers, more).await;
    assert_eq!(
        (answer.status, detail(&answer).as_str()),
        (
            413,
            "the body is larger than 1048576 bytes, which is what this server reads"
        )
    );
    let huge = vec![b'x'; 20 * example_server::MAX_BODY];
    assert_eq!(
        server
            .send(Method::PUT, "/files/a", &headers, huge)
            .await
            .status,
        413
    );
}

/// What Kitchen Sink has no case for.
fn odd() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Odd", "version": "1"},
        "paths": {
            "/a/{x}": {"get": {"operationId": "one", "responses": {"200": {"description": "", "content": {"text/plain": {"example": "one"}}}}}},
            "/a/b": {"get": {"operationId": "two", "responses": {"200": {"description": "", "content": {"text/plain": {"example": "two"}}}}}},
            "/a/{x}.{y}": {"get": {"operationId": "three", "parameters": [
                {"name": "q", "in": "query", "required": true, "schema": {"type": "string"}}
            ], "responses": {"200": {"description": "", "content": {"text/plain": {"example": "three"}}}}}},
            "/shared": {"$ref": "#/components/pathItems/Shared"}
        },
        "components": {
            "pathItems": {"Shared": {"get": {"operationId": "four", "responses": {"200": {"$ref": "#/components/responses/Pet"}}}}},
            "responses": {"Pet": {"description": "", "headers": {"X-Left": {"example": 3}}, "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
                "text/event-stream": {"examples": {"a": {"value": {"n": 1}}, "b": {"value": "two"}}}
            }}},
            "schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string", "examples": ["Rex"]}}}}
        }
    })
}

#[tokio::test]
async fn paths_references_media_types_and_head() {
    let server = of(odd()).await;
    for (path, status, body) in [
        ("/a/x", 200, "one"),
        ("/a/b", 200, "two"),
        ("/a/x.y?q=1", 200, "three"),
        ("/shared", 200, "{\"name\":\"Rex\"}"),
    ] {
        let answer = server.get(path, &[]).await;
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (status, body.as_bytes()),
            "{path}"
        );
    }
    let missing = server.get("/a/x.y", &[]).await;
    assert_eq!(
        (missing.status, missing.json()["pointer"].as_str()),
        (400, Some("/paths/~1a~1{x}.{y}/get/parameters/0"))
    );
    let events = server
        .get("/shared", &[("accept", "text/event-stream")])
        .await;
    assert_eq!(events.body, b"data: {\"n\":1}\n\ndata: two\n\n");
    assert_eq!(events.header("x-left"), ["3"]);
    let head = server.send(Method::HEAD, "/shared", &[], "").await;
    assert_eq!(
        (head.status, head.header("content-length"), head.body.len()),
        (200, vec!["14"], 0)
    );
}
