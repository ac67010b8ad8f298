//! Every place and style of a parameter.

use chrono::{DateTime, Utc};
use kitchen_sink_client::Client;
use kitchen_sink_client::builder::ReadPalette;
use kitchen_sink_client::httpmock::MockServerExt as _;
use kitchen_sink_client::httpmock::operations::ReadPaletteWhen;
use kitchen_sink_client::types::{
    PaletteFilter, PaletteFilterRange, ReadPaletteTheme, ReadPaletteWhere, Rgb,
};

use crate::support::{Call, call, only_the_first_is_expected, texts};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
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
