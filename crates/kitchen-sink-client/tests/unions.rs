//! Unions are read as the branch that fits, with what a vendor may have added to it since, and written as they are.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use kitchen_sink_client::Client;
use kitchen_sink_client::types::{
    Amount, AmountMinor, Event, EventPriced, Label, LabelPainted, ListEventsOfOwnerLimitAll,
    ListEventsOfOwnerOwnerMe, Order, Page, PageUnion,
};
use loopback::{Response, Server};
use serde_json::{Value, json};

fn start(answer: Response) -> (Server, Client) {
    let server = Server::start(vec![answer]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    (server, client)
}

async fn read(events: Value) -> Vec<Event> {
    let (_server, client) = start(Response::json(200, events.to_string()));
    client.list_events().send().await.unwrap().into_inner()
}

#[tokio::test]
async fn the_tag_decides_and_unknown_fields_are_ignored() {
    let events = read(json!([
        {"type": "stopped", "at": 7, "new": {"since": "today"}},
        {"at": 5, "type": "started", "price": 1, "new": []},
        {"type": "priced", "price": 12},
    ]))
    .await;
    assert!(matches!(events[0], Event::Stopped(_)), "{events:?}");
    assert!(
        matches!(&events[1], Event::Started(started) if started.at == 5),
        "{events:?}"
    );
    assert!(
        matches!(&events[2], Event::Priced(priced) if matches!(priced.price, Amount::Integer(12))),
        "{events:?}"
    );
}

#[tokio::test]
async fn json_types_and_required_fields_decide() {
    let prices = json!([3, "3 EUR", {"minor": 300, "new": 1}, {"unknown": "why", "new": 1}, [{"minor": 1}, {"minor": 2}]]);
    let priced = |price: &Value| json!({"type": "priced", "price": price});
    let events = read(prices.as_array().unwrap().iter().map(priced).collect()).await;
    let amounts: Vec<Amount> = events
        .into_iter()
        .map(|event| match event {
            Event::Priced(priced) => priced.price,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(matches!(amounts[0], Amount::Integer(3)));
    assert!(matches!(&amounts[1], Amount::String(text) if text == "3 EUR"));
    assert!(matches!(&amounts[2], Amount::Minor(amount) if amount.minor == 300));
    assert!(matches!(&amounts[3], Amount::Unknown(amount) if amount.unknown == "why"));
    assert!(matches!(&amounts[4], Amount::MinorArray(all) if all[1].minor == 2));
}

#[tokio::test]
async fn overlapping_branches_are_all_read() {
    let events =
        read(json!([{"type": "labelled", "label": {"color": "red", "size": 4, "new": 1}}])).await;
    let Event::Labelled(labelled) = &events[0] else {
        panic!("{events:?}");
    };
    let painted = labelled.label.painted.as_ref().unwrap();
    assert_eq!(painted.color.as_deref(), Some("red"));
    assert_eq!(labelled.label.sized.as_ref().unwrap().size, Some(4));
}

#[tokio::test]
async fn a_branch_is_written_without_a_wrapper() {
    let no_content = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    let (server, client) = start(Response::raw(no_content));
    let event = EventPriced::new(vec![AmountMinor::new(1)]);
    client.record_event().body(event).send().await.unwrap();
    let body: Value = serde_json::from_slice(&server.requests()[0].body).unwrap();
    assert_eq!(body, json!({"type": "priced", "price": [{"minor": 1}]}));
}

#[test]
fn a_struct_of_branches_has_a_setter_for_each() {
    let label = Label::new().painted(LabelPainted::new().color("red"));
    assert_eq!(
        serde_json::to_value(label).unwrap(),
        json!({"color": "red"})
    );
}

#[tokio::test]
async fn paths_headers_and_queries_have_the_text_of_a_branch() {
    let no_content = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    let (server, client) = start(Response::raw(no_content));
    client
        .list_events_of_owner()
        .owner(ListEventsOfOwnerOwnerMe::Me)
        .from(PageUnion::from(Order::Desc))
        .order(Order::Asc)
        .limit(ListEventsOfOwnerLimitAll::All)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.target(), "/owners/me/events/desc?order=asc");
    assert_eq!(request.header("limit"), ["all"]);
    let page = Page::Integer(7);
    assert_eq!(page.to_string(), "7");
}
