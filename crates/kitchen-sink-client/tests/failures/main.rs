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

use std::sync::atomic::Ordering;

use kitchen_sink_client::{Client, ClientBuilder, Error};
use loopback::{Response, Server};
use rows::{Call, Expected, Row};

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

async fn outcome(client: &Client, call: Call) -> Result<String, Error> {
    match call {
        Call::Page => {
            let page = client.list_widgets().send().await;
            let page = page.map_err(Error::into_untyped)?;
            Ok(serde_json::to_string(&page.widgets).unwrap())
        }
        Call::Kinds => {
            let kinds = client.list_kinds().send().await?;
            Ok(serde_json::to_string(&*kinds).unwrap())
        }
        Call::Make => {
            let made = client.create_widget().body(rows::new_widget()).send().await;
            made.map(|widget| widget.id.clone())
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
                .map(|answer| answer.status().to_string())
                .map_err(Error::into_untyped)
        }
    }
}

async fn differences(row: &Row) -> Vec<String> {
    let mut connections = None;
    let server = match &row.server {
        rows::Peer::Answers(answers) | rows::Peer::AnswersByTls(answers) => {
            Some(Server::start(answers()).unwrap())
        }
        rows::Peer::Nobody | rows::Peer::Reset => None,
    };
    let base_url = match &row.server {
        rows::Peer::Nobody => loopback::refused_base_url().unwrap(),
        rows::Peer::Reset => {
            let (base_url, count) = servers::resetting().unwrap();
            connections = Some(count);
            base_url
        }
        rows::Peer::Answers(_) => server.as_ref().unwrap().base_url(),
        rows::Peer::AnswersByTls(_) => {
            tls::in_front_of(server.as_ref().unwrap().address()).unwrap()
        }
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
            compare("value", found.clone(), (*expected).to_owned());
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
    let requests = match (&server, &connections) {
        (Some(server), _) => server.connections(),
        (None, Some(connections)) => connections.load(Ordering::SeqCst),
        (None, None) => 0,
    };
    compare("requests", requests.to_string(), row.requests.to_string());
    let shown = match &outcome {
        Ok(_) => format!("{client:?}"),
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

/// A redirect to another server, from http and from https: that one sees no connection.
#[tokio::test]
async fn another_origin_sees_nothing() {
    quiet::Spans::listen();
    let other = Server::start(vec![Response::json(200, "[]")]).unwrap();
    let location = format!("{}/kinds", other.base_url());
    for (status, by_tls) in [302, 307, 308]
        .iter()
        .flat_map(|status| [(*status, false), (*status, true)])
    {
        let answer = Response::new(status, &[("location", location.as_str())], "");
        let server = Server::start(vec![answer]).unwrap();
        let base_url = if by_tls {
            tls::in_front_of(server.address()).unwrap()
        } else {
            server.base_url()
        };
        let client = Client::builder().token(quiet::PLANTED).base_url(base_url);
        let client = tls::trusting(client).build().unwrap();
        let error = client.list_kinds().send().await.unwrap_err();
        assert_eq!(kinds(&error), ["redirect"]);
        assert_eq!(error.location(), Some(location.as_str()));
        assert_eq!((server.connections(), other.connections()), (1, 0));
    }
}
