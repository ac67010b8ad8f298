//! Calls that cost money are paid once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::time::Duration;

use heygen_client::types::{
    AssetUrl, CreateAiClipping, CreateLipsync, CreateSpeech, CreateVideoAgent,
    CreateVideoFromAvatar, CreateVideoTranslation,
};
use heygen_client::{Client, RetryPolicy};
use loopback::{Response, Server};

/// Makes a call that fails three times, and compares the keys that it was made with.
async fn paid_once<T, E, F>(path: &str, call: impl AsyncFnOnce(Client) -> Result<T, E>, other: F)
where
    F: AsyncFnOnce(Client) -> Result<T, E>,
{
    let busy = [Response::json(503, "{}"), Response::raw("")];
    let answers = [&busy[..], &[Response::json(503, "{}")], &busy[..]].concat();
    let server = Server::start(answers).unwrap();
    let policy = RetryPolicy::default()
        .first_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    let client = Client::builder().api_key("k").retry(policy);
    let client = client.base_url(server.base_url()).build().unwrap();
    assert!(call(client.clone()).await.is_err());
    assert!(other(client).await.is_err());
    let requests = server.requests();
    let keys: Vec<_> = requests
        .iter()
        .map(|request| {
            assert_eq!(request.line, format!("POST {path} HTTP/1.1"));
            let keys = request.header("idempotency-key");
            assert_eq!(keys.len(), 1, "{path}");
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_:.-".contains(c);
            assert!(keys[0].chars().all(is_allowed) && keys[0].len() <= 255);
            keys[0].to_owned()
        })
        .collect();
    let (first, second) = keys.split_at(3);
    assert!(first.iter().all(|key| *key == keys[0]), "{path}: {keys:?}");
    assert!(second.iter().all(|key| *key == second[0]), "{path}");
    assert!(
        second.len() == 3 && second[0] != keys[0],
        "{path}: {keys:?}"
    );
}

/// The connection broke off while HeyGen worked, and it still does when the call is made again: what was paid for comes in the end.
#[tokio::test]
async fn a_call_that_is_under_way_is_not_lost() {
    let under_way = r#"{"error": {"code": "request_in_progress", "message": "The first request is still processed"}}"#;
    let made = r#"{"data": {"video_id": "video_a1", "status": "waiting", "output_format": "mp4"}}"#;
    let answers = vec![
        Response::raw(""),
        Response::json(409, under_way),
        Response::json(200, made),
    ];
    let server = Server::start(answers).unwrap();
    let policy = RetryPolicy::default().first_delay(Duration::ZERO);
    let client = Client::builder().api_key("k").retry(policy);
    let client = client.base_url(server.base_url()).build().unwrap();
    let body = CreateVideoFromAvatar::new("look_9");
    let made = client.create_video().body(body).send().await.unwrap();
    assert_eq!(made.data.video_id, "video_a1");
    let requests = server.requests();
    let key = requests[0].header("idempotency-key");
    assert!(
        requests
            .iter()
            .all(|request| request.header("idempotency-key") == key)
    );
}

/// The same call twice, with a body that is made anew.
macro_rules! paid_once {
    ($path:literal, $operation:ident, $body:expr) => {
        paid_once(
            $path,
            async |client| client.$operation().body($body).send().await,
            async |client| client.$operation().body($body).send().await,
        )
        .await;
    };
}

#[tokio::test]
async fn attempts_have_one_key_and_calls_have_their_own() {
    let url = || AssetUrl::new("https://example.com/a.mp4");
    paid_once!(
        "/v3/videos",
        create_video,
        CreateVideoFromAvatar::new("look_9")
    );
    paid_once!(
        "/v3/video-translations",
        create_video_translation,
        CreateVideoTranslation::new(vec!["Spanish".to_owned()], url())
    );
    paid_once!(
        "/v3/lipsyncs",
        create_lipsync,
        CreateLipsync::new(url(), url())
    );
    paid_once!(
        "/v3/ai-clipping",
        create_ai_clipping,
        CreateAiClipping::new(url())
    );
    paid_once!(
        "/v3/video-agents",
        create_video_agent,
        CreateVideoAgent::new("p")
    );
    paid_once!(
        "/v3/voices/speech",
        create_speech,
        CreateSpeech::new("t", "v")
    );
}
