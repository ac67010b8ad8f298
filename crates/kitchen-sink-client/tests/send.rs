//! Calls can be spawned: their futures are `Send`, which the compiler checks here.

use std::future::IntoFuture;

use kitchen_sink_client::types::{NewWidget, WidgetKind};
use kitchen_sink_client::{Client, ClientBuilder, Events, Items, JobError, Pages, builder, types};

fn spawnable<T: Send>(value: T) {
    drop(value);
}

fn shared<T: Send + Sync + 'static>() {}

#[test]
fn futures_of_calls_are_send() {
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<Events>();
    shared::<Pages<builder::ListWidgets<'static>>>();
    shared::<Items<builder::ListShelves<'static>>>();
    shared::<JobError<types::GetPressResponse, kitchen_sink_client::error::GetPressError>>();
    let _ = |client: &'static Client| {
        spawnable(client.list_widgets().send());
        let widget = NewWidget::new(WidgetKind::Other, "n");
        spawnable(client.create_widget().body(widget).send());
        spawnable(client.download_file().name("n").send());
        spawnable(client.follow_events().send());
        spawnable(async { client.list_widgets().pages().items().next_item().await.ok() });
        spawnable(client.get_oven().oven("o").wait().into_future());
        let path = kitchen_sink_client::Method::GET;
        spawnable(client.request(path, "/x").send::<()>());
        spawnable(async {
            let answer = client.follow_events().send().await.ok()?;
            answer.into_inner().into_events().next_event().await.ok()
        });
    };
}
