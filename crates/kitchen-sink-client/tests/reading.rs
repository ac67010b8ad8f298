//! What servers send although the document rules it out: bytes of an answer, and what is read of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use kitchen_sink_client::Client;
use kitchen_sink_client::types::{Defaults, Reading, Widget, WidgetKind, WidgetPage};
use loopback::{Response, Server};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is written of what was read.
fn again<T: DeserializeOwned + Serialize>(text: &str) -> String {
    let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    serde_json::to_string(&read).unwrap()
}

#[test]
fn bounds_and_patterns_refuse_no_answer() {
    for text in [
        r#"{"at_least":0}"#,
        r#"{"at_least":-1}"#,
        r#"{"code":"XYZ 1"}"#,
        r#"{"code":""}"#,
    ] {
        assert_eq!(again::<Defaults>(text), text);
    }
}

#[test]
fn an_enum_of_texts_holds_any_text() {
    for (text, kind) in [
        (r#""hand-tool""#, WidgetKind::HandTool),
        (r#""hologram""#, WidgetKind::Unknown("hologram".to_owned())),
        (r#""""#, WidgetKind::Unknown(String::new())),
        // Case is part of a value.
        (r#""other""#, WidgetKind::Unknown("other".to_owned())),
    ] {
        let read: WidgetKind = serde_json::from_str(text).unwrap();
        assert_eq!(read, kind);
        assert_eq!(again::<WidgetKind>(text), text);
        assert_eq!(format!("\"{}\"", read.as_str()), text);
    }
    assert!(serde_json::from_str::<WidgetKind>("1").is_err());
}

#[test]
fn a_text_that_is_not_of_its_format_is_kept() {
    let widget =
        |made_at: &str| format!(r#"{{"id":"w","kind":"OTHER","made_at":"{made_at}","name":"n"}}"#);
    for (made_at, seconds) in [
        ("2026-03-01T09:30:00Z", Some(1_772_357_400)),
        ("2026-03-01T10:30:00.000+01:00", Some(1_772_357_400)),
        ("2026-03-01T09:30:00", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
    ] {
        let text = widget(made_at);
        let read: Widget = serde_json::from_str(&text).unwrap();
        let value = read.made_at.as_ref().and_then(|at| at.value());
        assert_eq!(value.map(|at| at.timestamp()), seconds, "{made_at}");
        assert_eq!(again::<Widget>(&text), text);
    }
}

#[test]
fn fields_that_are_new_are_passed_over() {
    assert_eq!(
        again::<Reading>(r#"{"level":1,"since":"1.4","value":"a"}"#),
        r#"{"level":1,"value":"a"}"#
    );
}

#[test]
fn null_is_an_empty_list_where_one_is_promised() {
    assert_eq!(
        again::<WidgetPage>(r#"{"widgets":null}"#),
        r#"{"widgets":[]}"#
    );
    assert!(serde_json::from_str::<WidgetPage>("{}").is_err());
}

#[tokio::test]
async fn an_answer_with_null_for_a_list_is_a_page_without_widgets() {
    let body = r#"{"widgets": null, "next_page": null, "total": 0}"#;
    let json = [("content-type", "application/json")];
    let server = Server::start(vec![Response::new(200, &json, body)]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let page = client.list_widgets().send().await.unwrap();
    assert!(page.widgets.is_empty());
    assert!(page.next_page.is_null());
    let all: Value = serde_json::from_slice(page.body()).unwrap();
    assert_eq!(all["total"], 0, "what the document lacks is in the body");
    assert_eq!(
        serde_json::to_value(page.into_inner()).unwrap(),
        serde_json::from_str::<Value>(r#"{"widgets": [], "next_page": null}"#).unwrap()
    );
}

#[tokio::test]
async fn a_success_that_says_it_failed_is_an_error_with_all_of_it() {
    let json = [("content-type", "application/json"), ("x-request-id", "r1")];
    let call = async |body: &'static str| {
        let server = Server::start(vec![Response::new(200, &json, body)]).unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .build()
            .unwrap();
        client.read_account().send().await
    };
    let account = call(r#"{"code":100,"data":{"name":"n"},"message":null}"#)
        .await
        .unwrap();
    assert_eq!(account.data.name, "n");

    let body = r#"{"code":400562,"data":null,"message":"forbidden"}"#;
    let error = call(body).await.unwrap_err();
    assert!(error.is_refused() && !error.is_decode());
    assert_eq!(
        error.to_string(),
        "read_account: the body of HTTP 200 OK says that the call failed"
    );
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());

    // What says nothing about it is read as ever.
    let error = call(r#"{"data":{"name":"n"}}"#).await.unwrap_err();
    assert!(error.is_decode());
}
