//! The rows: what a server does, and what a caller gets of it.

mod attempts;
mod bodies;
mod connections;
mod statuses;

use std::time::Duration;

use kitchen_sink_client::types::{NewWidget, WidgetKind};
use kitchen_sink_client::{ClientBuilder, Error, RetryPolicy};
use loopback::Response;

use crate::quiet::PLANTED;

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) server: Peer,
    pub(crate) settings: fn(ClientBuilder) -> ClientBuilder,
    pub(crate) call: Call,
    pub(crate) expected: Expected,
    /// What is checked besides, as a text that is empty if all is well.
    pub(crate) check: Option<fn(&Error) -> String>,
    /// How many requests the server saw.
    pub(crate) requests: usize,
}

pub(crate) enum Peer {
    Nobody,
    Reset,
    /// One for each request.
    Answers(fn() -> Vec<Response>),
    /// The same over TLS.
    AnswersByTls(fn() -> Vec<Response>),
}

#[derive(Clone, Copy)]
pub(crate) enum Call {
    /// A GET whose answer is an object.
    Page,
    /// A GET whose answer is a list.
    Kinds,
    /// A POST, which this API knows again by its key.
    Make,
    /// A body that cannot be sent again.
    Sign,
}

pub(crate) enum Expected {
    Value(&'static str),
    Error {
        text: &'static str,
        kinds: &'static [&'static str],
    },
}

/// The default, but without waiting.
pub(crate) fn at_once() -> RetryPolicy {
    RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO)
}

pub(crate) fn new_widget() -> NewWidget {
    NewWidget::new(WidgetKind::Other, "n")
}

fn same(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn hurried(builder: ClientBuilder) -> ClientBuilder {
    builder.timeout(Duration::from_millis(250))
}

fn small(builder: ClientBuilder) -> ClientBuilder {
    builder.max_response_bytes(1024 * 1024)
}

const LONG: Duration = Duration::from_secs(20);

fn value(
    name: &'static str,
    call: Call,
    answers: fn() -> Vec<Response>,
    text: &'static str,
    requests: usize,
) -> Row {
    Row {
        name,
        server: Peer::Answers(answers),
        settings: same,
        call,
        expected: Expected::Value(text),
        check: None,
        requests,
    }
}

fn error(
    name: &'static str,
    call: Call,
    answers: fn() -> Vec<Response>,
    text: &'static str,
    kinds: &'static [&'static str],
    requests: usize,
) -> Row {
    Row {
        expected: Expected::Error { text, kinds },
        ..value(name, call, answers, "", requests)
    }
}

fn echo(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let body = body.replace("SECRET", PLANTED);
    let mut all = vec![("x-request-id", "r1"), ("x-echo", PLANTED)];
    all.extend_from_slice(headers);
    Response::new(status, &all, body)
}

fn kinds_of_widgets() -> Response {
    Response::json(200, r#"["OTHER"]"#)
}

fn busy() -> Response {
    echo(503, &[], "SECRET")
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = connections::rows();
    rows.extend(bodies::rows());
    rows.extend(statuses::rows());
    rows.extend(attempts::rows());
    rows
}
