//! Errors on the way through a list, and how it goes on.

use std::time::Duration;

use futures::FutureExt;
use kitchen_sink_client::error::ListShelvesError;
use kitchen_sink_client::types::PageNumber;
use kitchen_sink_client::{Client, RetryPolicy};
use loopback::{Response, Server};
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_and_nothing_comes_twice() {
    let page = |ids: &[i64]| shelves(ids, json!({"totalPages": 3}));
    let missing = Response::json(404, r#"{"title":"gone"}"#);
    let (server, client) = start(vec![
        page(&[1, 2]),
        Response::json(500, "{}"),
        missing,
        Response::truncated(200, r#"{"shelves":[{"id":3,"label":"l"}]}"#, 5),
        page(&[3, 4]),
        page(&[5]),
    ]);
    let call = client.list_shelves().room("r").floor(1);
    let mut items = call.all_pages().items();
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    loop {
        let (found, error) = all(&mut items).await;
        ids.extend(found.iter().map(|shelf| shelf.id));
        match error {
            Some(error) => errors.push(error),
            None => break,
        }
    }
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let [failed, missing, broken] = &errors[..] else {
        panic!("{errors:?}")
    };
    assert_eq!(failed.status().unwrap().as_u16(), 500);
    assert!(matches!(
        missing.typed(),
        Some(ListShelvesError::NotFound(_))
    ));
    assert!(broken.is_body());
    assert_eq!(broken.operation(), Some("list_shelves"));
    let pages = ["", "&page=2", "&page=2", "&page=2", "&page=2", "&page=3"];
    let targets = pages.map(|page| format!("/rooms/r/shelves?floor=1{page}"));
    assert_eq!(asked(&server), targets);
}

#[tokio::test]
async fn a_page_is_a_call_with_retries_of_its_own() {
    let page = |id: i64| shelves(&[id], json!({"totalPages": 3}));
    let busy = || Response::json(503, "{}");
    let server = Server::start(vec![page(1), busy(), page(2), busy(), page(3)]).unwrap();
    let policy = RetryPolicy::default()
        .max_retries(1)
        .first_delay(Duration::from_millis(1));
    let client = Client::builder()
        .token("t")
        .base_url(server.base_url())
        .retry(policy);
    let client = client.build().unwrap();
    let call = client.list_shelves().room("r").floor(1);
    let (found, error) = all(&mut call.all_pages().items()).await;
    assert!(error.is_none() && found.len() == 3);
    assert_eq!(asked(&server).len(), 5);
}

#[tokio::test]
async fn a_call_that_was_waited_for_and_dropped_goes_on() {
    let pause = Duration::from_millis(20);
    let body = r#"{"shelves":[{"id":1,"label":"l"}],"totalPages":1}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    let (server, client) = start(vec![Response::raw(head).then(pause, body)]);
    let mut pages = client.list_shelves().room("r").floor(1).all_pages();
    assert!(pages.next_page().now_or_never().is_none());
    assert!(pages.next_page().await.unwrap().is_some());
    assert!(pages.next_page().await.unwrap().is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_a_call_lacks_is_an_error_before_anything_is_sent() {
    let (server, client) = start(vec![]);
    let mut pages = client.list_shelves().room("r").all_pages();
    let error = pages.next_page().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.connections(), 0);
}

/// Asks for parcels, whose first pages are followed by an answer that does not say which is next; that is an error after its
/// item. The page is asked for again, and the list goes on.
async fn does_not_say(pages: Vec<Response>, last: Response, again: &str) {
    let mended = parcels(&["again"], json!({"next_token": "z", "has_more": true}));
    let end = parcels(&["end"], json!({"has_more": false}));
    let count = pages.len();
    let answers = pages.into_iter().chain([last.clone(), last, mended, end]);
    let (server, client) = start(answers.collect());
    let mut items = client.list_parcels().pages().items();

    let (found, error) = all(&mut items).await;
    assert_eq!(found.len(), count + 1);
    let error = error.unwrap();
    assert!(error.is_decode() && !error.is_retryable(), "{error}");
    assert_eq!(error.decode_path(), Some("$.data.next_token"));
    assert_eq!(error.operation(), Some("list_parcels"));
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let body = String::from_utf8_lossy(error.body().unwrap());
    assert!(body.contains(r#"{"id":"last"}"#), "{body}");
    assert!(error.headers().unwrap().get("set-cookie").is_none());

    let (found, error) = all(&mut items).await;
    assert!(found.is_empty() && error.unwrap().is_decode());

    let (found, error) = all(&mut items).await;
    assert!(error.is_none());
    let ids: Vec<&str> = found.iter().map(|parcel| parcel.id.as_str()).collect();
    assert_eq!(ids, ["end"]);

    let asked = asked(&server);
    assert_eq!(asked.len(), count + 4);
    assert_eq!(asked[count..count + 3], [again, again, again]);
    assert_eq!(asked[count + 3], "/parcels?page%5Btoken%5D=z");
}

#[tokio::test]
async fn a_page_that_does_not_say_which_is_next_is_given_and_is_an_error_then() {
    let page = |next: &str| parcels(&["first"], json!({"next_token": next}));
    let last = |rest| parcels(&["last"], rest);
    let of = |token: &str| format!("/parcels?page%5Btoken%5D={token}");
    does_not_say(vec![], last(json!({"has_more": true})), "/parcels").await;
    let empty = last(json!({"has_more": true, "next_token": ""}));
    does_not_say(vec![page("b")], empty, &of("b")).await;
    let same = last(json!({"next_token": "b"}));
    does_not_say(vec![page("b")], same, &of("b")).await;
    let circle = last(json!({"next_token": "b"}));
    does_not_say(vec![page("b"), page("c")], circle, &of("c")).await;
}

#[tokio::test]
async fn cookies_of_a_page_are_in_no_error() {
    let body = r#"{"data":{"has_more":true}}"#;
    let cookie = ("set-cookie", "session=SECRET");
    let (_server, client) = start(vec![Response::new(200, &[cookie], body)]);
    let mut pages = client.list_parcels().pages();
    let page = pages.next_page().await.unwrap().unwrap();
    assert_eq!(page.headers()["set-cookie"], "session=SECRET");
    let error = pages.next_page().await.unwrap_err();
    assert!(error.headers().unwrap().get("set-cookie").is_none());
    assert!(!format!("{error} {error:?}").contains("SECRET"));
}

#[tokio::test]
async fn a_number_that_the_parameter_cannot_be_is_never_sent() {
    let body = json!({"widgets": [], "next_page": 3_000_000_000_i64});
    let (server, client) = start(vec![ok(body)]);
    let mut pages = client.list_widgets().pages();
    assert!(pages.next_page().await.unwrap().is_some());
    let error = pages.next_page().await.unwrap_err();
    assert_eq!(error.decode_path(), Some("$.next_page"));
    assert_eq!(asked(&server), ["/widgets"]);

    let body = json!({"value/list": ["a"], "@count": null});
    let (server, client) = start(vec![ok(body)]);
    let call = client.list_labels().page(PageNumber(i32::MAX));
    let mut pages = call.pages();
    assert!(pages.next_page().await.unwrap().is_some());
    let error = pages.next_page().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(
        error.to_string(),
        "list_labels: invalid request: 2147483648 is more than the parameter of the next page can be"
    );
    assert_eq!(asked(&server), ["/labels?%24page=2147483647"]);
}

#[tokio::test]
async fn a_page_that_promises_more_and_has_nothing_is_no_endless_loop() {
    let body = json!({"crates": [], "of": {"more": true}});
    let (server, client) = start(vec![ok(body)]);
    let mut items = client.list_crates().pages().items();
    let error = items.next_item().await.unwrap_err();
    assert_eq!(error.decode_path(), Some("$.of.more"));
    assert_eq!(asked(&server), ["/crates"]);
}
