//! Credentials that are asked for.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::Credential;
use loopback::{Response, Server};

use crate::miniature::Client;

/// A token that is another one each time.
fn counting(asked: &Arc<AtomicUsize>) -> Credential {
    let asked = asked.clone();
    Credential::provided(Credential::bearer, move || {
        let count = asked.fetch_add(1, Ordering::SeqCst) + 1;
        async move { Ok::<_, Infallible>(format!("planted-{count}")) }
    })
}

fn widget() -> Response {
    Response::json(200, r#"{"id":1}"#)
}

fn unauthorized() -> Response {
    Response::json(401, r#"{"code":1}"#)
}

fn sent(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let fields = requests
        .iter()
        .flat_map(|request| request.header("authorization"));
    fields.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_provider_is_asked_once_until_a_401_and_once_then() {
    let asked = Arc::default();
    let answers = vec![
        widget(),
        widget(),
        unauthorized(),
        widget(),
        unauthorized(),
        unauthorized(),
    ];
    let server = Server::start(answers).unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    for _ in 0..3 {
        client.get_widget().id("7").send().await.unwrap();
    }
    assert_eq!(
        sent(&server),
        [
            "Bearer planted-1",
            "Bearer planted-1",
            "Bearer planted-1",
            "Bearer planted-2"
        ]
    );
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(server.connections(), 6);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_401_with_a_credential_that_is_known_is_the_answer() {
    let server = Server::start(vec![unauthorized(), widget()]).unwrap();
    let client = Client::to(&server).token("t").build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn calls_at_the_same_time_ask_once() {
    let asked = Arc::default();
    let server = Server::start((0..8).map(|_| widget()).collect()).unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    let calls = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.get_widget().id("7").send().await.map(drop).is_ok() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap());
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_provider_that_fails_is_an_error_with_its_source() {
    let server = Server::start(vec![]).unwrap();
    let failing = Credential::provided(Credential::bearer, || async {
        Err::<String, _>(io::Error::other("the vault is locked"))
    });
    let client = Client::to(&server).credential(failing).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert!(error.is_credential() && !error.is_retryable());
    assert_eq!(error.to_string(), "get_widget: there is no credential");
    let mut chain = Vec::new();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        chain.push(error.to_string());
        source = error.source();
    }
    assert_eq!(chain, ["the provider failed", "the vault is locked"]);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_a_provider_gives_is_checked_and_not_shown() {
    let server = Server::start(vec![Response::json(500, r#""planted-secret""#)]).unwrap();
    for (given, shown) in [
        (
            "planted-secret\n",
            "what the provider gave cannot be sent: the value holds a line break or another control character",
        ),
        (
            "planted-secret",
            "get_widget: HTTP 500 Internal Server Error",
        ),
    ] {
        let provided = Credential::provided(Credential::bearer, move || async move {
            Ok::<_, Infallible>(given)
        });
        let client = Client::to(&server).credential(provided).build().unwrap();
        let error = client.get_widget().id("7").send().await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        let all = format!(
            "{error} {error:?} {source:?} {:?} {client:?}",
            error.message()
        );
        assert!(
            all.contains(shown) && !all.contains("planted-secret"),
            "{all}"
        );
    }
}

#[tokio::test]
async fn asking_takes_of_the_time_of_the_call() {
    let server = Server::start(vec![]).unwrap();
    let silent = Credential::provided(
        Credential::bearer,
        std::future::pending::<Result<String, Infallible>>,
    );
    let builder = Client::to(&server).credential(silent);
    let client = builder.timeout(Duration::from_millis(100)).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert!(error.is_timeout() && error.is_credential(), "{error:?}");
}
