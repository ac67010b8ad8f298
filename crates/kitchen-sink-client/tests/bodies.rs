//! Request bodies on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

use std::collections::BTreeMap;

use kitchen_sink_client::types::{
    PaletteFilter, PaletteImport, PaletteImportSource, Rgb, Source, TunePreviewRequestBody,
};
use kitchen_sink_client::{Client, FilePart};
use loopback::{Request, Response, Server};

fn start() -> (Server, Client) {
    let server = Server::start(vec![Response::new(204, &[], "")]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    (server, client)
}

fn request(server: &Server) -> Request {
    server.requests().remove(0)
}

fn text(request: &Request) -> String {
    String::from_utf8_lossy(&request.body).into_owned()
}

#[tokio::test]
async fn a_body_that_may_be_absent_is_sent_if_it_is_given() {
    let (server, client) = start();
    client.suggest_palette().send().await.unwrap();
    let absent = request(&server);
    assert_eq!(absent.header("content-type"), [""; 0]);
    assert_eq!(text(&absent), "");

    let (server, client) = start();
    let body = PaletteFilter::new("n");
    client.suggest_palette().body(body).send().await.unwrap();
    let given = request(&server);
    assert_eq!(given.header("content-type"), ["application/json"]);
    assert_eq!(text(&given), r#"{"name":"n"}"#);
}

#[tokio::test]
async fn what_is_like_json_has_its_own_type() {
    let (server, client) = start();
    let body = BTreeMap::from([("a".to_owned(), 1)]);
    client.patch_palette().body(body).send().await.unwrap();
    let sent = request(&server);
    assert_eq!(sent.line, "PATCH /palettes HTTP/1.1");
    assert_eq!(
        sent.header("content-type"),
        ["application/merge-patch+json"]
    );
    assert_eq!(text(&sent), r#"{"a":1}"#);
}

#[tokio::test]
async fn a_picture_is_sent_as_one() {
    let (server, client) = start();
    let picture = b"\x89PNG\r\n\x1a\n\x00\xff".to_vec();
    let call = client.set_preview().body(picture.clone());
    call.send().await.unwrap();
    let sent = request(&server);
    assert_eq!(sent.header("content-type"), ["image/png"]);
    assert_eq!(sent.body, picture);
}

#[tokio::test]
async fn a_text_is_sent_as_one() {
    let (server, client) = start();
    client.describe_preview().body("a;b").send().await.unwrap();
    let sent = request(&server);
    assert_eq!(sent.header("content-type"), ["text/csv"]);
    assert_eq!(text(&sent), "a;b");
}

#[tokio::test]
async fn fields_of_a_form_have_their_style() {
    let (server, client) = start();
    let rgb = || Rgb::new(3, 2, 1);
    let body = TunePreviewRequestBody::new(vec!["a".to_owned(), "b c".to_owned()])
        .color(rgb())
        .extra(rgb());
    client.tune_preview().body(body).send().await.unwrap();
    let sent = request(&server);
    assert_eq!(
        sent.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(
        text(&sent),
        "color%5BB%5D=3&color%5BG%5D=2&color%5BR%5D=1&extra=%7B%22B%22%3A3%2C%22G%22%3A2%2C%22R%22%3A1%7D&names=a,b%20c"
    );
}

/// The parts with `B` in the place of the boundary.
fn parts(request: &Request, media_type: &str) -> Vec<u8> {
    let stated = request.header("content-type").remove(0).to_owned();
    let Some(boundary) = stated.strip_prefix(&format!("{media_type}; boundary=")) else {
        panic!("{stated}")
    };
    let mut body = request.body.clone();
    while let Some(at) = body
        .windows(boundary.len())
        .position(|window| window == boundary.as_bytes())
    {
        body.splice(at..at + boundary.len(), *b"B");
    }
    body
}

#[tokio::test]
async fn files_and_other_parts_are_multipart() {
    let (server, client) = start();
    let archive = FilePart::new(vec![0x00, 0xff])
        .with_file_name("p.zip")
        .with_content_type("application/zip");
    let body = PaletteImport::new(archive, "T")
        .attachments(vec![
            FilePart::from("1"),
            FilePart::from("2").with_file_name("b.txt"),
        ])
        .source(PaletteImportSource::from(Source(FilePart::from("s"))))
        .preview(FilePart::from(b"\x89PNG"))
        .count(3)
        .notes("# N")
        .color(Rgb::new(3, 2, 1))
        .labels(vec!["x".to_owned(), "y".to_owned()]);
    client.import_palettes().body(body).send().await.unwrap();
    let sent = request(&server);
    let expected: &[&[u8]] = &[
        b"--B\r\nContent-Disposition: form-data; name=\"color\"\r\nContent-Type: application/json\r\n\r\n{\"B\":3,\"G\":2,\"R\":1}\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n3\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"labels\"\r\n\r\nx\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"labels\"\r\n\r\ny\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"notes\"\r\nContent-Type: text/markdown\r\n\r\n# N\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"p.zip\"\r\nContent-Type: application/zip\r\n\r\n\x00\xff\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"attachments\"\r\nContent-Type: application/octet-stream\r\n\r\n1\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"b.txt\"\r\nContent-Type: application/octet-stream\r\n\r\n2\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"preview\"; filename=\"preview\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"source\"; filename=\"source\"\r\nContent-Type: application/octet-stream\r\n\r\ns\r\n",
        b"--B--\r\n",
    ];
    let found = parts(&sent, "multipart/form-data");
    assert_eq!(
        String::from_utf8_lossy(&found),
        String::from_utf8_lossy(&expected.concat())
    );
    assert_eq!(found, expected.concat());
    assert_eq!(sent.header("content-length"), [sent.body.len().to_string()]);
}

#[tokio::test]
async fn parts_that_are_not_described_may_be_any() {
    let (server, client) = start();
    let body = BTreeMap::from([("a".to_owned(), FilePart::from("1"))]);
    client.replace_palettes().body(body).send().await.unwrap();
    assert_eq!(
        String::from_utf8_lossy(&parts(&request(&server), "multipart/related")),
        "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\n1\r\n--B--\r\n"
    );
    let (server, client) = start();
    client.replace_palettes().send().await.unwrap();
    assert_eq!(request(&server).header("content-type"), [""; 0]);
}
