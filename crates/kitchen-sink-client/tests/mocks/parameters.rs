//! Parameters of every place and style.

use chrono::{DateTime, Utc};
use kitchen_sink_client::builder::ReadPalette;
use kitchen_sink_client::httpmock::operations::ReadPaletteWhen;
use kitchen_sink_client::httpmock::{MockServer, MockServerExt as _};
use kitchen_sink_client::types::{
    Comparison, Level, ListEventsOfOwnerLimit, ListEventsOfOwnerOwnerMe, Order, PaletteFilter,
    PaletteFilterRange, ReadPaletteTheme, ReadPaletteWhere, Rgb, WidgetKind,
};
use kitchen_sink_client::{Client, types};

use crate::support::{Call, call, client, only_the_first_is_expected};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_path_has_its_parameter_and_nothing_more() {
    for id in ["w1", "a.b", "a/b ?#", "\u{e4}+[x]", "100%"] {
        let server = MockServer::start_async().await;
        let mock = server.get_widget(|when, then| {
            when.widget_id(id);
            then.not_found(&types::Problem::new("gone"));
        });
        let client = client(&server);
        for (called, calls) in [(id, 1), ("axb", 1), (&format!("{id}1"), 1), (id, 2)] {
            let _ = client.get_widget().widget_id(called).send().await;
            assert_eq!(mock.calls_async().await, calls, "{id} and {called}");
        }
    }
}

#[tokio::test]
async fn an_operation_is_its_method_and_its_path() {
    let calls = vec![
        call!(|client| client.get_widget().widget_id("w1")),
        call!(|client| client.delete_widget().widget_id("w1")),
        call!(|client| client.list_widgets()),
        call!(|client| client.download_file().name("w1")),
    ];
    let gone = || types::Problem::new("gone");
    only_the_first_is_expected(
        "a call",
        |server| server.get_widget(|_, then| drop(then.client_error(410, &gone()))),
        calls,
    )
    .await;
}

#[tokio::test]
async fn a_list_in_the_query_has_these_values_however_often() {
    only_the_first_is_expected(
        "tags",
        |server| {
            server.list_widgets(|when, then| {
                when.tag(&texts(&["a", "b&c", "a"])).page(2).limit(None);
                then.ok(&types::WidgetPage::new(vec![]));
            })
        },
        vec![
            call!(|client| client.list_widgets().page(2).tag(texts(&["a", "b&c", "a"]))),
            call!(|client| client.list_widgets().page(2).tag(texts(&["a", "b&c"]))),
            call!(|client| client
                .list_widgets()
                .page(2)
                .tag(texts(&["a", "b&c", "b&c"]))),
            call!(|client| client
                .list_widgets()
                .page(2)
                .tag(texts(&["a", "a", "b&c", "c"]))),
            call!(|client| client.list_widgets().page(2)),
            call!(|client| client.list_widgets().page(3).tag(texts(&["a", "b&c", "a"]))),
            call!(|client| client
                .list_widgets()
                .page(2)
                .limit(1)
                .tag(texts(&["a", "b&c", "a"]))),
        ],
    )
    .await;
}

#[tokio::test]
async fn enums_and_unions_are_the_texts_that_are_sent() {
    only_the_first_is_expected(
        "a kind and a header",
        |server| {
            server.list_widgets(|when, then| {
                when.kind(&WidgetKind::PowerTool).api_version("2026-01-01");
                then.ok(&types::WidgetPage::new(vec![]));
            })
        },
        vec![
            call!(|client| client
                .list_widgets()
                .kind("powerTool")
                .api_version("2026-01-01")),
            call!(|client| client
                .list_widgets()
                .kind("OTHER")
                .api_version("2026-01-01")),
            call!(|client| client
                .list_widgets()
                .kind("powerTool")
                .api_version("2026-01-02")),
            call!(|client| client.list_widgets().kind("powerTool")),
        ],
    )
    .await;
    fn limit() -> ListEventsOfOwnerLimit {
        ListEventsOfOwnerLimit::Integer(7)
    }
    fn owner() -> ListEventsOfOwnerOwnerMe {
        ListEventsOfOwnerOwnerMe::Me
    }
    only_the_first_is_expected(
        "unions",
        |server| {
            server.list_events_of_owner(|when, then| {
                when.owner(&owner().into())
                    .from(&1.into())
                    .limit(&limit())
                    .order(&Order::Asc);
                then.no_content();
            })
        },
        vec![
            call!(|client| client
                .list_events_of_owner()
                .owner(owner())
                .from(1)
                .limit(limit())
                .order(Order::Asc)),
            call!(|client| client
                .list_events_of_owner()
                .owner(owner())
                .from(2)
                .limit(limit())
                .order(Order::Asc)),
            call!(|client| client
                .list_events_of_owner()
                .owner(owner())
                .from(1)
                .order(Order::Asc)),
            call!(|client| client
                .list_events_of_owner()
                .owner(owner())
                .from(1)
                .limit(limit())
                .order(Order::Desc)),
        ],
    )
    .await;
    only_the_first_is_expected(
        "numbers and signs",
        |server| {
            server.read_level(|when, then| {
                when.level(&Level::Minus1)
                    .above(&Level::Value10)
                    .compare(&Comparison::LessThan);
                then.ok(&types::Readings::new());
            })
        },
        vec![
            call!(|client| client
                .read_level()
                .level(Level::Minus1)
                .above(Level::Value10)
                .compare(Comparison::LessThan)),
            call!(|client| client
                .read_level()
                .level(Level::Value1)
                .above(Level::Value10)
                .compare(Comparison::LessThan)),
            call!(|client| client
                .read_level()
                .level(Level::Minus1)
                .above(Level::Value1)
                .compare(Comparison::LessThan)),
            call!(|client| client
                .read_level()
                .level(Level::Minus1)
                .above(Level::Value10)
                .compare(Comparison::Equal)),
        ],
    )
    .await;
}

/// A call with all that is required, and some parameters more.
fn palette<'c>(client: &'c Client) -> ReadPalette<'c> {
    client
        .read_palette()
        .matrix(Rgb::new(3, 2, 1))
        .label(texts(&["a", "b"]))
        .list(vec![1, 2])
        .at(at("2026-03-01T09:30:00Z"))
        .new_path("n")
        .session("s 1;2")
}

fn filter() -> PaletteFilter {
    PaletteFilter::new("x").tags(texts(&["p", "q"]))
}

type Expected = fn(ReadPaletteWhen) -> ReadPaletteWhen;

/// What a mock expects beside the operation, a call that has it, and calls that have not.
fn styles() -> Vec<(&'static str, Expected, Vec<Call>)> {
    vec![
        (
            "a matrix",
            |when| when.matrix(&Rgb::new(3, 2, 1)),
            vec![
                call!(|client| palette(&client)),
                call!(|client| palette(&client).matrix(Rgb::new(3, 2, 0))),
            ],
        ),
        (
            "a label",
            |when| when.label(&texts(&["a", "b"])),
            vec![
                call!(|client| palette(&client)),
                call!(|client| palette(&client).label(texts(&["a"]))),
            ],
        ),
        (
            "a list in the path",
            |when| when.list(&vec![1, 2]),
            vec![
                call!(|client| palette(&client)),
                call!(|client| palette(&client).list(vec![2, 1])),
            ],
        ),
        (
            "a time in the path",
            |when| when.at(&at("2026-03-01T09:30:00Z")).new_path("n"),
            vec![
                call!(|client| palette(&client)),
                call!(|client| palette(&client).at(at("2026-03-01T09:30:01Z"))),
                call!(|client| palette(&client).new_path("m")),
            ],
        ),
        (
            "a cookie",
            |when| when.session("s 1;2").theme(None),
            vec![
                call!(|client| palette(&client).trace_cookie("t")),
                call!(|client| palette(&client).session("s 1")),
                call!(|client| palette(&client).theme(ReadPaletteTheme::Dark)),
            ],
        ),
        (
            "two cookies",
            |when| when.theme(&ReadPaletteTheme::Dark).trace_cookie("t"),
            vec![
                call!(|client| palette(&client).theme("dark").trace_cookie("t")),
                call!(|client| palette(&client).theme("dark").trace_cookie("t2")),
                call!(|client| palette(&client).theme("light").trace_cookie("t")),
                call!(|client| palette(&client).trace_cookie("t")),
            ],
        ),
        (
            "a deep object",
            |when| when.filter(&filter()),
            vec![
                call!(|client| palette(&client).filter(filter())),
                call!(|client| palette(&client).filter(filter().tags(texts(&["p"])))),
                call!(|client| palette(&client)
                    .filter(filter().range(PaletteFilterRange::new().set_from(1)))),
                call!(|client| palette(&client)),
            ],
        ),
        (
            "no deep object",
            |when| when.filter(None),
            vec![
                call!(|client| palette(&client).fields(texts(&["filter"]))),
                call!(|client| palette(&client).filter(PaletteFilter::new("x"))),
            ],
        ),
        (
            "a list as one text",
            |when| when.fields(&texts(&["a", "b"])),
            vec![
                call!(|client| palette(&client).fields(texts(&["a", "b"]))),
                call!(|client| palette(&client).fields(texts(&["b", "a"]))),
                call!(|client| palette(&client).fields(texts(&["a"]))),
            ],
        ),
        (
            "an empty list",
            |when| when.fields(&vec![]),
            vec![
                call!(|client| palette(&client)),
                call!(|client| palette(&client).fields(texts(&["a"]))),
            ],
        ),
        (
            "pipes and spaces",
            |when| when.pipes(&texts(&["a", "b"])).spaces(&texts(&["c", "d"])),
            vec![
                call!(|client| palette(&client)
                    .pipes(texts(&["a", "b"]))
                    .spaces(texts(&["c", "d"]))),
                call!(|client| palette(&client)
                    .pipes(texts(&["a", "c"]))
                    .spaces(texts(&["c", "d"]))),
                call!(|client| palette(&client)
                    .pipes(texts(&["a", "b"]))
                    .spaces(texts(&["c"]))),
            ],
        ),
        (
            "an object by its properties",
            |when| when.color(&Rgb::new(3, 2, 1)),
            vec![
                call!(|client| palette(&client).color(Rgb::new(3, 2, 1))),
                call!(|client| palette(&client).color(Rgb::new(3, 2, 2))),
                call!(|client| palette(&client)),
            ],
        ),
        (
            "reserved characters",
            |when| when.callback("https://a.test/?b=c&d#e"),
            vec![
                call!(|client| palette(&client).callback("https://a.test/?b=c&d#e")),
                call!(|client| palette(&client).callback("https://a.test/?b=c")),
            ],
        ),
        (
            "JSON in the query",
            |when| when.where_(&ReadPaletteWhere::new(1)),
            vec![
                call!(|client| palette(&client).where_(ReadPaletteWhere::new(1))),
                call!(|client| palette(&client).where_(ReadPaletteWhere::new(2))),
            ],
        ),
        (
            "headers",
            |when| {
                when.x_tags(&texts(&["a", "b"]))
                    .x_since(&at("2026-03-01T09:30:00Z"))
            },
            vec![
                call!(|client| palette(&client)
                    .x_tags(texts(&["a", "b"]))
                    .x_since(at("2026-03-01T09:30:00Z"))),
                call!(|client| palette(&client)
                    .x_tags(texts(&["a"]))
                    .x_since(at("2026-03-01T09:30:00Z"))),
                call!(|client| palette(&client)
                    .x_tags(texts(&["a", "b"]))
                    .x_since(at("2026-03-02T09:30:00Z"))),
                call!(|client| palette(&client).x_tags(texts(&["a", "b"]))),
            ],
        ),
        (
            "one name in three places",
            |when| when.trace(1).trace_header("h").trace_cookie(None),
            vec![
                call!(|client| palette(&client).trace(1).trace_header("h")),
                call!(|client| palette(&client).trace(2).trace_header("h")),
                call!(|client| palette(&client).trace(1).trace_header("i")),
                call!(|client| palette(&client)
                    .trace(1)
                    .trace_header("h")
                    .trace_cookie("c")),
            ],
        ),
    ]
}

#[tokio::test]
async fn every_style_is_expected_as_it_is_sent() {
    for (name, expected, calls) in styles() {
        only_the_first_is_expected(
            name,
            |server| {
                server.read_palette(|when, then| {
                    expected(when);
                    then.no_content();
                })
            },
            calls,
        )
        .await;
    }
}

#[tokio::test]
async fn parameters_may_be_called_like_what_the_code_uses() {
    only_the_first_is_expected(
        "names",
        |server| {
            server.names_of_locals(|when, then| {
                when.encode_path("e")
                    .self_("s")
                    .types("t")
                    .value("v")
                    .add(7)
                    .into_inner_parameter("i")
                    .request(None);
                then.no_content();
            })
        },
        vec![
            call!(|client| client
                .names_of_locals()
                .encode_path("e")
                .self_("s")
                .types("t")
                .value("v")
                .into_inner("i")
                .add(7)),
            call!(|client| client
                .names_of_locals()
                .encode_path("e")
                .self_("s")
                .types("t")
                .value("w")
                .into_inner("i")
                .add(7)),
            call!(|client| client
                .names_of_locals()
                .encode_path("f")
                .self_("s")
                .types("t")
                .value("v")
                .into_inner("i")
                .add(7)),
            call!(|client| client
                .names_of_locals()
                .encode_path("e")
                .self_("s")
                .types("t")
                .value("v")
                .add(7)),
        ],
    )
    .await;
}
