//! Lists without an error: the requests, and the end.

use futures::StreamExt;
use kitchen_sink_client::types::PageNumber;
use loopback::Response;
use serde_json::{Value, json};

use crate::support::*;

/// The targets of the calls for shelves, from those of their queries that differ.
fn of_shelves(pages: &[&str]) -> Vec<String> {
    let target = |page: &&str| format!("/rooms/a%20b/shelves?floor=1&{page}pages=7");
    pages.iter().map(target).collect()
}

/// Asks for all shelves from a page on, which makes exactly these calls.
async fn shelves_are(answers: Vec<Response>, from: Option<i64>, ids: &[i64], pages: &[&str]) {
    let (server, client) = start(answers);
    let call = client.list_shelves().room("a b").floor(1).pages(7);
    let call = match from {
        Some(page) => call.page(page),
        None => call,
    };
    let mut items = call.all_pages().items();
    let (found, error) = all(&mut items).await;
    assert!(error.is_none(), "{error:?}");
    let found: Vec<i64> = found.iter().map(|shelf| shelf.id).collect();
    assert_eq!(found, ids);
    assert!(items.next_item().await.unwrap().is_none());
    assert_eq!(asked(&server), of_shelves(pages));
}

#[tokio::test]
async fn numbers_go_up_to_the_last_one() {
    let page = |ids: &[i64]| shelves(ids, json!({"totalPages": 3}));
    let answers = vec![page(&[1, 2]), page(&[3, 4]), page(&[5])];
    let pages = ["", "page=2&", "page=3&"];
    shelves_are(answers, None, &[1, 2, 3, 4, 5], &pages).await;
}

#[tokio::test]
async fn a_list_may_be_begun_in_its_middle() {
    let page = |id: i64| shelves(&[id], json!({"totalPages": 58}));
    let pages = ["page=57&", "page=58&"];
    shelves_are(vec![page(57), page(58)], Some(57), &[57, 58], &pages).await;
}

#[tokio::test]
async fn without_a_number_of_pages_an_empty_one_is_the_end() {
    for unknown in [json!({}), json!({"totalPages": -1}), json!({"total": -1})] {
        let page = |ids: &[i64]| shelves(ids, unknown.clone());
        let answers = vec![page(&[1, 2]), page(&[3]), page(&[])];
        let pages = ["", "page=2&", "page=3&"];
        shelves_are(answers, None, &[1, 2, 3], &pages).await;
    }
    // No list at all is an empty one.
    shelves_are(vec![ok(json!({}))], None, &[], &[""]).await;
}

#[tokio::test]
async fn a_total_is_the_end_where_pages_are_full() {
    let page = |ids: &[i64], total: i64| shelves(ids, json!({"total": total}));
    let answers = vec![page(&[1, 2], 4), page(&[3, 4], 4)];
    shelves_are(answers, None, &[1, 2, 3, 4], &["", "page=2&"]).await;
    // The server gives less than was asked for, which is no end.
    let answers = vec![page(&[1, 2], 3), page(&[3], 3), page(&[], 3)];
    let pages = ["", "page=2&", "page=3&"];
    shelves_are(answers, None, &[1, 2, 3], &pages).await;
}

#[tokio::test]
async fn numbers_may_begin_with_0_and_have_types_of_their_own() {
    let page = |texts: &[&str], count: Value| ok(json!({"value/list": texts, "@count": count}));
    let (server, client) = start(vec![
        page(&["a", "b"], json!(4)),
        page(&["c", "d"], json!(4.0)),
        page(&["e"], Value::Null),
        page(&[], Value::Null),
    ]);
    let texts = client.list_labels().pages().items();
    let texts: Vec<String> = texts.map(Result::unwrap).collect().await;
    assert_eq!(texts, ["a", "b", "c", "d"]);
    let mut texts = client.list_labels().page(PageNumber(5)).pages().items();
    assert_eq!(all(&mut texts).await.0, ["e"]);
    let targets = [
        "/labels",
        "/labels?%24page=1",
        "/labels?%24page=5",
        "/labels?%24page=6",
    ];
    assert_eq!(asked(&server), targets);
}

/// Asks for all parcels, after `first` a page that ends the list.
async fn parcels_end(last: Response) {
    let token = "a+b/c=";
    let first = parcels(&["1"], json!({"next_token": token, "has_more": true}));
    let empty = parcels(&[], json!({"next_token": "2"}));
    let (server, client) = start(vec![first, empty, last]);
    let mut items = client.list_parcels().page_size(5).pages().items();
    let (found, error) = all(&mut items).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found[0].id, "1");
    assert!(found.len() == 1 || found[1].id == "3");
    let size = "page%5Bsize%5D=5";
    let targets = [
        format!("/parcels?{size}"),
        format!("/parcels?{size}&page%5Btoken%5D=a%2Bb%2Fc%3D"),
        format!("/parcels?{size}&page%5Btoken%5D=2"),
    ];
    assert_eq!(asked(&server), targets);
}

#[tokio::test]
async fn tokens_lead_on_over_empty_pages_until_there_is_none() {
    for rest in [
        json!({}),
        json!({"next_token": null, "has_more": null}),
        json!({"next_token": ""}),
        json!({"next_token": "", "has_more": false}),
        // Some servers give a token that leads to nothing.
        json!({"next_token": "4", "has_more": false}),
    ] {
        parcels_end(parcels(&["3"], rest)).await;
    }
    parcels_end(ok(json!({"data": null}))).await;
    parcels_end(ok(json!({"data": {"parcels": null}}))).await;
}

#[tokio::test]
async fn tokens_may_be_numbers() {
    let page = |next: Value| ok(json!({"widgets": [], "next_page": next}));
    let answers = vec![page(json!(9)), page(json!("10")), page(Value::Null)];
    let (server, client) = start(answers);
    let mut pages = client
        .list_widgets()
        .api_version("1")
        .limit(2)
        .page(3)
        .pages();
    let mut count = 0;
    while let Some(page) = pages.next_page().await.unwrap() {
        assert_eq!(page.status().as_u16(), 200);
        count += 1;
    }
    assert_eq!(count, 3);
    let query = |page: i32| format!("/widgets?limit=2&page={page}");
    assert_eq!(asked(&server), [query(3), query(9), query(10)]);
    for request in server.requests() {
        assert_eq!(request.header("api-version"), ["1"]);
    }
}

#[tokio::test]
async fn offsets_grow_by_what_came() {
    let answers = vec![ok(json!(["a", "b"])), ok(json!(["c"])), ok(json!([]))];
    let (server, client) = start(answers);
    let call = client.list_boxes().offset_header("h");
    let mut items = call.pages().items();
    assert_eq!(all(&mut items).await.0, ["a", "b", "c"]);
    let targets = ["/boxes", "/boxes?offset=2", "/boxes?offset=3"];
    assert_eq!(asked(&server), targets);
    for request in server.requests() {
        assert_eq!(request.header("offset"), ["h"]);
    }
    let (server, client) = start(vec![ok(json!(["z"])), ok(Value::Null)]);
    let mut items = client.list_boxes().offset(25).pages().items();
    assert_eq!(all(&mut items).await.0, ["z"]);
    assert_eq!(asked(&server), ["/boxes?offset=25", "/boxes?offset=26"]);
}

#[tokio::test]
async fn what_an_answer_says_of_more_is_the_end_or_not() {
    let page = |id: &str, of: Value| ok(json!({"crates": [{"id": id}], "of": of}));
    let (server, client) = start(vec![
        // A count that is behind is not believed beside that.
        page("a", json!({"all": 1, "more": true})),
        page("b", json!({"all": 9, "more": false})),
        page("c", json!({"all": 3})),
        page("d", Value::Null),
        ok(json!({})),
    ]);
    let ids = async |from: i64| {
        let mut items = client.list_crates().skip(from).pages().items();
        let (found, error) = all(&mut items).await;
        assert!(error.is_none(), "{error:?}");
        let ids: Vec<String> = found.into_iter().map(|found| found.id).collect();
        ids.concat()
    };
    assert_eq!(ids(0).await, "ab");
    assert_eq!(ids(2).await, "c");
    assert_eq!(ids(7).await, "d");
    let targets = [0, 1, 2, 7, 8].map(|skip| format!("/crates?skip={skip}"));
    assert_eq!(asked(&server), targets);
}
