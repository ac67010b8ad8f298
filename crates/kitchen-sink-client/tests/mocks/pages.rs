//! Lists that come in pages, a mock for each page.

use kitchen_sink_client::httpmock::{MockServer, MockServerExt as _};
use kitchen_sink_client::types::{Widget, WidgetKind, WidgetPage};

use crate::support::client;

#[tokio::test]
async fn a_program_that_reads_all_pages_can_be_tested() {
    let server = MockServer::start_async().await;
    let page = |id: &str| WidgetPage::new(vec![Widget::new(id, WidgetKind::Other, "n")]);
    let first = server.list_widgets(|when, then| {
        when.page(None).limit(1);
        then.ok(&page("a").next_page(2));
    });
    let second = server.list_widgets(|when, then| {
        when.page(2).limit(1);
        then.ok(&page("b"));
    });
    let client = client(&server);
    let mut widgets = client.list_widgets().limit(1).pages().items();
    let mut ids = Vec::new();
    while let Some(widget) = widgets.next_item().await.unwrap() {
        ids.push(widget.id);
    }
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(
        (first.calls_async().await, second.calls_async().await),
        (1, 1)
    );
}
