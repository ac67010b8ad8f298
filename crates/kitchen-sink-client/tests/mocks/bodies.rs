//! Bodies of every media type.

use std::collections::BTreeMap;

use kitchen_sink_client::FilePart;
use kitchen_sink_client::httpmock::{MockServer, MockServerExt as _};
use kitchen_sink_client::types::{
    EventStarted, LogInRequestBody, LogInResponse, NewWidget, PaletteFilter, PaletteImport, Rgb,
    StoredFile, TunePreviewRequestBody, Widget, WidgetKind,
};

use crate::support::{call, client, only_the_first_is_expected};

fn map(value: i64) -> BTreeMap<String, i64> {
    BTreeMap::from([("a".to_owned(), value)])
}

fn widget() -> NewWidget {
    NewWidget::new(WidgetKind::HandTool, "x")
}

fn filter() -> PaletteFilter {
    PaletteFilter::new("x")
}

fn names(names: &[&str]) -> TunePreviewRequestBody {
    TunePreviewRequestBody::new(names.iter().map(|name| (*name).to_owned()).collect())
        .color(Rgb::new(3, 2, 1))
}

fn import(bytes: &[u8], title: &str) -> PaletteImport {
    PaletteImport::new(FilePart::new(bytes.to_vec()).with_file_name("a.zip"), title)
}

fn parts(text: &str) -> BTreeMap<String, FilePart> {
    BTreeMap::from([("a".to_owned(), FilePart::from(text.to_owned()))])
}

#[tokio::test]
async fn json_is_compared_as_a_value() {
    only_the_first_is_expected(
        "a widget",
        |server| {
            server.create_widget(|when, then| {
                when.body(&widget());
                then.created(&Widget::new("w1", WidgetKind::HandTool, "x"));
            })
        },
        vec![
            call!(|client| client.create_widget().body(widget())),
            call!(|client| client.create_widget().body(widget().tags(vec![]))),
            call!(|client| client.create_widget().body(NewWidget::new("OTHER", "x"))),
        ],
    )
    .await;
    only_the_first_is_expected(
        "a union",
        |server| {
            server.record_event(|when, then| {
                when.body(&EventStarted::new(1).into());
                then.no_content();
            })
        },
        vec![
            call!(|client| client.record_event().body(EventStarted::new(1))),
            call!(|client| client.record_event().body(EventStarted::new(2))),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_body_that_may_be_absent_is_one_or_none() {
    only_the_first_is_expected(
        "a filter",
        |server| {
            server.suggest_palette(|when, then| {
                when.body(&filter());
                then.no_content();
            })
        },
        vec![
            call!(|client| client.suggest_palette().body(filter())),
            call!(|client| client.suggest_palette()),
            call!(|client| client.suggest_palette().body(PaletteFilter::new("y"))),
        ],
    )
    .await;
    only_the_first_is_expected(
        "no filter",
        |server| {
            server.suggest_palette(|when, then| {
                when.body(None);
                then.no_content();
            })
        },
        vec![
            call!(|client| client.suggest_palette()),
            call!(|client| client.suggest_palette().body(filter())),
        ],
    )
    .await;
    only_the_first_is_expected(
        "a type that is like JSON",
        |server| {
            server.patch_palette(|when, then| {
                when.body(&map(1));
                then.no_content();
            })
        },
        vec![
            call!(|client| client.patch_palette().body(map(1))),
            call!(|client| client.patch_palette().body(map(2))),
            call!(|client| client.patch_palette()),
        ],
    )
    .await;
}

#[tokio::test]
async fn forms_are_compared_to_the_byte() {
    only_the_first_is_expected(
        "a login",
        |server| {
            server.log_in(|when, then| {
                when.body(&LogInRequestBody::new("p&w", "u v"));
                then.ok(&LogInResponse::new("t"));
            })
        },
        vec![
            call!(|client| client.log_in().body(LogInRequestBody::new("p&w", "u v"))),
            call!(|client| client.log_in().body(LogInRequestBody::new("p&w", "u"))),
        ],
    )
    .await;
    only_the_first_is_expected(
        "a form with styles",
        |server| {
            server.tune_preview(|when, then| {
                when.body(&names(&["a", "b"]));
                then.no_content();
            })
        },
        vec![
            call!(|client| client.tune_preview().body(names(&["a", "b"]))),
            call!(|client| client.tune_preview().body(names(&["b", "a"]))),
            call!(|client| client.tune_preview()),
        ],
    )
    .await;
}

#[tokio::test]
async fn parts_are_compared_whatever_their_boundary() {
    only_the_first_is_expected(
        "a file and a text",
        |server| {
            server.import_palettes(|when, then| {
                when.body(&import(&[0, 0xff], "x"));
                then.no_content();
            })
        },
        vec![
            call!(|client| client.import_palettes().body(import(&[0, 0xff], "x"))),
            call!(|client| client.import_palettes().body(import(&[0, 0xfe], "x"))),
            call!(|client| client.import_palettes().body(import(&[0, 0xff], "y"))),
            call!(|client| client
                .import_palettes()
                .body(import(&[0, 0xff], "x").count(1))),
        ],
    )
    .await;
    for (name, body, other) in [("parts", Some("1"), None), ("no parts", None, Some("1"))] {
        let server = MockServer::start_async().await;
        let mock = server.replace_palettes(|when, then| {
            when.body(body.map(parts).as_ref());
            then.no_content();
        });
        let client = client(&server);
        for (sent, calls) in [(other, 0), (body, 1), (Some("2"), 1)] {
            let call = client.replace_palettes();
            let call = match sent {
                Some(text) => call.body(parts(text)),
                None => call,
            };
            let _ = call.send().await;
            assert_eq!(mock.calls_async().await, calls, "{name}: {sent:?}");
        }
    }
}

#[tokio::test]
async fn bytes_and_texts_are_compared_to_the_byte() {
    only_the_first_is_expected(
        "bytes and a header",
        |server| {
            server.upload_file(|when, then| {
                when.name("a b").x_checksum("c").body(&[0, 0xff]);
                then.ok(&StoredFile::new(2));
            })
        },
        vec![
            call!(|client| client
                .upload_file()
                .name("a b")
                .x_checksum("c")
                .body(vec![0, 0xff])),
            call!(|client| client
                .upload_file()
                .name("a b")
                .x_checksum("c")
                .body(vec![0, 0xfe])),
            call!(|client| client
                .upload_file()
                .name("a b")
                .x_checksum("d")
                .body(vec![0, 0xff])),
            call!(|client| client
                .upload_file()
                .name("a")
                .x_checksum("c")
                .body(vec![0, 0xff])),
        ],
    )
    .await;
    only_the_first_is_expected(
        "a picture that is text",
        |server| {
            server.set_preview(|when, then| {
                when.body(b"png");
                then.no_content();
            })
        },
        vec![
            call!(|client| client.set_preview().body("png")),
            call!(|client| client.set_preview().body("gif")),
        ],
    )
    .await;
    only_the_first_is_expected(
        "a text that may be absent",
        |server| {
            server.describe_preview(|when, then| {
                when.body("a,b".as_bytes());
                then.no_content();
            })
        },
        vec![
            call!(|client| client.describe_preview().body("a,b")),
            call!(|client| client.describe_preview().body("a;b")),
            call!(|client| client.describe_preview()),
        ],
    )
    .await;
}
