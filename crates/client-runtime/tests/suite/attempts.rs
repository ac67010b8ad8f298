//! Calls that are made again, and keys by which a server knows them.

use std::time::{Duration, Instant, SystemTime};

use client_runtime::{CallOptions, RetryPolicy};
use loopback::{Response, Server};

use crate::miniature::{Client, ClientBuilder, types::Widget};

fn at_once(builder: ClientBuilder) -> ClientBuilder {
    let policy = RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    ClientBuilder {
        config: builder.config.retry(policy),
    }
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Response {
    Response::new(status, headers, r#"{"id":1}"#)
}

#[tokio::test]
async fn a_call_that_is_not_idempotent_is_made_again_only_after_a_429_that_says_when() {
    for (first, requests) in [
        (answer(503, &[]), 1),
        (answer(503, &[("retry-after", "0")]), 1),
        (answer(429, &[]), 1),
        (answer(429, &[("retry-after", "0")]), 2),
        (
            answer(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]),
            2,
        ),
        (answer(429, &[("retry-after", "soon")]), 1),
        (Response::raw(""), 1),
    ] {
        let server = Server::start(vec![first, answer(201, &[])]).unwrap();
        let client = at_once(Client::to(&server)).build().unwrap();
        let result = client.create_widget().json(Widget::default()).await;
        assert_eq!(result.is_ok(), requests == 2, "{result:?}");
        assert_eq!(server.connections(), requests);
    }
}

#[tokio::test]
async fn what_the_server_asks_for_is_waited_for() {
    // A date has whole seconds, so of two of them at least one is left.
    let soon = || httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    for asked in [&(|| "1".to_owned()) as &dyn Fn() -> String, &soon] {
        let asked = asked();
        let first = answer(429, &[("retry-after", asked.as_str())]);
        let server = Server::start(vec![first, answer(200, &[])]).unwrap();
        let client = at_once(Client::to(&server)).build().unwrap();
        let start = Instant::now();
        client.get_widget().id("1").send().await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(900), "{asked}");
    }
}

#[tokio::test]
async fn what_is_sent_again_is_the_same_call() {
    let answers = vec![
        answer(500, &[]),
        answer(307, &[("location", "/other")]),
        answer(502, &[]),
        answer(200, &[]),
    ];
    let server = Server::start(answers).unwrap();
    let client = at_once(Client::to(&server).api_key("k")).build().unwrap();
    client
        .get_widget()
        .id("7")
        .q(&["a b"])
        .send()
        .await
        .unwrap();
    let requests = server.requests();
    let lines: Vec<&str> = requests
        .iter()
        .map(|request| request.line.as_str())
        .collect();
    let first = "GET /widgets/7?q=a%20b HTTP/1.1";
    // A redirect is part of an attempt; the next one begins where the call does.
    assert_eq!(lines, [first, first, "GET /other HTTP/1.1", first]);
    for request in &requests {
        assert_eq!(request.header("x-api-key"), ["k"]);
    }
}

#[tokio::test]
async fn a_key_is_one_of_a_call_and_not_of_an_attempt() {
    let answers = [201, 201, 200].into_iter();
    let answers = answers
        .flat_map(|last| [answer(503, &[]), answer(last, &[])])
        .collect();
    let server = Server::start(answers).unwrap();
    let builder = at_once(Client::to(&server));
    let config = builder.config.idempotency_key("Idempotency-Key");
    let client = ClientBuilder { config }.build().unwrap();
    for _ in 0..2 {
        client
            .create_widget()
            .json(Widget::default())
            .await
            .unwrap();
    }
    client.get_widget().id("7").send().await.unwrap();
    let requests = server.requests();
    let keys: Vec<Vec<&str>> = requests
        .iter()
        .map(|request| request.header("idempotency-key"))
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[2], keys[3]);
    assert_ne!(keys[0], keys[2]);
    assert!(
        keys[..4]
            .iter()
            .all(|key| key.len() == 1 && key[0].len() == 36),
        "{keys:?}"
    );
    assert!(keys[4..].iter().all(Vec::is_empty), "{keys:?}");
}

/// A retry that meets the attempt before it, which goes on at the server.
#[tokio::test]
async fn a_retry_with_a_key_waits_for_the_attempt_that_broke_off() {
    let under_way = || answer(409, &[]);
    for (answers, key, made, succeeds) in [
        (
            vec![Response::raw(""), under_way(), answer(201, &[])],
            true,
            3,
            true,
        ),
        (
            vec![answer(504, &[]), under_way(), under_way()],
            true,
            3,
            false,
        ),
        // What the first attempt hears is what there is: a conflict.
        (vec![under_way(), answer(201, &[])], true, 1, false),
        // The API is not known to have keys, so the second attempt is one for another reason.
        (
            vec![
                answer(429, &[("retry-after", "0")]),
                under_way(),
                answer(201, &[]),
            ],
            false,
            2,
            false,
        ),
    ] {
        let server = Server::start(answers).unwrap();
        let mut builder = at_once(Client::to(&server));
        if key {
            builder.config = builder.config.idempotency_key("Idempotency-Key");
        }
        let client = builder.build().unwrap();
        let result = client.create_widget().json(Widget::default()).await;
        assert_eq!(result.is_ok(), succeeds, "{result:?}");
        assert_eq!(server.connections(), made);
        let requests = server.requests();
        let keys = requests
            .iter()
            .map(|request| request.header("idempotency-key"));
        assert!(
            keys.collect::<Vec<_>>()
                .windows(2)
                .all(|two| two[0] == two[1])
        );
    }
}

#[tokio::test]
async fn options_are_those_of_a_clone() {
    let answers = vec![
        answer(503, &[]),
        answer(200, &[]),
        answer(503, &[]),
        answer(200, &[]).after(Duration::from_secs(20)),
    ];
    let server = Server::start(answers).unwrap();
    let client = at_once(Client::to(&server)).build().unwrap();
    let with = |options: &CallOptions| Client {
        inner: client.inner.with_options(options),
        ..client.clone()
    };
    client.get_widget().id("7").send().await.unwrap();
    let once = with(&CallOptions::new().retry(RetryPolicy::off()));
    let error = once.get_widget().id("7").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    let hurried = with(&CallOptions::new().timeout(Duration::from_millis(200)));
    let error = hurried.get_widget().id("7").send().await.unwrap_err();
    assert!(error.is_timeout() && server.connections() == 4, "{error}");
}
