//! Parameters of every place and style on the wire.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::builder::ReadPalette;
use kitchen_sink_client::types::{PaletteFilter, ReadPaletteTheme, ReadPaletteWhere, Rgb};
use kitchen_sink_client::{Client, Error};
use loopback::{Request, Response, Server};

/// The request of a call with what it needs and what `set` adds.
async fn sent(set: impl FnOnce(ReadPalette<'_>) -> ReadPalette<'_>) -> Result<Request, Error> {
    let server = Server::start(vec![Response::new(204, &[], "")]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let call = client
        .read_palette()
        .matrix(Rgb::new(3, 2, 1))
        .label(vec!["a".to_owned(), "b/c".to_owned()])
        .list([4, 5].to_vec())
        .at("2026-03-01T09:30:00Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap())
        .new_path("new")
        .session("s 1");
    set(call).send().await?;
    Ok(server.requests().remove(0))
}

#[tokio::test]
async fn what_is_required_is_enough() {
    let request = sent(|call| call).await.unwrap();
    assert_eq!(
        request.line,
        "GET /palettes/;B=3;G=2;R=1/.a,b%2Fc/4,5/2026-03-01T09%3A30%3A00Z/new HTTP/1.1"
    );
    assert_eq!(request.header("cookie"), ["session=s%201"]);
    assert_eq!(request.header("x-tags"), [""; 0]);
}

#[tokio::test]
async fn what_is_in_the_query_has_its_style() {
    let filter = PaletteFilter::new("n&m").tags(vec!["x".to_owned()]);
    let request = sent(|call| {
        call.filter(filter)
            .fields(vec!["a".to_owned(), "b,c".to_owned()])
            .pipes(vec!["a".to_owned(), "b".to_owned()])
            .spaces(vec!["a".to_owned(), "b".to_owned()])
            .color(Rgb::new(3, 2, 1))
            .callback("https://h.test/?q=1&x")
            .where_(ReadPaletteWhere::new(1))
            .trace(7)
            .send_query("it")
    });
    let request = request.await.unwrap();
    let (_, query) = request.target().split_once('?').unwrap();
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "B=3",
            "G=2",
            "R=1",
            "callback=https://h.test/?q=1%26x",
            "fields=a,b%2Cc",
            "filter%5Bname%5D=n%26m",
            "filter%5Btags%5D%5B%5D=x",
            "pipes=a%7Cb",
            "send=it",
            "spaces=a%20b",
            "trace=7",
            "where=%7B%22a%22%3A1%7D",
        ]
    );
}

#[tokio::test]
async fn headers_and_cookies_of_the_name_of_a_query_parameter_are_sent_too() {
    let request = sent(|call| {
        call.x_tags(vec!["a".to_owned(), "b c".to_owned()])
            .x_since(
                "2026-03-01T09:30:00Z"
                    .parse::<chrono::DateTime<chrono::Utc>>()
                    .unwrap(),
            )
            .theme(ReadPaletteTheme::Dark)
            .trace(1)
            .trace_header("h")
            .trace_cookie("c")
    });
    let request = request.await.unwrap();
    assert_eq!(request.header("x-tags"), ["a,b c"]);
    assert_eq!(request.header("x-since"), ["2026-03-01T09:30:00Z"]);
    assert_eq!(request.header("trace"), ["h"]);
    assert_eq!(
        request.header("cookie"),
        ["session=s%201; theme=dark; trace=c"]
    );
    assert!(request.target().ends_with("?trace=1"));
}

#[tokio::test]
async fn what_has_no_text_is_not_sent() {
    for (call, message) in [
        (
            sent(|call| call.list(vec![])).await,
            "read_palette: invalid request: parameter `list`: it has no value",
        ),
        (
            sent(|call| call.x_tags(vec!["a,b".to_owned()])).await,
            "read_palette: invalid request: parameter `X-Tags`: an item holds a comma, which would make two of it",
        ),
        (
            sent(|call| call.trace_header("a\nb")).await,
            "read_palette: invalid request: a header parameter holds a character that HTTP does not allow",
        ),
    ] {
        let error = call.unwrap_err();
        assert!(error.is_invalid_request());
        // The operation is not known yet where a request is put together.
        assert!(message.ends_with(&error.to_string()), "{error}");
    }
}

#[tokio::test]
async fn a_method_without_a_shorthand_is_sent() {
    let server = Server::start(vec![Response::new(204, &[], "")]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    client.ask_about_palettes().send().await.unwrap();
    assert_eq!(server.requests()[0].line, "OPTIONS /palettes HTTP/1.1");
}
