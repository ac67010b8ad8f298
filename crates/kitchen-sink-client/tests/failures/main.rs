//! What goes wrong between a client and a server, on real sockets: what the caller gets, and how many requests the server
//! saw. In no row is the credential in anything that could be printed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod quiet;
mod rows;
mod servers;
mod tls;

use std::fmt::Debug;
use std::io;
use std::net::TcpListener;
use std::sync::atomic::Ordering;

use kitchen_sink_client::{Client, ClientBuilder, Error, ResponseValue};
use loopback::{Response, Server};
use rows::{Call, Expected, Row};
use serde::Serialize;
use servers::Connections;

/// Every predicate of an error that holds, by its name.
fn kinds(error: &Error) -> Vec<&'static str> {
    [
        ("body", error.is_body()),
        ("connect", error.is_connect()),
        ("credential", error.is_credential()),
        ("decode", error.is_decode()),
        ("invalid_request", error.is_invalid_request()),
        ("rate_limited", error.is_rate_limited()),
        ("redirect", error.is_redirect()),
        ("refused", error.is_refused()),
        ("request_body", error.is_request_body()),
        ("retryable", error.is_retryable()),
        ("status", error.is_status()),
        ("timeout", error.is_timeout()),
    ]
    .into_iter()
    .filter_map(|(name, holds)| holds.then_some(name))
    .collect()
}

/// A value of an answer as JSON, and all that a program could print of the answer.
#[derive(Debug)]
struct Value {
    json: String,
    shown: String,
}

fn value<T: Debug>(answer: &ResponseValue<T>, json: impl Serialize) -> Value {
    Value {
        json: serde_json::to_string(&json).unwrap(),
        shown: format!("{answer:?} {:?}", answer.headers()),
    }
}

async fn outcome(client: &Client, call: Call) -> Result<Value, Error> {
    match call {
        Call::Page => {
            let page = client.list_widgets().send().await;
            let page = page.map_err(Error::into_untyped)?;
            Ok(value(&page, &page.widgets))
        }
        Call::Kinds => {
            let kinds = client.list_kinds().send().await?;
            Ok(value(&kinds, &*kinds))
        }
        Call::Make => {
            let made = client.create_widget().body(rows::new_widget()).send().await;
            made.map(|widget| value(&widget, &widget.id))
                .map_err(Error::into_untyped)
        }
        Call::Sign => {
            let upload = kitchen_sink_client::FilePart::from_stream(
                futures::stream::iter([Ok::<_, std::io::Error>("bytes")]),
                5,
            );
            let answer = client
                .upload_file()
                .name("n")
                .x_checksum("c")
                .body(upload)
                .send()
                .await;
            answer
                .map(|answer| value(&answer, answer.status().as_u16()))
                .map_err(Error::into_untyped)
        }
    }
}

fn counted(server: io::Result<(String, Connections)>) -> (String, Option<Connections>) {
    let (base_url, connections) = server.unwrap();
    (base_url, Some(connections))
}

async fn differences(row: &Row) -> Vec<String> {
    let server = match &row.server {
        rows::Peer::Answers(answers) | rows::Peer::AnswersByTls(answers) => answers(),
        rows::Peer::Nobody | rows::Peer::Reset => Vec::new(),
    };
    let server = Server::start(server).unwrap();
    let (base_url, connections) = match &row.server {
        rows::Peer::Nobody => (loopback::refused_base_url().unwrap(), None),
        rows::Peer::Answers(_) => (server.base_url(), None),
        rows::Peer::Reset => counted(servers::resetting()),
        rows::Peer::AnswersByTls(_) => counted(
            TcpListener::bind("127.0.0.1:0")
                .and_then(|listener| tls::in_front_of(listener, server.address())),
        ),
    };
    let builder: ClientBuilder = Client::builder().token(quiet::PLANTED).base_url(base_url);
    let client = (row.settings)(builder.retry(rows::at_once()))
        .build()
        .unwrap();
    let outcome = outcome(&client, row.call).await;
    let mut differences = Vec::new();
    let mut compare = |what: &str, found: String, expected: String| {
        if found != expected {
            differences.push(format!(
                "{}: {what}\n   found {found}\nexpected {expected}",
                row.name
            ));
        }
    };
    match (&outcome, &row.expected) {
        (Ok(found), Expected::Value(expected)) => {
            compare("value", found.json.clone(), (*expected).to_owned());
        }
        (
            Err(error),
            Expected::Error {
                text,
                kinds: expected,
            },
        ) => {
            compare("text", error.to_string(), (*text).to_owned());
            compare(
                "kinds",
                format!("{:?}", kinds(error)),
                format!("{expected:?}"),
            );
            if let Some(check) = row.check {
                compare("more", check(error), String::new());
            }
        }
        (found, _) => compare("outcome", format!("{found:?}"), "the other one".to_owned()),
    }
    let requests = match &connections {
        Some(connections) => connections.load(Ordering::SeqCst),
        None => server.connections(),
    };
    compare("requests", requests.to_string(), row.requests.to_string());
    let shown = match &outcome {
        Ok(value) => format!("{client:?} {}", value.shown),
        Err(error) => quiet::everything_shown(error),
    };
    compare("secret", quiet::found_in(&shown), String::new());
    differences
}

#[tokio::test]
async fn each_failure_is_what_it_is_and_says_no_secret() {
    let spans = quiet::Spans::listen();
    let mut all = Vec::new();
    for row in rows::rows() {
        all.extend(differences(&row).await);
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
    spans.check();
}

/// A redirect to another server, from http and from https, and to the same host and port without TLS: nobody sees a connection.
#[tokio::test]
async fn another_origin_sees_nothing() {
    quiet::Spans::listen();
    let other = Server::start(vec![Response::json(200, "[]")]).unwrap();
    for status in [302, 307, 308] {
        for target in [Target::Other, Target::OtherFromTls, Target::SameWithoutTls] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let here = listener.local_addr().unwrap();
            let location = match target {
                Target::SameWithoutTls => format!("http://{here}/kinds"),
                Target::Other | Target::OtherFromTls => format!("{}/kinds", other.base_url()),
            };
            let headers = [("location", location.as_str()), ("x-echo", quiet::PLANTED)];
            let server = Server::start(vec![Response::new(status, &headers, "")]).unwrap();
            let (base_url, connections) = match target {
                Target::Other => (server.base_url(), None),
                _ => counted(tls::in_front_of(listener, server.address())),
            };
            let client = Client::builder().token(quiet::PLANTED).base_url(base_url);
            let client = tls::trusting(client).build().unwrap();
            let error = client.list_kinds().send().await.unwrap_err();
            assert_eq!(kinds(&error), ["redirect"]);
            assert_eq!(error.location(), Some(location.as_str()));
            assert_eq!(quiet::found_in(&quiet::everything_shown(&error)), "");
            assert_eq!((server.connections(), other.connections()), (1, 0));
            assert!(connections.is_none_or(|all| all.load(Ordering::SeqCst) == 1));
        }
    }
}

#[derive(Clone, Copy)]
enum Target {
    Other,
    OtherFromTls,
    SameWithoutTls,
}
