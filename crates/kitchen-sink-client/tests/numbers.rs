//! Numbers that are written in another way than the document says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::types::{Amount, Page, WidgetDimensions, WidgetPage};
use kitchen_sink_client::{Client, Nullable};
use loopback::{Response, Server};

fn serving(body: &str) -> (Server, Client) {
    let server = Server::start(vec![Response::json(200, body)]).unwrap();
    let client = Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    (server, client)
}

async fn page(
    next_page: &str,
) -> Result<WidgetPage, kitchen_sink_client::Error<kitchen_sink_client::error::ListWidgetsError>> {
    let body = format!(r#"{{"widgets": [], "next_page": {next_page}}}"#);
    let (_server, client) = serving(&body);
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

#[tokio::test]
async fn answers_that_are_numbers_alone_are_read_alike() {
    for (body, expected) in [
        (r#"{"saw": 2.0, "axe": "3"}"#, vec![("axe", 3), ("saw", 2)]),
        ("null", vec![]),
    ] {
        let (_server, client) = serving(body);
        let stock = client.count_stock().send().await.unwrap();
        let found: Vec<(&str, i64)> = stock.iter().map(|(k, n)| (k.as_str(), *n)).collect();
        assert_eq!(found, expected, "{body}");
    }
    for body in [r#"{"saw": 2.5}"#, ""] {
        let (_server, client) = serving(body);
        assert!(client.count_stock().send().await.unwrap_err().is_decode());
    }
}

#[test]
fn a_branch_that_is_an_integer_is_read_alike_but_a_text_stays_a_text() {
    let amount = |text: &str| serde_json::from_str::<Amount>(text).unwrap();
    assert!(matches!(amount("3.0"), Amount::Integer(3)));
    assert!(matches!(amount(r#""3""#), Amount::String(text) if text == "3"));
    let page = |text: &str| serde_json::from_str::<Page>(text).map(|page| wire(&page));
    assert_eq!(page("4.0").unwrap(), "4");
    assert_eq!(page(r#""first""#).unwrap(), r#""first""#);
    assert!(page("4.5").is_err());
}

fn wire(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}
