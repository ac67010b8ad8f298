//! Paths, queries and headers, by the types of their values.

use kitchen_sink_client::httpmock::{MockServer, MockServerExt as _};
use kitchen_sink_client::types;
use kitchen_sink_client::types::{
    Comparison, Level, ListEventsOfOwnerLimit, ListEventsOfOwnerOwnerMe, Order, WidgetKind,
};

use crate::support::{call, client, only_the_first_is_expected, texts};

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
