//! Credentials that are asked for.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use client_runtime::{CallOptions, Credential, Method, RawCall};
use loopback::{Response, Server};

use crate::miniature::Client;

/// A token that is another one each time.
fn counting(asked: &Arc<AtomicUsize>) -> Credential {
    let asked = asked.clone();
    Credential::bearer("").provided_by(move || {
        let count = asked.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            // Long enough for other calls to come.
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok::<_, Infallible>(format!("planted-{count}"))
        }
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
    let failing = Credential::bearer("")
        .provided_by(|| async { Err::<String, _>(io::Error::other("the vault is locked")) });
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
    assert_eq!(
        chain,
        [
            "the provider of the credential failed",
            "the vault is locked"
        ]
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_a_provider_gives_is_checked_and_not_shown() {
    let server = Server::start(vec![Response::json(500, r#""planted-secret""#)]).unwrap();
    for (given, shown) in [
        (
            "planted-secret\n",
            "what the provider of the credential gave cannot be sent: the value holds a line break or another control character",
        ),
        (
            "planted-secret",
            "get_widget: HTTP 500 Internal Server Error",
        ),
    ] {
        let provided =
            Credential::bearer("").provided_by(move || async move { Ok::<_, Infallible>(given) });
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
    let silent =
        Credential::bearer("").provided_by(std::future::pending::<Result<String, Infallible>>);
    let builder = Client::to(&server).credential(silent);
    let client = builder.timeout(Duration::from_millis(100)).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert!(error.is_timeout() && error.is_credential(), "{error:?}");
}

#[tokio::test]
async fn several_401s_at_once_ask_once() {
    let asked = Arc::default();
    let answers = [widget()].into_iter();
    let answers = answers.chain((0..4).map(|_| unauthorized()));
    let server = Server::start(answers.chain((0..4).map(|_| widget())).collect()).unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    client.get_widget().id("7").send().await.unwrap();
    let calls = (0..4).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.get_widget().id("7").send().await.map(drop).is_ok() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_body_that_cannot_be_sent_again_does_not_keep_the_refused_token() {
    let asked = Arc::default();
    let server = Server::start(vec![unauthorized(), widget()]).unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    let piece = read_once();
    let call = RawCall::new(&client, Method::PUT, "/x").body(reqwest::Body::wrap_stream(piece));
    let error = call.send::<()>().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    client.get_widget().id("7").send().await.unwrap();
    assert_eq!(sent(&server), ["Bearer planted-1", "Bearer planted-2"]);
}

#[tokio::test]
async fn the_same_token_again_is_not_sent_again() {
    let server = Server::start(vec![unauthorized(), widget()]).unwrap();
    let same = Credential::bearer("").provided_by(|| async { Ok::<_, Infallible>("planted") });
    let client = Client::to(&server).credential(same).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_401_stays_when_there_is_no_other_token_and_says_why() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let failing = Credential::bearer("").provided_by(move || {
        let is_first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if is_first {
                Ok("planted-1")
            } else {
                Err(io::Error::other("planted-1 is gone"))
            }
        }
    });
    let server = Server::start(vec![unauthorized()]).unwrap();
    let client = Client::to(&server).credential(failing).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert!(!error.is_credential() && error.typed().is_some());
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(
        source.as_deref(),
        Some("the provider of the credential failed")
    );
}

#[tokio::test]
async fn a_token_that_was_refused_is_still_not_shown() {
    let asked = Arc::default();
    let server = Server::start(vec![
        unauthorized(),
        Response::new(
            400,
            &[("x-echo", "planted-1")],
            r#"{"message":"planted-1 was revoked"}"#,
        ),
    ])
    .unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.message(), Some("[redacted] was revoked"));
    assert!(!format!("{error:?} {:?}", error.headers()).contains("planted-1"));
}

#[tokio::test]
async fn what_a_provider_says_of_a_failed_call_has_no_url() {
    let refused = loopback::refused_base_url().unwrap();
    let failing = Credential::bearer("").provided_by(move || {
        let url = format!("{refused}/token?refresh_token=planted-refresh");
        async move { reqwest::get(url).await?.text().await }
    });
    let server = Server::start(vec![]).unwrap();
    let client = Client::to(&server).credential(failing).build().unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    let mut all = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        all.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    assert!(!all.contains("planted-refresh"), "{all}");
}

#[tokio::test]
async fn asking_goes_on_when_its_call_is_given_up() {
    let asked = Arc::default();
    let server = Server::start(vec![widget()]).unwrap();
    let client = Client::to(&server)
        .credential(counting(&asked))
        .build()
        .unwrap();
    let given_up = Client {
        inner: client
            .inner
            .with_options(&CallOptions::new().timeout(Duration::from_millis(1))),
        ..client.clone()
    };
    assert!(
        given_up
            .get_widget()
            .id("7")
            .send()
            .await
            .unwrap_err()
            .is_timeout()
    );
    client.get_widget().id("7").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_provider_may_call_its_own_client() {
    let server = Server::start(vec![widget(), widget()]).unwrap();
    let own: Arc<OnceLock<Client>> = Arc::default();
    let seen = own.clone();
    let asking = Credential::bearer("").provided_by(move || {
        let client = seen.get().cloned();
        async move {
            let client = client.ok_or("not yet")?;
            let answer = client.get_widget().id("7").send().await;
            answer.map(|_| "planted-1").map_err(|_| "no")
        }
    });
    let client = Client::to(&server).credential(asking).build().unwrap();
    own.set(client.clone()).unwrap();
    client.get_widget().id("7").send().await.unwrap();
    assert_eq!(sent(&server), ["Bearer planted-1"]);
}

#[tokio::test]
async fn a_provider_that_panics_is_an_error() {
    #[allow(clippy::panic, reason = "it is what is tested")]
    async fn panics() -> Result<String, Infallible> {
        panic!("planted")
    }
    let server = Server::start(vec![]).unwrap();
    let panicking = Credential::bearer("").provided_by(panics);
    let client = Client::to(&server).credential(panicking).build().unwrap();
    for _ in 0..2 {
        let error = client.get_widget().id("7").send().await.unwrap_err();
        assert!(error.is_credential(), "{error}");
    }
}

/// A body that is read once.
fn read_once() -> impl futures_core::Stream<Item = Result<&'static str, io::Error>> + Send + 'static
{
    struct Once(Option<&'static str>);
    impl futures_core::Stream for Once {
        type Item = Result<&'static str, io::Error>;
        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.take().map(Ok))
        }
    }
    Once(Some("body"))
}
