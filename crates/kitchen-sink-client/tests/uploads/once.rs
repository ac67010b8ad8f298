//! Streams are sent once.

use kitchen_sink_client::types::PaletteImport;
use kitchen_sink_client::{Client, FilePart};

use crate::support::{import, pieces, start, stored, upload};

#[tokio::test]
async fn a_stream_is_sent_once() {
    let spent = "invalid request: the stream was sent before, and can be sent only once";
    let part = FilePart::from_stream(pieces(&["abc"]), 3);
    let (server, client) = start(vec![stored()]);
    upload(&client, part.clone()).await.unwrap();

    let error = upload(&client, part.clone()).await.unwrap_err();
    assert!(error.is_invalid_request() && !error.is_request_body());
    assert_eq!(error.to_string(), format!("upload_file: {spent}"));

    let error = import(&client, PaletteImport::new(part.clone(), "T"))
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), spent);
    assert_eq!(server.only_request().body, b"abc");

    // Twice in one body, of which nothing is then sent: the stream is as it was.
    let part = FilePart::from_stream(pieces(&["abc"]), 3);
    let body = PaletteImport::new("a".into(), "T").attachments(vec![part.clone(), part.clone()]);
    let error = import(&client, body).await.unwrap_err();
    assert_eq!(error.to_string(), spent);
    let (server, client) = start(vec![stored()]);
    upload(&client, part).await.unwrap();
    assert_eq!(server.only_request().body, b"abc");
}

#[tokio::test]
async fn a_stream_that_nobody_asked_for_can_be_sent_again() {
    let part = FilePart::from_stream(pieces(&["abc"]), 3);
    let nowhere = Client::builder().base_url(loopback::refused_base_url().unwrap());
    let error = upload(&nowhere.build().unwrap(), part.clone())
        .await
        .unwrap_err();
    assert!(error.is_connect());
    let (server, client) = start(vec![stored()]);
    upload(&client, part).await.unwrap();
    assert_eq!(server.only_request().body, b"abc");
}
