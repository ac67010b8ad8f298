//! Numbers that are written in another way than the document says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::types::{WidgetDimensions, WidgetPage};
use kitchen_sink_client::{Client, Nullable};
use loopback::{Response, Server};

async fn page(
    next_page: &str,
) -> Result<WidgetPage, kitchen_sink_client::Error<kitchen_sink_client::error::ListWidgetsError>> {
    let body = format!(r#"{{"widgets": [], "next_page": {next_page}}}"#);
    let server = Server::start(vec![Response::json(200, &body)]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    client
        .list_widgets()
        .send()
        .await
        .map(|page| page.into_inner())
}

#[tokio::test]
async fn integers_with_a_fraction_of_zero_or_in_a_text_are_read() {
    for (text, expected) in [
        ("2", Nullable::Value(2)),
        ("2.0", Nullable::Value(2)),
        ("-0.0", Nullable::Value(0)),
        ("2e1", Nullable::Value(20)),
        (r#""2""#, Nullable::Value(2)),
        (r#""2.0""#, Nullable::Value(2)),
        ("null", Nullable::Null),
    ] {
        assert_eq!(page(text).await.unwrap().next_page, expected, "{text}");
    }
}

#[tokio::test]
async fn what_is_no_integer_is_an_error_that_says_where() {
    for text in ["2.5", "9223372036854775808", r#""""#, r#""two""#, "true"] {
        let error = page(text).await.unwrap_err();
        assert!(error.to_string().contains("next_page"), "{error}");
    }
}

#[test]
fn what_was_read_is_written_as_a_number() {
    let read: WidgetDimensions = serde_json::from_str(r#"{"width": "3", "height": 4.0}"#).unwrap();
    assert_eq!((read.width, read.height), (Some(3), Some(4)));
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"{"height":4,"width":3}"#
    );
}
