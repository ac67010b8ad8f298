//! Uploads in one call and directly to the storage, step by step on the wire.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heygen_client::types::{AssetInput, AssetRef};
use heygen_client::{Client, FilePart, RetryPolicy, Upload, UploadError, Uploaded};
use loopback::{Request, Response, Server};
use serde_json::{Value, json};

const KEY: &str = "sk_planted-key";
const SIGNATURE: &str = "planted-signature";
const CHECKSUM: &str = "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589";

fn client(api: &Server) -> Client {
    let client = Client::builder().api_key(KEY).base_url(api.base_url());
    client.retry(RetryPolicy::off()).build().unwrap()
}

/// Where the bytes go, with a signature.
fn place(storage: &Server, headers: Value) -> Response {
    let url = format!("{}/asset_b8?Signature={SIGNATURE}", storage.base_url());
    let place = json!({
        "asset_id": "asset_b8", "status": "pending_upload", "upload_url": url, "upload_headers": headers,
        "expires_in_seconds": 3600, "max_bytes": 4,
    });
    Response::json(200, json!({"data": place}).to_string())
}

fn completed() -> Response {
    let asset = json!({
        "asset_id": "asset_b8", "status": "processing", "mime_type": "video/mp4", "size_bytes": 4,
        "url": "https://files.example.com/asset_b8.mp4?Signature=planted",
    });
    Response::json(200, json!({"data": asset}).to_string())
}

fn film() -> FilePart {
    FilePart::from("abcd").with_file_name("film.MP4")
}

fn json_of(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

/// Nothing of an error says what is secret.
fn quiet(error: &UploadError) {
    let message = error.message();
    assert!(!message.is_some_and(|message| message.contains("planted")));
    support::quiet(error);
}

#[tokio::test]
async fn a_short_file_goes_in_one_call() {
    let asset = json!({"asset_id": "asset_7", "mime_type": "image/png", "size_bytes": 4, "url": "https://files.example.com/?planted"});
    let answer = || Response::json(200, json!({"data": asset}).to_string());
    let api = Server::start(vec![answer(), answer(), answer()]).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = told.clone();
    let file = FilePart::from("abcd").with_file_name("portrait.png");
    let upload = client(&api)
        .upload(file)
        .on_progress(move |at| seen.lock().unwrap().push((at.bytes, at.total)))
        .send()
        .await
        .unwrap();
    assert_eq!((&upload.asset_id[..], upload.size_bytes), ("asset_7", 4));
    assert_eq!(
        (&upload.mime_type[..], &upload.status),
        ("image/png", &None)
    );
    assert!(!format!("{upload:?}").contains("planted"), "{upload:?}");
    assert_eq!(*told.lock().unwrap(), [(0, Some(4)), (4, Some(4))]);

    let client = client(&api);
    let other = FilePart::from("abcd").with_file_name("portrait.png");
    let other = other.with_content_type("image/jpeg");
    client.upload(other).timeout(None).send().await.unwrap();
    client.upload("abcd").send().await.unwrap();
    let sent = [
        ("filename=\"portrait.png\"", "Content-Type: image/png\r\n"),
        ("filename=\"portrait.png\"", "Content-Type: image/jpeg\r\n"),
        (
            "filename=\"file\"",
            "Content-Type: application/octet-stream\r\n",
        ),
    ];
    for (request, (name, media_type)) in api.requests().iter().zip(sent) {
        assert_eq!(request.line, "POST /v3/assets HTTP/1.1");
        assert_eq!(request.header("x-api-key"), [KEY]);
        let body = String::from_utf8_lossy(&request.body).into_owned();
        assert!(body.contains(name), "{body}");
        assert!(
            body.to_lowercase().contains(&media_type.to_lowercase()),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_file_goes_directly_to_the_storage_without_the_key() {
    let storage = Server::start(vec![Response::new(200, &[], "")]).unwrap();
    let headers =
        json!({"Content-Type": "video/mp4", "x-amz-checksum-sha256": "c", "Content-Length": "4"});
    let api = Server::start(vec![place(&storage, headers), completed()]).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = told.clone();
    let client = client(&api);
    let upload = client.upload(film()).checksum_sha256(CHECKSUM);
    let upload = upload.on_progress(move |at| seen.lock().unwrap().push(at.bytes));
    let uploaded = upload.send().await.unwrap();
    assert_eq!(uploaded.status.as_deref(), Some("processing"));
    assert_eq!(*told.lock().unwrap(), [0, 4]);

    let requests = api.requests();
    assert_eq!(requests[0].line, "POST /v3/assets/direct-uploads HTTP/1.1");
    assert_eq!(
        json_of(&requests[0]),
        json!({"filename": "film.MP4", "content_type": "video/mp4", "size_bytes": 4, "checksum_sha256": CHECKSUM})
    );
    assert_eq!(
        requests[1].line,
        "POST /v3/assets/asset_b8/complete HTTP/1.1"
    );
    assert_eq!(json_of(&requests[1]), json!({"checksum_sha256": CHECKSUM}));
    for request in requests {
        assert_eq!(request.header("x-api-key"), [KEY]);
    }
    let put = storage.only_request();
    assert_eq!(
        put.line,
        format!("PUT /asset_b8?Signature={SIGNATURE} HTTP/1.1")
    );
    let mut names: Vec<String> = put
        .headers
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    names.sort();
    let expected = [
        "accept",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-amz-checksum-sha256",
    ];
    assert_eq!(names, expected);
    assert_eq!(put.header("content-type"), ["video/mp4"]);
    assert_eq!(put.body, b"abcd");

    let AssetRef::AssetId(id) = AssetRef::from(uploaded.clone()) else {
        panic!("not an id")
    };
    assert_eq!(id.asset_id, "asset_b8");
    assert!(matches!(AssetInput::from(uploaded), AssetInput::AssetId(_)));
}

#[tokio::test]
async fn the_length_chooses_the_way() {
    let limit = usize::try_from(Upload::ONE_CALL_LIMIT).unwrap();
    for (length, target) in [
        (limit, "/v3/assets"),
        (limit + 1, "/v3/assets/direct-uploads"),
    ] {
        let keep = |_: &Request, body: &mut dyn io::BufRead| {
            io::copy(body, &mut io::sink()).map(|length| length.to_string().into_bytes())
        };
        let api = Server::start_keeping(vec![Response::json(413, "{}")], keep).unwrap();
        let film = FilePart::new(vec![0; length]).with_content_type("video/mp4");
        let error = client(&api).upload(film).send().await.unwrap_err();
        assert_eq!(api.only_request().target(), target);
        match error {
            UploadError::Send(error) if length == limit => {
                assert_eq!(error.status().unwrap(), 413);
            }
            UploadError::Create(error) if length > limit => {
                assert_eq!(error.status().unwrap(), 413);
            }
            error => panic!("{error}"),
        }
    }
}

/// The way directly to a storage that answers this, with what HeyGen answers to the last step.
async fn direct(storage: Response, last: Vec<Response>) -> (UploadError, Server) {
    let storage = Server::start(vec![storage]).unwrap();
    let headers = json!({"Content-Type": "video/mp4"});
    let api = Server::start([vec![place(&storage, headers)], last].concat()).unwrap();
    let outcome = client(&api).upload(film()).directly().send().await;
    let error = outcome.unwrap_err();
    quiet(&error);
    (error, api)
}

#[tokio::test]
async fn the_step_that_failed_is_said() {
    let refusal = json!({"error": {"code": "quota_exceeded", "message": "Too much"}});
    let refused = || Response::json(409, refusal.to_string());
    let api = Server::start(vec![refused(), refused()]).unwrap();
    let client = client(&api);
    let error = client.upload(film()).send().await.unwrap_err();
    assert!(matches!(error, UploadError::Send(_)), "{error}");
    assert_eq!(
        (error.message(), error.asset_id()),
        (Some("Too much"), None)
    );
    let error = client.upload(film()).directly().send().await.unwrap_err();
    assert!(matches!(error, UploadError::Create(_)), "{error}");
    assert_eq!(
        (error.message(), error.asset_id()),
        (Some("Too much"), None)
    );
    quiet(&error);

    let expired = format!("<Error><Message>Expired {SIGNATURE}</Message></Error>");
    let (error, api) = direct(Response::new(403, &[], expired), vec![]).await;
    assert!(matches!(error, UploadError::Put { .. }), "{error}");
    assert_eq!(error.message(), Some("Expired [redacted]"));
    assert_eq!(error.asset_id(), Some("asset_b8"));
    assert_eq!(
        error.to_string(),
        "the asset \"asset_b8\" was made, but its file was not uploaded: upload: HTTP 403 Forbidden"
    );
    // HeyGen is not told of a file that is not there.
    assert_eq!(api.connections(), 1);
    let (error, _) = direct(Response::raw(""), vec![]).await;
    assert!(matches!(error, UploadError::Put { .. }), "{error}");

    let done = Response::new(200, &[], "");
    let (error, api) = direct(done.clone(), vec![refused()]).await;
    assert!(matches!(error, UploadError::Complete { .. }), "{error}");
    assert_eq!(error.message(), Some("Too much"));
    assert_eq!(error.asset_id(), Some("asset_b8"));
    assert_eq!(api.connections(), 2);
    let odd = Response::json(200, r#"{"data": {"url": "https://planted.example"}}"#);
    let (error, _) = direct(done, vec![odd]).await;
    assert!(matches!(error, UploadError::Complete { .. }), "{error}");
}

#[tokio::test]
async fn what_cannot_be_uploaded_is_refused_before_anything_is_sent() {
    let api = Server::start(vec![]).unwrap();
    let client = client(&api);
    for (upload, said) in [
        (client.upload("abcd").directly(), "what the file is"),
        (
            client.upload("abcd").checksum_sha256("planted"),
            "not SHA-256 in hex",
        ),
        (
            client.upload(film()).checksum_sha256(&CHECKSUM[1..]),
            "not SHA-256 in hex",
        ),
    ] {
        let error = upload.send().await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        quiet(&error);
    }
    assert_eq!(api.connections(), 0);
}

#[tokio::test]
async fn a_place_that_cannot_be_used_is_not() {
    let nowhere = |url: &str, headers: Value| {
        let place = json!({
            "asset_id": "asset_b8", "status": "pending_upload", "upload_url": url, "upload_headers": headers,
            "expires_in_seconds": 1, "max_bytes": 4,
        });
        Response::json(200, json!({"data": place}).to_string())
    };
    for answer in [
        nowhere("", Value::Null),
        nowhere("http://storage.example/?planted", json!({})),
        nowhere(
            "https://127.0.0.1:1/?planted",
            json!({"Content-Length": "5"}),
        ),
        nowhere(
            "https://127.0.0.1:1/?planted",
            json!({"x-a": "planted\r\n"}),
        ),
    ] {
        let api = Server::start(vec![answer]).unwrap();
        let outcome = client(&api).upload(film()).directly().send().await;
        let error = outcome.unwrap_err();
        let UploadError::Put { source, .. } = &error else {
            panic!("{error}")
        };
        assert!(source.is_invalid_request(), "{source}");
        quiet(&error);
        assert_eq!(api.connections(), 1);
    }
}

#[tokio::test]
async fn a_place_that_takes_less_is_sent_nothing() {
    let storage = Server::start(vec![]).unwrap();
    let api = Server::start(vec![place(&storage, json!({}))]).unwrap();
    let long = FilePart::from("abcde").with_file_name("film.mp4");
    let outcome = client(&api).upload(long).directly().send().await;
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the asset \"asset_b8\" was made, but its file has 5 bytes and may have 4"
    );
    assert_eq!(
        (error.asset_id(), error.message()),
        (Some("asset_b8"), None)
    );
    assert_eq!((api.connections(), storage.connections()), (1, 0));
    quiet(&error);
}

/// The one call has ten minutes or the client's time, whichever is longer, unless it is said how long.
#[tokio::test]
async fn the_one_call_has_a_time_of_its_own() {
    let asset = json!({"asset_id": "asset_7", "mime_type": "image/png", "size_bytes": 4, "url": "https://files.example.com/"});
    let slow = Response::json(200, json!({"data": asset}).to_string());
    let slow = slow.after(Duration::from_millis(400));
    let api = Server::start(vec![slow.clone(), slow]).unwrap();
    let client = Client::builder().api_key(KEY).base_url(api.base_url());
    let client = client.retry(RetryPolicy::off());
    let client = client.timeout(Duration::from_millis(50)).build().unwrap();
    client.upload("abcd").send().await.unwrap();
    let hurried = client.upload("abcd").timeout(Duration::from_millis(50));
    let UploadError::Send(error) = hurried.send().await.unwrap_err() else {
        panic!("another step")
    };
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_file_that_is_shorter_than_announced_is_not_completed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    tokio::fs::write(&path, "abcd").await.unwrap();
    let film = FilePart::open(&path).await.unwrap();
    tokio::fs::write(&path, "ab").await.unwrap();
    let storage = Server::start(vec![Response::new(200, &[], "")]).unwrap();
    let api = Server::start(vec![place(&storage, json!({})), completed()]).unwrap();
    let outcome = client(&api).upload(film).directly().send().await;
    let error = outcome.unwrap_err();
    let UploadError::Put { source, .. } = &error else {
        panic!("{error}")
    };
    assert!(source.is_request_body(), "{source}");
    assert_eq!(api.connections(), 1);
}

#[tokio::test]
async fn each_step_is_tried_again_where_that_does_no_harm() {
    let busy = || Response::new(503, &[], "");
    let storage = Server::start(vec![busy(), Response::new(200, &[], "")]).unwrap();
    let answers = vec![busy(), place(&storage, json!({})), busy(), completed()];
    let api = Server::start(answers).unwrap();
    let policy = RetryPolicy::default().first_delay(Duration::ZERO);
    let client = Client::builder().api_key(KEY).base_url(api.base_url());
    let client = client.retry(policy).build().unwrap();
    client.upload(film()).directly().send().await.unwrap();
    assert_eq!(storage.requests().len(), 2);
    let requests = api.requests();
    let keys: Vec<_> = requests
        .iter()
        .map(|request| request.header("idempotency-key"))
        .collect();
    assert!(keys[0].len() == 1 && keys[0] == keys[1], "{keys:?}");
    assert!(keys[2].len() == 1 && keys[2] == keys[3], "{keys:?}");
    assert_ne!(keys[0], keys[2]);
}

#[test]
fn futures_are_send_and_nothing_secret_is_shown() {
    fn assert_send<T: Send>(_: &T) {}
    let client = Client::builder().api_key(KEY).build().unwrap();
    let upload = client.upload(film());
    assert!(!format!("{upload:?}").contains("planted"), "{upload:?}");
    assert_send(&upload.send());
    fn is_send_sync<T: Send + Sync + 'static>() {}
    is_send_sync::<UploadError>();
    is_send_sync::<Uploaded>();
}
