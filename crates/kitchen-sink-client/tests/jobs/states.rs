//! Jobs that get done, in each shape of a state.

use kitchen_sink_client::types::PressState;
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn a_job_that_is_done_costs_one_call() {
    let (server, client) = start(vec![press("pressed")]);
    let call = client.get_press().press("a b").wait(5);
    // No waits are made shorter here: there is none.
    let done = call.and_wait().await.unwrap();
    let data = done.into_inner().data.unwrap();
    assert_eq!(data.state, Some(PressState::Pressed));
    assert_eq!(asked(&server), ["/presses/a%20b?wait=5"]);
}

#[tokio::test]
async fn what_the_document_does_not_list_goes_on() {
    let (server, client) = start(vec![
        press("queued"),
        press("waiting"),
        press(""),
        ok(json!({"data": null})),
        ok(json!({"data": {}})),
        press("pressing"),
        press("pressed"),
    ]);
    let mut states = Vec::new();
    let mut copies = Vec::new();
    let wait = client.get_press().press("p").and_wait();
    let wait = wait.on_answer(|look| {
        states.push(look.state().map(str::to_owned));
        copies.push(look.answer().data.as_ref().map(|data| data.copies));
    });
    soon(wait).await.unwrap();
    let seen: Vec<&str> = states
        .iter()
        .map(|state| state.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(
        seen,
        ["queued", "waiting", "", "-", "-", "pressing", "pressed"]
    );
    assert_eq!(copies.iter().filter(|copies| copies.is_none()).count(), 1);
    // All calls are one call.
    assert_eq!(asked(&server), vec!["/presses/p"; 7]);
}

#[tokio::test]
async fn a_state_may_be_any_text() {
    let texts = ["cold", "BAKED", "kept_warm"].map(|state| ok(json!({"state": state})));
    let (server, client) = start(texts.into());
    let done = soon(client.get_oven().oven("o").wait()).await.unwrap();
    assert_eq!(done.state, "kept_warm");
    assert_eq!(asked(&server).len(), 3);
}

#[tokio::test]
async fn a_state_may_be_true_or_a_number() {
    let boils = [
        json!({}),
        json!({"boils": null}),
        json!({"boils": false}),
        json!({"boils": true}),
    ];
    let (server, client) = start(boils.map(ok).into());
    soon(client.get_kettle().kettle("k").wait()).await.unwrap();
    assert_eq!(asked(&server).len(), 4);

    let (server, client) = start([json!(10), json!(15), json!(30.0)].map(ok).into());
    let done = soon(client.get_dish().dish("d").wait()).await.unwrap();
    assert_eq!(*done, 30);
    assert_eq!(asked(&server).len(), 3);
    let (_server, client) = start(vec![ok(json!(0))]);
    let error = client.get_dish().dish("d").wait().await.unwrap_err();
    assert!(error.is_failed());
    assert_eq!((error.state(), error.message()), (Some("0"), None));
}

#[tokio::test]
async fn the_results_of_a_job_may_come_in_pages() {
    let page =
        |cups: &[&str], next: &str| ok(json!({"state": "served", "cups": cups, "next": next}));
    let (server, client) = start(vec![
        ok(json!({"state": "carried"})),
        page(&["a"], "t"),
        page(&["a"], "t"),
        page(&["b"], ""),
    ]);
    let tray = || client.get_tray().tray("x");
    soon(tray().wait()).await.unwrap();
    let mut cups = tray().pages().items();
    assert_eq!(cups.next_item().await.unwrap().as_deref(), Some("a"));
    assert_eq!(cups.next_item().await.unwrap().as_deref(), Some("b"));
    assert_eq!(cups.next_item().await.unwrap(), None);
    let targets = ["/trays/x", "/trays/x", "/trays/x", "/trays/x?after=t"];
    assert_eq!(asked(&server), targets);
}
