//! Peers that do not speak HTTP, or stop in the middle.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Running, start};

async fn connect(server: &Running) -> TcpStream {
    let address = server.base_url.strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

/// What comes back after bytes and the end of what is sent.
async fn said(server: &Running, bytes: &[u8]) -> String {
    let mut stream = connect(server).await;
    stream.write_all(bytes).await.unwrap();
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    // A connection that is reset has said what it says.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn garbage_ends_its_own_connection_alone() {
    let server = start("heygen").await;
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(100_000));
    let rows: &[(&[u8], &str)] = &[
        (b"", ""),
        (b"\0\xff\xfe garbage\r\n\r\n", "HTTP/1.1 400 "),
        (b"GET / HTTP/9.9\r\n\r\n", "HTTP/1.1 400 "),
        (b"GET /\xff\x01 HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "),
        (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", "HTTP/1.1 400 "),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        (b"GET /v1/user/me HTTP/1.1\r\nx-api-key: ", ""),
        (long.as_bytes(), "HTTP/1.1 4"),
        (b"OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 404 "),
        (b"GET http://other/v1/user/me HTTP/1.1\r\nhost: a\r\nx-api-key: k\r\n\r\n", "HTTP/1.1 200 "),
        (b"GET /v1/user/me HTTP/1.0\r\nx-api-key: k\r\n\r\n", "HTTP/1.0 200 "),
        (b"CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 404 "),
        (b"GET /v1/user/me HTTP/1.1\r\nhost: a\r\nx-api-key: k\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 "),
        (b"GET /%ff%00%2F%zz?%ff HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 404 "),
    ];
    for (bytes, start) in rows {
        let answer = said(&server, bytes).await;
        assert!(
            answer.starts_with(start),
            "{} {answer}",
            String::from_utf8_lossy(bytes)
        );
    }
    assert_eq!(
        server
            .get("/v1/user/me", &[("x-api-key", "k")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn who_sends_nothing_more_keeps_nobody_waiting() {
    let server = start("heygen").await;
    let mut waiting = Vec::new();
    for bytes in [
        &b"GET /v1/user/me HTTP/1.1\r\n"[..],
        b"POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n12",
        b"",
    ] {
        let mut stream = connect(&server).await;
        stream.write_all(bytes).await.unwrap();
        waiting.push(stream);
    }
    assert_eq!(
        server
            .get("/v1/user/me", &[("x-api-key", "k")])
            .await
            .status,
        200
    );
    // The one in the middle goes on where it was.
    waiting[1].write_all(b"345").await.unwrap();
    let mut start = [0; 12];
    waiting[1].read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 404");
}

#[tokio::test]
async fn a_body_that_waits_to_be_asked_for_is_refused_unread() {
    let server = start("kitchen-sink").await;
    let mut stream = connect(&server).await;
    let head = "PUT /files/a HTTP/1.1\r\nhost: a\r\nauthorization: Bearer t\r\nx-checksum: c\r\nexpect: 100-continue\r\ncontent-length: 2000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
}
