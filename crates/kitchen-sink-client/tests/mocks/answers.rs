//! Answers of every kind, as the client reads them.

use kitchen_sink_client::FilePart;
use kitchen_sink_client::error::{CreateWidgetError, GetWidgetError, ListWidgetsError};
use kitchen_sink_client::httpmock::{MockServer, MockServerExt as _};
use kitchen_sink_client::types::{
    CreateWidgetError400, CreateWidgetError400ViolationsItem, Event, EventStarted, NewWidget,
    PaletteImport, Problem, ReadAccountResponse, ReadAccountResponseData, Widget, WidgetKind,
};

use crate::support::client;

#[tokio::test]
async fn a_success_has_its_status_and_its_value() {
    let server = MockServer::start_async().await;
    let client = client(&server);
    let widget = Widget::new("w1", WidgetKind::PowerTool, "x").price(1.5);
    server.create_widget(|_, then| drop(then.created(&widget)));
    server.delete_widget(|_, then| drop(then.no_content()));
    server.list_events(|_, then| drop(then.ok(&vec![EventStarted::new(1).into()])));
    server.new_operation(|_, then| drop(then.ok(&serde_json::json!({ "any": [1] }))));
    let body = NewWidget::new(WidgetKind::PowerTool, "x");
    let made = client.create_widget().body(body).send().await.unwrap();
    assert_eq!(made.status().as_u16(), 201);
    assert_eq!(
        (made.id.as_str(), made.price.as_option()),
        ("w1", Some(&1.5))
    );
    let gone = client.delete_widget().widget_id("w1").send().await.unwrap();
    assert_eq!(gone.status().as_u16(), 204);
    let events = client.list_events().send().await.unwrap();
    assert!(matches!(&events[..], [Event::Started(started)] if started.at == 1));
    let any = client.new_operation().send().await.unwrap();
    assert_eq!(*any, serde_json::json!({ "any": [1] }));
}

#[tokio::test]
async fn an_error_has_the_body_of_its_status() {
    let server = MockServer::start_async().await;
    let client = client(&server);
    let violation = CreateWidgetError400ViolationsItem::new("name", "too long");
    let mut mock = server.create_widget(|_, then| {
        then.bad_request(&CreateWidgetError400::new(vec![violation]));
    });
    let body = || NewWidget::new(WidgetKind::HandTool, "x");
    let error = client
        .create_widget()
        .body(body())
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.typed(), Some(CreateWidgetError::BadRequest(body)) if body.violations[0].reason == "too long")
    );
    mock.delete();
    server.create_widget(|_, then| drop(then.unauthorized()));
    let error = client
        .create_widget()
        .body(body())
        .send()
        .await
        .unwrap_err();
    assert!(matches!(
        error.typed(),
        Some(CreateWidgetError::Unauthorized)
    ));

    server.get_widget(|when, then| {
        when.widget_id("gone");
        then.not_found(&Problem::new("gone"));
    });
    server.get_widget(|when, then| {
        when.widget_id("busy");
        then.client_error(429, &Problem::new("busy"));
    });
    let call = |id| client.get_widget().widget_id(id).send();
    let error = call("gone").await.unwrap_err();
    assert!(
        matches!(error.typed(), Some(GetWidgetError::NotFound(problem)) if problem.title == "gone")
    );
    let error = call("busy").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert!(
        matches!(error.typed(), Some(GetWidgetError::ClientError(problem)) if problem.title == "busy")
    );

    server.list_widgets(|_, then| drop(then.default_response(503, &Problem::new("down"))));
    let error = client.list_widgets().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(
        matches!(error.typed(), Some(ListWidgetsError::Other(problem)) if problem.title == "down")
    );

    server.get_health(|_, then| drop(then.internal_server_error()));
    let error = client.get_health().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
}

#[test]
#[should_panic(expected = "the status has to be one from 400 to 499")]
fn a_range_has_its_own_statuses() {
    let server = MockServer::start();
    server.get_widget(|_, then| drop(then.client_error(500, &Problem::new("down"))));
}

#[test]
#[should_panic(expected = "this cannot be expected of a client")]
fn what_cannot_be_sent_cannot_be_expected() {
    let server = MockServer::start();
    server.get_widget(|when, _| drop(when.widget_id("..")));
}

#[tokio::test]
#[should_panic(expected = "a body from a file or a stream is read while it is sent")]
async fn a_part_from_a_file_cannot_be_expected() {
    let part = FilePart::open(env!("CARGO_MANIFEST_PATH")).await.unwrap();
    let server = MockServer::start_async().await;
    server.import_palettes(|when, _| drop(when.body(&PaletteImport::new(part, "x"))));
}

#[tokio::test]
async fn bytes_and_events_are_streams() {
    let server = MockServer::start_async().await;
    let client = client(&server);
    server.download_file(|_, then| drop(then.ok([0, 0xff])));
    let answer = client.download_file().name("x").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    let mut stream = answer.into_inner();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), [0, 0xff][..]);
    assert!(stream.chunk().await.unwrap().is_none());
    server.follow_events(|when, then| {
        when.last_event_id("40");
        then.ok("id: 41\ndata: a\n\ndata: b\n\n");
    });
    let call = client.follow_events().last_event_id("40");
    let answer = call.send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut events = answer.into_inner().into_events();
    let first = events.next_event().await.unwrap().unwrap();
    assert_eq!(
        (first.data.as_str(), first.id.as_deref()),
        ("a", Some("41"))
    );
    assert_eq!(events.next_event().await.unwrap().unwrap().data, "b");
    assert!(events.next_event().await.unwrap().is_none());
}

#[tokio::test]
async fn a_success_that_says_otherwise_is_an_error() {
    let server = MockServer::start_async().await;
    let client = client(&server);
    let answer = |code| ReadAccountResponse::new(code, ReadAccountResponseData::new("x"));
    let mut mock = server.read_account(|_, then| drop(then.ok(&answer(100))));
    assert_eq!(client.read_account().send().await.unwrap().data.name, "x");
    mock.delete();
    server.read_account(|_, then| drop(then.ok(&answer(401))));
    assert!(client.read_account().send().await.unwrap_err().is_refused());
}

#[tokio::test]
async fn what_has_no_method_is_said_to_the_mock_server() {
    let server = MockServer::start_async().await;
    let client = client(&server);
    let mock = server.delete_widget(|when, then| {
        when.into_inner().header("authorization", "Bearer t");
        then.into_inner().status(204).header("x-left", "1");
    });
    let answer = client.delete_widget().widget_id("w1").send().await.unwrap();
    assert_eq!(answer.headers()["x-left"], "1");
    assert_eq!(mock.calls_async().await, 1);
}
