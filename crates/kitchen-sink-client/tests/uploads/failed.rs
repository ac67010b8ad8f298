//! Bodies that cannot be read, or are of another length than announced.

use std::error::Error as StdError;
use std::fs::{self, File};
use std::io;
use std::sync::mpsc;
use std::time::Duration;

use futures::stream;
use kitchen_sink_client::types::PaletteImport;
use kitchen_sink_client::{Client, Error, FilePart};
use loopback::{Response, Server};

use crate::support::{client, file, import, pieces, start, upload};

/// A server that says how many bytes of each body came, and whether it was whole.
fn observe() -> (Server, Client, mpsc::Receiver<(u64, bool)>) {
    let (sender, receiver) = mpsc::channel();
    let server = Server::start_keeping(vec![], move |_, body| {
        let (mut came, mut piece) = (0, [0; 4096]);
        let whole = loop {
            match body.read(&mut piece) {
                Ok(0) => break true,
                Ok(length) => came += length as u64,
                Err(_) => break false,
            }
        };
        sender.send((came, whole)).map_err(io::Error::other)?;
        Ok(Vec::new())
    })
    .unwrap();
    let client = client(&server);
    (server, client, receiver)
}

/// What the server saw of all bodies, once all connections are closed.
fn seen(
    (server, client, receiver): (Server, Client, mpsc::Receiver<(u64, bool)>),
) -> Vec<(u64, bool)> {
    drop(client);
    drop(server);
    receiver.iter().collect()
}

#[track_caller]
fn assert_unreadable(error: &Error, problem: &str) {
    let shown = error.to_string();
    let expected = format!(": the body of the request could not be read: {problem}");
    assert!(shown.ends_with(&expected), "{shown}");
    assert!(error.is_request_body(), "{error:?}");
    assert!(!error.is_invalid_request() && !error.is_connect() && !error.is_timeout());
    assert!(error.status().is_none() && error.operation().is_some());
}

/// The error of this type among the sources.
fn source<T: StdError + 'static>(error: &Error) -> Option<&T> {
    let mut sources = std::iter::successors(error.source(), |&error| error.source());
    sources.find_map(|error| error.downcast_ref())
}

#[tokio::test]
async fn only_a_regular_file_that_is_there_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let error = FilePart::open(&gone).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    let shown = error.to_string();
    let expected = format!("the file {} cannot be read: ", gone.display());
    assert!(shown.starts_with(&expected), "{shown}");

    let error = FilePart::open(folder.path()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    assert_eq!(
        error.to_string(),
        format!(
            "the file {} cannot be read: it is not a regular file",
            folder.path().display()
        )
    );
}

#[tokio::test]
async fn a_stream_of_another_length_is_never_sent_whole() {
    // More than is on its way at once, so that the server sees some of it.
    const MANY: usize = 200;
    const PIECE: u64 = 100_000;
    let piece = "x".repeat(PIECE as usize);
    let long = [piece.as_str(); MANY];
    let length = MANY as u64 * PIECE;
    for (announced, content, problem) in [
        (5, &["abc"][..], "ended after 3 of the 5 bytes announced"),
        (1, &[], "ended after 0 of the 1 bytes announced"),
        (2, &["abc"], "is longer than the 2 bytes announced"),
        (3, &["a", "bc", "d"], "is longer than the 3 bytes announced"),
        (0, &["a"], "is longer than the 0 bytes announced"),
        (
            length + 1,
            &long,
            &format!("ended after {length} of the {} bytes announced", length + 1),
        ),
        (
            length - PIECE,
            &long,
            &format!("is longer than the {} bytes announced", length - PIECE),
        ),
    ] {
        let problem = format!("the stream {problem}");
        let part = || FilePart::from_stream(pieces(content), announced);

        let observed = observe();
        let error = upload(&observed.1, part()).await.unwrap_err();
        assert_unreadable(&error, &problem);
        let seen_of_body = seen(observed);
        assert!(
            seen_of_body
                .iter()
                .all(|(came, whole)| *came < announced && !whole)
        );

        let observed = observe();
        let body =
            PaletteImport::new("before".into(), "T").attachments(vec![part(), "after".into()]);
        let error = import(&observed.1, body).await.unwrap_err();
        assert_unreadable(&error, &problem);
        let seen_of_parts = seen(observed);
        assert!(seen_of_parts.iter().all(|(_, whole)| !whole));

        let is_long = content.len() == MANY;
        assert!(!is_long || (seen_of_body.len() == 1 && seen_of_parts.len() == 1));
    }
}

#[tokio::test]
async fn a_stream_that_fails_is_the_source_of_the_error() {
    let observed = observe();
    let failing = stream::iter([Ok("abc"), Err(io::Error::other("s3cret"))]);
    let part = FilePart::from_stream(failing, 6);
    let error = upload(&observed.1, part).await.unwrap_err();
    assert_unreadable(&error, "the stream failed");
    assert_eq!(source::<io::Error>(&error).unwrap().to_string(), "s3cret");
    assert!(seen(observed).iter().all(|(_, whole)| !whole));
}

/// The same for streams that reqwest wraps for the caller.
#[tokio::test]
async fn a_body_of_the_caller_that_fails_is_told_apart_as_well() {
    let observed = observe();
    let failing = stream::iter([Ok("abc"), Err(io::Error::other("gone"))]);
    let body = reqwest::Body::wrap_stream(failing);
    let call = observed
        .1
        .upload_file()
        .name("f")
        .x_checksum("c")
        .body(body);
    let error = call.send().await.unwrap_err();
    assert!(error.is_request_body() && !error.is_connect());
    assert_eq!(
        error.to_string(),
        "upload_file: the body of the request could not be read"
    );
    assert_eq!(source::<io::Error>(&error).unwrap().to_string(), "gone");
}

/// Its connection and its time are not those of the call.
#[tokio::test]
async fn a_body_that_is_an_answer_which_broke_off_is_no_failure_of_the_connection() {
    let origin = Server::start(vec![Response::truncated(200, "abc", 3)]).unwrap();
    let from = client(&origin);
    let download = from.download_file().name("f").send().await.unwrap();
    let observed = observe();
    let part = FilePart::from_stream(download.into_inner(), 6);
    let error = upload(&observed.1, part).await.unwrap_err();
    assert_unreadable(&error, "the stream failed");
    let inner = source::<Error>(&error).unwrap();
    assert!(inner.is_body() && inner.operation() == Some("download_file"));
}

#[tokio::test]
async fn a_file_that_has_changed_since_it_was_opened_is_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    for (content, problem) in [
        (
            Some("abcd"),
            "has 4 bytes now, and had 3 when it was opened",
        ),
        (Some("a"), "has 1 bytes now, and had 3 when it was opened"),
        (None, "cannot be read: "),
    ] {
        let path = file(&folder, "f", b"abc");
        let part = FilePart::open(&path).await.unwrap();
        match content {
            Some(content) => drop(file(&folder, "f", content.as_bytes())),
            None => fs::remove_file(&path).unwrap(),
        }
        let (server, client) = start(vec![]);
        let of_body = upload(&client, part.clone()).await.unwrap_err();
        let of_parts = import(&client, PaletteImport::new(part, "T"))
            .await
            .unwrap_err();
        for error in [of_body, of_parts] {
            let system = source::<io::Error>(&error);
            let kind = system.map(io::Error::kind);
            assert_eq!(kind, content.is_none().then_some(io::ErrorKind::NotFound));
            let system = system.map(ToString::to_string).unwrap_or_default();
            let problem = format!("the file {} {problem}{system}", path.display());
            assert_unreadable(&error, &problem);
        }
        assert!(server.requests().is_empty());
    }
}

/// An empty file that is none any more: nobody would ask its body for anything.
#[tokio::test]
async fn a_file_that_was_empty_is_not_sent_as_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "f", b"");
    let part = FilePart::open(&path).await.unwrap();
    file(&folder, "f", b"abc");
    let (server, client) = start(vec![]);
    let error = upload(&client, part).await.unwrap_err();
    let problem = "has 3 bytes now, and had 0 when it was opened";
    assert_unreadable(&error, &format!("the file {} {problem}", path.display()));
    assert_eq!(server.connections(), 0);
}

/// The server makes the file shorter when it sees the first of it; the rest is much more than can be on its way.
#[tokio::test]
async fn a_file_that_shrinks_while_it_is_sent_is_never_sent_whole() {
    const LENGTH: u64 = 64 * 1024 * 1024;
    const LEFT: u64 = 32 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f");
    let sparse = File::create(&path).unwrap();
    sparse.set_len(LENGTH).unwrap();
    let (sender, receiver) = mpsc::channel();
    let server = Server::start_keeping(vec![], move |_, body| {
        body.read_exact(&mut [0])?;
        sparse.set_len(LEFT)?;
        let end = io::copy(body, &mut io::sink()).map_err(|error| error.kind());
        sender.send(end).map_err(io::Error::other)?;
        Ok(Vec::new())
    })
    .unwrap();
    let client = client(&server);
    let part = FilePart::open(&path).await.unwrap();
    let error = upload(&client, part).await.unwrap_err();
    let problem = format!("ended after {LEFT} of the {LENGTH} bytes announced");
    assert_unreadable(&error, &format!("the file {} {problem}", path.display()));
    assert_eq!(receiver.recv().unwrap(), Err(io::ErrorKind::UnexpectedEof));
}

/// A stream that is said to be empty has to end before anything is sent.
#[tokio::test]
async fn an_empty_stream_that_does_not_end_is_out_of_time() {
    let server = Server::start(vec![]).unwrap();
    let builder = Client::builder().base_url(server.base_url());
    let client = builder.timeout(Duration::from_millis(20)).build().unwrap();
    let endless = stream::pending::<io::Result<Vec<u8>>>();
    let part = FilePart::from_stream(endless, 0);
    let error = upload(&client, part).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(
        error.to_string(),
        "upload_file: timed out without an answer"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_credential_in_a_path_or_in_what_a_stream_says_is_not_shown() {
    const KEY: &str = "planted-s3cret";
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, KEY, b"abc");
    let on_disk = FilePart::open(&path).await.unwrap();
    fs::remove_file(path).unwrap();
    let failing = stream::iter([Ok("abc"), Err(io::Error::other(KEY))]);

    let server = Server::start(vec![]).unwrap();
    let builder = Client::builder().base_url(server.base_url()).token(KEY);
    let client = builder.build().unwrap();
    for part in [on_disk, FilePart::from_stream(failing, 6)] {
        let error = upload(&client, part).await.unwrap_err();
        assert!(error.is_request_body());
        let mut shown = format!("{error}\n{error:?}\n{error:#?}");
        let mut source = error.source();
        while let Some(error) = source {
            shown.push_str(&format!("{error}\n{error:?}\n"));
            source = error.source();
        }
        assert!(
            shown.contains("[redacted]") && !shown.contains("s3cret"),
            "{shown}"
        );
    }
}

/// Streams may panic then, as this one does.
#[tokio::test]
async fn a_stream_is_not_asked_again_after_its_end() {
    let observed = observe();
    let once = stream::unfold(Some("abc"), |piece| async move {
        piece.map(|piece| (Ok::<_, io::Error>(piece), None))
    });
    let parts = vec![FilePart::from_stream(once, 3), "after".into()];
    let body = PaletteImport::new("before".into(), "T").attachments(parts);
    // The server has no answer, and says so.
    let error = import(&observed.1, body).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 599);
    let seen = seen(observed);
    assert!(seen.len() == 1 && seen[0].1);
}

#[tokio::test]
async fn a_stream_of_empty_pieces_ends_with_the_time_of_the_call() {
    let server = Server::start(Vec::new()).unwrap();
    let client = Client::builder().base_url(server.base_url());
    let client = client.timeout(Duration::from_millis(200)).build().unwrap();
    let endless = stream::repeat_with(|| Ok::<_, io::Error>(""));
    let error = upload(&client, FilePart::from_stream(endless, 3)).await;
    assert!(error.unwrap_err().is_timeout());
}
