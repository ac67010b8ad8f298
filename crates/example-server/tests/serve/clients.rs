//! What the generated clients make of the answers.

use kitchen_sink_client::types::{Event, NewWidget, WidgetKind};
use serde_json::{Value, json};

use crate::support::{Running, start, start_with};

fn kitchen_sink(server: &Running) -> kitchen_sink_client::Client {
    let builder = kitchen_sink_client::Client::builder().token("t");
    builder.base_url(&server.base_url).build().unwrap()
}

#[tokio::test]
async fn the_client_decodes_documented_and_made_values() {
    let server = start("kitchen-sink").await;
    let client = kitchen_sink(&server);

    let page = client.list_widgets().page(2).send().await.unwrap();
    assert_eq!(page.widgets[0].name, "Left-handed screwdriver");
    let widget = client
        .get_widget()
        .widget_id("any / id")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (widget.id.as_str(), &widget.kind),
        ("w1", &WidgetKind::HandTool)
    );
    let new = NewWidget::new(WidgetKind::Other, "n");
    let made = client
        .create_widget()
        .body(new.clone())
        .send()
        .await
        .unwrap();
    assert_eq!((made.status().as_u16(), made.id.as_str()), (201, "text"));
    assert_eq!(made.dimensions.as_ref().unwrap().width, Some(1));
    let batch = client
        .create_widgets()
        .body(vec![new])
        .send()
        .await
        .unwrap();
    assert_eq!((batch.status().as_u16(), batch.accepted), (202, Some(true)));
    assert_eq!(
        client
            .delete_widget()
            .widget_id("w")
            .send()
            .await
            .unwrap()
            .status()
            .as_u16(),
        204
    );
    assert_eq!(client.get_session().send().await.unwrap().user, "text");
    assert_eq!(
        client.list_kinds().send().await.unwrap().into_inner(),
        [WidgetKind::HandTool]
    );
    let inventory = client.read_inventory().send().await.unwrap();
    assert_eq!((inventory.rating, inventory.opened), (Some(1.0), Some(1)));
    assert_eq!(
        client.new_operation().send().await.unwrap().into_inner(),
        json!({})
    );
    assert_eq!(
        client.get_health().send().await.unwrap().status().as_u16(),
        200
    );
    let events = client.list_events().send().await.unwrap();
    assert!(
        matches!(&events[..], [Event::Started(started)] if started.at == 1),
        "{events:?}"
    );
    let days = client.list_holidays().send().await.unwrap();
    assert_eq!(serde_json::to_value(&*days).unwrap(), json!(["2026-03-01"]));
    assert_eq!(
        client
            .count_stock()
            .send()
            .await
            .unwrap()
            .values()
            .copied()
            .collect::<Vec<i64>>(),
        [1]
    );
    let readings = client
        .read_level()
        .level(kitchen_sink_client::types::Level::Value1)
        .send()
        .await
        .unwrap();
    let readings: Value = serde_json::to_value(&*readings).unwrap();
    assert_eq!(
        (&readings["shape"]["form"], &readings["result"]["ok"]),
        (&json!("oval"), &json!(true))
    );
    // Lists that come in pages have an end, in all ways of paging.
    let mut widgets = client.list_widgets().pages();
    assert_eq!(
        widgets.next_page().await.unwrap().unwrap().widgets[0].id,
        "w1"
    );
    assert!(widgets.next_page().await.unwrap().is_none());
    let mut shelves = client.list_shelves().room("r").floor(1).all_pages().items();
    let mut parcels = client.list_parcels().pages().items();
    let mut boxes = client.list_boxes().pages().items();
    let mut crates = client.list_crates().pages().items();
    assert!(shelves.next_item().await.unwrap().is_some());
    assert!(parcels.next_item().await.unwrap().is_some());
    assert!(boxes.next_item().await.unwrap().is_some());
    assert!(crates.next_item().await.unwrap().is_some());
    assert!(shelves.next_item().await.unwrap().is_none());
    // The first page has a token, the second one has none.
    assert!(parcels.next_item().await.unwrap().is_some());
    assert!(parcels.next_item().await.unwrap().is_none());
    assert!(boxes.next_item().await.unwrap().is_none());
    assert!(crates.next_item().await.unwrap().is_none());
    // Jobs are done.
    client.get_press().press("p").and_wait().await.unwrap();
    client.get_oven().oven("o").wait().await.unwrap();
    client.get_kettle().kettle("k").wait().await.unwrap();
    client.get_dish().dish("d").wait().await.unwrap();
    client.get_tray().tray("t").wait().await.unwrap();
    // An answer that has another code is an error by `x-success`.
    assert_eq!(client.read_account().send().await.unwrap().code, 100);
    // At another path of the API's host.
    assert_eq!(
        client
            .copy_archive()
            .name("x")
            .send()
            .await
            .unwrap()
            .status()
            .as_u16(),
        204
    );

    let mut bytes = client
        .download_file()
        .name("f.txt")
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(bytes.chunk().await.unwrap().unwrap(), "text");
    let mut live = client
        .follow_events()
        .send()
        .await
        .unwrap()
        .into_inner()
        .into_events();
    assert_eq!(live.next_event().await.unwrap().unwrap().data, "text");
    assert!(live.next_event().await.unwrap().is_none());
    assert!(
        server
            .lines()
            .contains(&"GET /widgets/any%20%2F%20id 200".to_owned()),
        "{:?}",
        server.lines()
    );
    assert!(
        server.lines().contains(&"GET /widgets 200".to_owned()),
        "no value of a query is logged"
    );
}

#[tokio::test]
async fn an_error_without_a_credential_is_the_documented_one() {
    let server = start("kitchen-sink").await;
    let builder = kitchen_sink_client::Client::builder();
    let client = builder.base_url(&server.base_url).build().unwrap();
    let error = client.get_session().send().await.unwrap_err();
    let typed = error.typed();
    assert!(
        matches!(typed, Some(kitchen_sink_client::error::GetSessionError::Unauthorized(body)) if body.code == 1),
        "{error:?}"
    );
}

#[tokio::test]
#[allow(deprecated, reason = "the vendored page is of a call at its end")]
async fn heygen_answers_its_example_user() {
    let server = start_with("heygen", "sk").await;
    let client = |key: &str| {
        let builder = heygen_client::Client::builder().api_key(key);
        builder.base_url(&server.base_url).build().unwrap()
    };
    let answer = client("sk")
        .get_current_user_information()
        .send()
        .await
        .unwrap();
    let user = answer.data.as_ref().unwrap();
    assert_eq!(user.email.as_deref(), Some("john.doe@gmail.com"));
    assert_eq!(
        user.username.as_deref(),
        Some("15ebafd83a8521f0b8d56a14c8a4bd72")
    );
    let error = client("planted-secret")
        .get_current_user_information()
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(
        server.lines(),
        [
            "GET /v1/user/me 200",
            "GET /v1/user/me 401 (header-x-api-key is wrong; or http-bearer is missing)"
        ]
    );
}

#[tokio::test]
async fn comfy_registry_answers_its_example_user() {
    let server = start("comfy-registry").await;
    let builder = comfy_registry_client::Client::builder().token("t");
    let client = builder.base_url(&server.base_url).build().unwrap();
    let user = client.get_user().send().await.unwrap();
    assert_eq!(
        (user.id.as_deref(), user.is_admin),
        (Some("<string>"), Some(true))
    );
}
