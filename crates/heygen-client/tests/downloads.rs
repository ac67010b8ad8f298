//! Files of videos, from a storage whose URLs expire.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use heygen_client::{Client, DownloadVideoError, RetryPolicy, VideoFile};
use loopback::{Response, Server};
use serde_json::{Value, json};

const KEY: &str = "sk_planted-key";

fn client(api: &Server) -> Client {
    let client = Client::builder().api_key(KEY).base_url(api.base_url());
    client.retry(RetryPolicy::off()).build().unwrap()
}

fn answer(video: &Value) -> Response {
    Response::json(200, json!({"data": video}).to_string())
}

/// A video that is done, with signed URLs of this age.
fn video(storage: &Server, age: u32) -> Response {
    let url = |name: &str| format!("{}/{name}?Signature=planted-{age}", storage.base_url());
    answer(&json!({
        "id": "v", "status": "completed", "video_url": url("film.mp4"), "captioned_video_url": url("captioned.mp4"),
        "subtitle_url": url("film.srt"), "thumbnail_url": url("film.jpg"), "gif_url": url("film.gif"),
    }))
}

fn expired() -> Response {
    Response::new(403, &[], "<Error><Message>planted-1</Message></Error>")
}

#[tokio::test]
async fn a_file_comes_without_the_key() {
    let storage = Server::start(vec![Response::new(200, &[], "abcd")]).unwrap();
    let api = Server::start(vec![video(&storage, 1)]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = told.clone();
    let client = client(&api);
    let download = client.download_video("v");
    let download = download.on_progress(move |at| seen.lock().unwrap().push(at.bytes));
    let written = download.to_file(&path).await.unwrap();
    assert_eq!(*written, 4);
    assert_eq!(tokio::fs::read(&path).await.unwrap(), b"abcd");
    assert_eq!(told.lock().unwrap().last(), Some(&4));
    assert_eq!(api.only_request().line, "GET /v3/videos/v HTTP/1.1");
    assert_eq!(api.only_request().header("x-api-key"), [KEY]);
    let request = storage.only_request();
    assert_eq!(request.target(), "/film.mp4?Signature=planted-1");
    assert!(request.header("x-api-key").is_empty());
}

#[tokio::test]
async fn each_file_has_its_url() {
    for (file, name) in [
        (VideoFile::Video, "film.mp4"),
        (VideoFile::Captioned, "captioned.mp4"),
        (VideoFile::Subtitles, "film.srt"),
        (VideoFile::Thumbnail, "film.jpg"),
        (VideoFile::Gif, "film.gif"),
    ] {
        let storage = Server::start(vec![Response::new(200, &[], "abcd")]).unwrap();
        let api = Server::start(vec![video(&storage, 1)]).unwrap();
        let client = client(&api);
        let mut answer = client.download_video("v").file(file).send().await.unwrap();
        assert_eq!(answer.chunk().await.unwrap().unwrap(), "abcd");
        let target = storage.only_request().target().to_owned();
        assert!(target.starts_with(&format!("/{name}?")), "{target}");
    }
}

#[tokio::test]
async fn a_url_that_has_expired_is_asked_for_again_once() {
    let good = Response::new(200, &[], "abcd");
    let storage = Server::start(vec![expired(), good]).unwrap();
    let api = Server::start(vec![video(&storage, 1), video(&storage, 2)]).unwrap();
    let client = client(&api);
    let mut answer = client.download_video("v").send().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abcd");
    let targets: Vec<String> = storage
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    let expected = [
        "/film.mp4?Signature=planted-1",
        "/film.mp4?Signature=planted-2",
    ];
    assert_eq!(targets, expected);
    for request in storage.requests() {
        assert!(request.header("x-api-key").is_empty());
    }
    assert_eq!(api.requests().len(), 2);

    let storage = Server::start(vec![expired(), expired()]).unwrap();
    let api = Server::start(vec![video(&storage, 1), video(&storage, 1)]).unwrap();
    let client = self::client(&api);
    let error = client.download_video("v").send().await.unwrap_err();
    let DownloadVideoError::Transfer(source) = &error else {
        panic!("{error}")
    };
    assert_eq!(source.status().unwrap(), 403);
    assert_eq!(error.message(), Some("[redacted]"));
    assert_eq!((api.connections(), storage.connections()), (2, 2));
    support::quiet(&error);
}

#[tokio::test]
async fn a_video_that_is_gone_meanwhile_is_said_to_be() {
    let missing = r#"{"error": {"code": "video_not_found", "message": "planted"}}"#;
    let failed = json!({"id": "v", "status": "failed", "failure_message": "planted"});
    for (answer, said) in [
        (
            Response::json(404, missing),
            "the video could not be asked for: get_video: HTTP 404 Not Found",
        ),
        (
            answer(&failed),
            "the video is not completed: its state is `failed`",
        ),
    ] {
        let storage = Server::start(vec![expired()]).unwrap();
        let api = Server::start(vec![video(&storage, 1), answer]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let client = client(&api);
        let error = client.download_video("v").to_file(&path).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the video was not downloaded: download: HTTP 403 Forbidden"
        );
        let cause = error.source().unwrap().source().unwrap();
        assert_eq!(cause.to_string(), said);
        support::quiet(&error);
        assert!(!path.exists());
    }
}

#[tokio::test]
async fn a_video_without_the_file_says_its_state() {
    let url = "https://files.example.com/?planted";
    for (video, said) in [
        (
            json!({"id": "v", "status": "processing", "video_url": url}),
            "the video is not completed: its state is `processing`",
        ),
        (
            json!({"id": "v", "status": "planted", "video_url": url}),
            "the video is not completed: its state is not a known one",
        ),
        (
            json!({"id": "v", "status": "completed", "video_url": null, "gif_url": url}),
            "the video is completed, but has no video file",
        ),
        (
            json!({"id": "v", "status": "completed", "video_url": ""}),
            "the video is completed, but has no video file",
        ),
    ] {
        let api = Server::start(vec![answer(&video)]).unwrap();
        let client = client(&api);
        let error = client.download_video("v").send().await.unwrap_err();
        assert_eq!(error.to_string(), said);
        let state = error.video().unwrap().status.as_str();
        assert_eq!(state, video["status"].as_str().unwrap());
        support::quiet(&error);
    }
    let failed = json!({"id": "v", "status": "failed", "failure_message": "The script is empty"});
    let api = Server::start(vec![answer(&failed)]).unwrap();
    let client = client(&api);
    let error = client.download_video("v").send().await.unwrap_err();
    assert_eq!(error.message(), Some("The script is empty"));
}

#[tokio::test]
async fn other_failures_are_what_they_are() {
    let body = r#"{"error": {"code": "not_found", "message": "No such video"}}"#;
    let api = Server::start(vec![Response::json(404, body)]).unwrap();
    let client = client(&api);
    let error = client.download_video("v").send().await.unwrap_err();
    assert!(matches!(error, DownloadVideoError::Call(_)), "{error}");
    assert_eq!(error.message(), Some("No such video"));

    let storage = Server::start(vec![Response::truncated(200, "abc", 5)]).unwrap();
    let api = Server::start(vec![video(&storage, 1)]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let client = self::client(&api);
    let error = client.download_video("v").to_file(&path).await.unwrap_err();
    let DownloadVideoError::Transfer(source) = &error else {
        panic!("{error}")
    };
    assert!(source.is_body() && !path.exists());
    support::quiet(&error);

    fn assert_send<T: Send>(_: &T) {}
    assert_send(&client.download_video("v").to_file("a"));
    assert_send(&client.download_video("v").send());
}
