//! What is sent.

use std::fs::File;

use kitchen_sink_client::types::PaletteImport;
use kitchen_sink_client::{FilePart, Method};
use loopback::{Request, Response, Server};

use crate::support::{client, file, import, imported, long, pieces, start, stored, upload};

#[track_caller]
fn assert_sized(request: &Request, length: usize) {
    assert_eq!(request.header("content-length"), [length.to_string()]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
    assert_eq!(request.body.len(), length);
}

/// `B` stands for the boundary.
#[track_caller]
fn assert_parts(request: &Request, expected: &[&[u8]]) {
    let stated = request.header("content-type").remove(0);
    let boundary = stated
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let mut body = Vec::new();
    for part in expected {
        let rest = part.strip_prefix(b"--B").unwrap();
        body.extend_from_slice(format!("--{boundary}").as_bytes());
        body.extend_from_slice(rest);
    }
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(shown(&request.body), shown(&body));
    assert!(request.body == body);
    assert_sized(request, body.len());
}

#[tokio::test]
async fn a_file_on_disk_is_a_part_with_its_name_after_the_texts() {
    let (server, client) = start(vec![imported(), imported()]);
    let folder = tempfile::tempdir().unwrap();
    let content = long();
    let archive = FilePart::open(file(&folder, "häll \"o\".zip", &content))
        .await
        .unwrap();
    assert_eq!(archive.file_name(), Some("häll \"o\".zip"));
    assert_eq!(archive.length(), content.len() as u64);
    let body = PaletteImport::new(archive.with_content_type("application/zip"), "T").notes("# N");
    import(&client, body.clone()).await.unwrap();
    let mut part = "--B\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"häll %22o%22.zip\"\r\nContent-Type: application/zip\r\n\r\n"
        .as_bytes()
        .to_vec();
    part.extend_from_slice(&content);
    part.extend_from_slice(b"\r\n");
    let expected: &[&[u8]] = &[
        b"--B\r\nContent-Disposition: form-data; name=\"notes\"\r\nContent-Type: text/markdown\r\n\r\n# N\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n",
        &part,
        b"--B--\r\n",
    ];
    assert_parts(&server.only_request(), expected);
    // A clone is sent as well, and as often as one likes.
    import(&client, body).await.unwrap();
    assert_parts(&server.requests()[1], expected);
}

#[tokio::test]
async fn parts_of_all_kinds_are_sent_in_order() {
    let (server, client) = start(vec![imported()]);
    let folder = tempfile::tempdir().unwrap();
    let large = "x".repeat(70_000);
    let body = PaletteImport::new(FilePart::from(large.clone()), "T").attachments(vec![
        FilePart::open(file(&folder, "1.txt", b"one"))
            .await
            .unwrap(),
        FilePart::from("two"),
        FilePart::from_stream(pieces(&["th", "", "ree"]), 5).with_file_name("3.txt"),
        FilePart::open(file(&folder, "empty", b"")).await.unwrap(),
        FilePart::from_stream(pieces(&[]), 0),
    ]);
    import(&client, body).await.unwrap();
    let archive = format!(
        "--B\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"archive\"\r\nContent-Type: application/octet-stream\r\n\r\n{large}\r\n"
    );
    let attachment = |name: &str, content: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n"
        )
    };
    assert_parts(
        &server.only_request(),
        &[
            b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n",
            archive.as_bytes(),
            attachment("1.txt", "one").as_bytes(),
            attachment("attachments", "two").as_bytes(),
            attachment("3.txt", "three").as_bytes(),
            attachment("empty", "").as_bytes(),
            attachment("attachments", "").as_bytes(),
            b"--B--\r\n",
        ],
    );
}

#[tokio::test]
async fn a_file_is_a_whole_body_under_the_media_type_of_the_operation() {
    let (server, client) = start(vec![stored(), imported(), stored()]);
    let folder = tempfile::tempdir().unwrap();
    let content = long();
    let part = FilePart::open(file(&folder, "f", &content)).await.unwrap();
    let part = part.with_content_type("image/png");
    upload(&client, part.clone()).await.unwrap();
    client
        .set_preview()
        .body(part.clone())
        .send()
        .await
        .unwrap();
    let call = client.request(Method::PUT, "/any").body(part);
    call.send::<serde_json::Value>().await.unwrap();
    let sent = server.requests();
    for (request, media_type) in
        sent.iter()
            .zip([&["application/octet-stream"][..], &["image/png"], &[]])
    {
        assert_eq!(request.header("content-type"), media_type);
        assert_sized(request, content.len());
        assert!(request.body == content);
    }
    assert_eq!(sent.len(), 3);
}

#[tokio::test]
async fn bytes_and_streams_are_whole_bodies() {
    let (server, client) = start(vec![stored(), stored()]);
    upload(&client, FilePart::from("abc")).await.unwrap();
    let part = FilePart::from_stream(pieces(&["a", "", "bc", "d", ""]), 4);
    assert_eq!((part.length(), part.file_name()), (4, None));
    upload(&client, part).await.unwrap();
    let sent = server.requests();
    assert_sized(&sent[0], 3);
    assert_eq!(sent[0].body, b"abc");
    assert_sized(&sent[1], 4);
    assert_eq!(sent[1].body, b"abcd");
}

#[tokio::test]
async fn what_is_downloaded_can_be_uploaded() {
    let (server, client) = start(vec![stored()]);
    let origin = Server::start(vec![Response::new(200, &[], "abc")]).unwrap();
    let download = self::client(&origin)
        .download_file()
        .name("f")
        .send()
        .await
        .unwrap();
    let part = FilePart::from_stream(download.into_inner(), 3);
    upload(&client, part).await.unwrap();
    assert_eq!(server.only_request().body, b"abc");
}

/// Without a length many servers refuse a body, or wait for one.
#[tokio::test]
async fn the_length_of_an_empty_body_is_stated() {
    let (server, client) = start(vec![stored(); 3]);
    let folder = tempfile::tempdir().unwrap();
    let empty = FilePart::open(file(&folder, "f", b"")).await.unwrap();
    for part in [
        empty,
        FilePart::from(""),
        FilePart::from_stream(pieces(&["", ""]), 0),
    ] {
        upload(&client, part).await.unwrap();
    }
    let sent = server.requests();
    assert_eq!(sent.len(), 3);
    for request in &sent {
        assert_sized(request, 0);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_name_that_is_no_text_is_none() {
    use std::os::unix::ffi::OsStrExt;

    let (server, client) = start(vec![imported()]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.zip"));
    File::create(&path).unwrap();
    let part = FilePart::open(&path).await.unwrap();
    assert_eq!(part.file_name(), None);
    import(&client, PaletteImport::new(part, "T"))
        .await
        .unwrap();
    assert_parts(
        &server.only_request(),
        &[
            b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n",
            b"--B\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"archive\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n",
            b"--B--\r\n",
        ],
    );
}

#[tokio::test]
async fn a_redirect_repeats_only_what_is_in_memory() {
    let moved = || Response::new(307, &[("location", "/elsewhere")], "");
    let folder = tempfile::tempdir().unwrap();
    let on_disk = FilePart::open(file(&folder, "f", b"abc")).await.unwrap();

    let (server, client) = start(vec![moved(), imported()]);
    let in_memory = FilePart::from("x".repeat(70_000));
    import(&client, PaletteImport::new(in_memory, "T"))
        .await
        .unwrap();
    let sent = server.requests();
    assert_eq!(sent[1].target(), "/elsewhere");
    assert_eq!(sent[0].body, sent[1].body);

    let (server, client) = start(vec![moved(), moved()]);
    let error = upload(&client, on_disk.clone()).await.unwrap_err();
    assert!(error.is_redirect());
    let error = import(&client, PaletteImport::new(on_disk, "T"))
        .await
        .unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(server.requests().len(), 2);
}
