//! Every shape of the kitchen sink on the wire.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use kitchen_sink_client::error::{
    CreateWidgetError, ErrorOperationError, GetSessionError, GetWidgetError, ListWidgetsError,
    NamesOfLocalsError,
};
use kitchen_sink_client::types::{NewWidget, WidgetKind};
use kitchen_sink_client::{Client, Error, Nullable, types};
use loopback::{Response, Server};
use serde_json::{Value, json};

fn client(server: &Server) -> Client {
    Client::builder()
        .token("t")
        .base_url(format!("{}/v1", server.base_url()))
        .build()
        .unwrap()
}

fn start(answer: Response) -> (Server, Client) {
    let server = Server::start(vec![answer]).unwrap();
    let client = client(&server);
    (server, client)
}

fn documented_widget() -> Value {
    json!({
        "id": "w1", "name": "Left-handed screwdriver", "kind": "hand-tool", "tags": ["left", "steel"],
        "price": null, "made_at": "2026-03-01T09:30:00Z"
    })
}

#[tokio::test]
async fn a_query_has_what_was_set_and_arrays_repeat_their_name() {
    let (server, client) = start(Response::json(200, r#"{"widgets":[],"next_page":null}"#));
    let page = client
        .list_widgets()
        .page(2)
        .tag(vec!["left".to_owned(), "a b&c".to_owned()])
        .kind(WidgetKind::PowerTool)
        .send()
        .await
        .unwrap();
    assert!(page.widgets.is_empty());
    assert_eq!(page.next_page, Nullable::Null);
    let request = server.only_request();
    assert_eq!(
        request.line,
        "GET /v1/widgets?kind=powerTool&page=2&tag=left&tag=a%20b%26c HTTP/1.1"
    );
    assert_eq!(request.header("authorization"), ["Bearer t"]);
    assert_eq!(request.header("api-version"), [""; 0], "nobody set it");
}

#[tokio::test]
async fn a_declared_api_version_header_is_sent() {
    let (server, client) = start(Response::json(200, r#"{"widgets":[]}"#));
    client
        .list_widgets()
        .api_version("2026-01-01")
        .send()
        .await
        .unwrap();
    assert_eq!(server.only_request().header("api-version"), ["2026-01-01"]);
}

#[tokio::test]
async fn a_body_is_json_and_unset_fields_stay_away() {
    let (server, client) = start(Response::json(201, documented_widget().to_string()));
    let body = NewWidget::new(WidgetKind::HandTool, "Left-handed screwdriver");
    let widget = client.create_widget().body(body).send().await.unwrap();
    assert_eq!(widget.id, "w1");
    assert_eq!(widget.kind, WidgetKind::HandTool);
    assert_eq!(widget.price.into_option(), None);
    assert_eq!(
        widget.tags,
        Some(vec!["left".to_owned(), "steel".to_owned()])
    );
    let request = server.only_request();
    assert_eq!(request.line, "POST /v1/widgets HTTP/1.1");
    assert_eq!(request.header("content-type"), ["application/json"]);
    let sent: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(
        sent,
        json!({ "name": "Left-handed screwdriver", "kind": "hand-tool" })
    );
}

#[tokio::test]
async fn a_request_that_lacks_what_is_required_is_never_sent() {
    let (server, client) = start(Response::json(201, "{}"));
    let error = client.create_widget().send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "invalid request: `body` was not set");
    let error = client.get_widget().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid request: `widget_id` was not set"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_status_has_the_body_that_is_documented_for_it() {
    let body = r#"{"violations":[{"field":"name","reason":"taken"}]}"#;
    let error = refused_create(Response::json(400, body)).await;
    match error.typed() {
        Some(CreateWidgetError::BadRequest(body)) => assert_eq!(body.violations[0].field, "name"),
        other => panic!("{other:?}"),
    }
    let error = refused_create(Response::json(409, r#"{"title":"exists","detail":null}"#)).await;
    match error.typed() {
        Some(CreateWidgetError::Conflict(problem)) => {
            assert_eq!(
                (problem.title.as_str(), problem.detail.as_deref()),
                ("exists", None)
            );
        }
        other => panic!("{other:?}"),
    }
    let error = refused_create(Response::new(401, &[], "")).await;
    assert!(
        matches!(error.typed(), Some(CreateWidgetError::Unauthorized)),
        "{error:?}"
    );
    // Undocumented, and documented but of another shape: status and body stay.
    let error = refused_create(Response::json(418, r#"{"title":"teapot"}"#)).await;
    assert!(error.typed().is_none());
    assert_eq!(error.body().unwrap().as_ref(), br#"{"title":"teapot"}"#);
    let error = refused_create(Response::new(400, &[], "<html>bad</html>")).await;
    assert!(error.typed().is_none());
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.body().unwrap().as_ref(), b"<html>bad</html>");
}

async fn refused_create(answer: Response) -> Error<CreateWidgetError> {
    let (_server, client) = start(answer);
    let body = NewWidget::new(WidgetKind::Other, "x");
    client.create_widget().body(body).send().await.unwrap_err()
}

#[tokio::test]
async fn a_range_and_a_default_catch_what_no_code_does() {
    for (status, is_exact) in [(404, true), (422, false)] {
        let (_server, client) = start(Response::json(status, r#"{"title":"no"}"#));
        let error = client
            .get_widget()
            .widget_id("w1")
            .send()
            .await
            .unwrap_err();
        match error.typed() {
            Some(GetWidgetError::NotFound(problem)) if is_exact => assert_eq!(problem.title, "no"),
            Some(GetWidgetError::ClientError(problem)) if !is_exact => {
                assert_eq!(problem.title, "no")
            }
            other => panic!("{status}: {other:?}"),
        }
    }
    let (_server, client) = start(Response::json(503, r#"{"title":"later"}"#));
    let error = client.list_widgets().send().await.unwrap_err();
    assert!(
        matches!(error.typed(), Some(ListWidgetsError::Other(problem)) if problem.title == "later"),
        "{error:?}"
    );
}

#[tokio::test]
async fn two_inline_bodies_of_one_operation_are_two_types() {
    let (_server, client) = start(Response::json(200, r#"{"user":"u","expires_at":null}"#));
    let session = client.get_session().send().await.unwrap();
    assert_eq!(session.user, "u");
    assert!(session.expires_at.is_null());

    let (_server, client) = start(Response::json(401, r#"{"code":7}"#));
    let error = client.get_session().send().await.unwrap_err();
    assert!(
        matches!(error.typed(), Some(GetSessionError::Unauthorized(body)) if body.code == 7),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_path_parameter_is_one_segment() {
    let (server, client) = start(Response::json(200, documented_widget().to_string()));
    client
        .get_widget()
        .widget_id("a/b ?#%é")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.only_request().line,
        "GET /v1/widgets/a%2Fb%20%3F%23%25%C3%A9 HTTP/1.1"
    );
}

#[tokio::test]
async fn patch_sends_only_what_was_set() {
    let (server, client) = start(Response::json(200, documented_widget().to_string()));
    let body = types::UpdateWidgetRequestBody::new().name("new");
    client
        .update_widget()
        .widget_id("w1")
        .body(body)
        .send()
        .await
        .unwrap();
    let request = server.only_request();
    assert_eq!(request.line, "PATCH /v1/widgets/w1 HTTP/1.1");
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).unwrap(),
        json!({ "name": "new" })
    );
}

#[tokio::test]
async fn no_content_is_a_success() {
    let (server, client) = start(Response::raw(
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n",
    ));
    client.delete_widget().widget_id("w1").send().await.unwrap();
    assert_eq!(server.only_request().line, "DELETE /v1/widgets/w1 HTTP/1.1");
}

#[tokio::test]
async fn bytes_go_up_with_their_header_and_come_down_as_a_stream() {
    let (server, client) = start(Response::json(200, r#"{"size":3}"#));
    let stored = client
        .upload_file()
        .name("f.bin")
        .x_checksum("abc")
        .body(vec![0_u8, 1, 255])
        .send()
        .await
        .unwrap();
    assert_eq!(stored.size, 3);
    let request = server.only_request();
    assert_eq!(request.line, "PUT /v1/files/f.bin HTTP/1.1");
    assert_eq!(request.header("content-type"), ["application/octet-stream"]);
    assert_eq!(request.header("x-checksum"), ["abc"]);
    assert_eq!(request.body, [0, 1, 255]);

    let (_server, client) = start(Response::new(200, &[], [0_u8, 1, 255]));
    let mut stream = client
        .download_file()
        .name("f.bin")
        .send()
        .await
        .unwrap()
        .into_inner();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.chunk().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    assert_eq!(bytes, [0, 1, 255]);
}

#[tokio::test]
async fn a_form_is_urlencoded() {
    let (server, client) = start(Response::json(200, r#"{"token":"x"}"#));
    let body = types::LogInRequestBody::new("p&=é", "a b");
    assert_eq!(client.log_in().body(body).send().await.unwrap().token, "x");
    let request = server.only_request();
    assert_eq!(
        request.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(request.body, b"password=p%26%3D%C3%A9&user=a+b");
}

#[tokio::test]
async fn odd_names_keep_their_wire_names() {
    let body = json!({ "type": "t", "@id": "i", "$top": 1, "kebab-case": true, "42": "x", "description": "d" });
    let (server, client) = start(Response::json(200, body.to_string()));
    let odd: types::OddNames = serde_json::from_value(body.clone()).unwrap();
    let answer = client.odd_names_all().body(odd).send().await.unwrap();
    assert_eq!(answer.type_.as_deref(), Some("t"));
    assert_eq!(answer.x42.as_deref(), Some("x"));
    assert_eq!(
        serde_json::from_slice::<Value>(&server.only_request().body).unwrap(),
        body
    );
}

#[tokio::test]
async fn names_that_clash_or_are_missing_become_methods_too() {
    let (server, client) = start(Response::json(200, r#"{"anything":[1]}"#));
    let answer = client.new_operation().send().await.unwrap().into_inner();
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({ "anything": [1] })
    );
    assert_eq!(server.only_request().line, "GET /v1/new HTTP/1.1");

    let (server, client) = start(Response::new(200, &[], ""));
    client.get_health().send().await.unwrap();
    assert_eq!(server.only_request().line, "GET /v1/health HTTP/1.1");
}

#[tokio::test]
async fn names_of_the_standard_library_shadow_nothing() {
    let body = json!({ "ok": { "some": "x" }, "err": { "client": "self" }, "vec": [{ "a": 1 }] });
    let (_server, client) = start(Response::json(200, body.to_string()));
    let result: types::Result = client.error_operation().send().await.unwrap().into_inner();
    assert_eq!(result.ok.some.as_deref(), Some("x"));
    assert_eq!(serde_json::to_value(&result).unwrap(), body);

    let (_server, client) = start(Response::json(400, r#"{"client":"str"}"#));
    let error = client.error_operation().send().await.unwrap_err();
    assert!(
        matches!(error.typed(), Some(ErrorOperationError::BadRequest(body)) if body.client == Some(types::Client::Str))
    );
}

#[tokio::test]
async fn parameters_may_be_named_like_local_variables() {
    let no_content = || Response::raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    let (server, client) = start(no_content());
    let call = client
        .names_of_locals()
        .encode_path("a b")
        .request("1")
        .url("2")
        .info("3");
    let call = call
        .value("4")
        .result("5")
        .response("6")
        .error("7")
        .types("8")
        .add(9)
        .self_("10");
    call.send().await.unwrap();
    let request = server.only_request();
    assert_eq!(
        request.line,
        "GET /v1/names/a%20b?add=9&error=7&info=3&request=1&response=6&result=5&self=10&types=8&url=2 HTTP/1.1"
    );
    assert_eq!(request.header("value"), ["4"]);

    let (_server, client) = start(Response::json(404, r#"{"count":1}"#));
    let error = client
        .names_of_locals()
        .encode_path("a")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.typed(), Some(NamesOfLocalsError::ClientError(body)) if body.count == Some(1))
    );
}

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
