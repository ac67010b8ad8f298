//! Bodies of 200 MB take no more memory than small ones.
//!
//! The peak of a process is of all of its tests, so this is the only one of its binary. Everything that comes and goes is
//! made and compared on the fly, here and in the server, which is in this process as well.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fs::{self, File};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::Duration;

use futures::stream;
use kitchen_sink_client::types::PaletteImport;
use kitchen_sink_client::{Client, FilePart};
use loopback::{Request, Response, Server};

/// How long every body is, in bytes.
const LENGTH: u64 = 200 * 1000 * 1000;

/// How much more than before a call may be in memory, in bytes: 32 MiB.
const LIMIT: u64 = 32 * 1024 * 1024;

/// What is read, written or compared at once, in bytes.
const PIECE: usize = 64 * 1024;

/// More than any machine takes for one call; each takes about a second.
const PATIENCE: Duration = Duration::from_secs(600);

/// Blocks of the content differ in their first eight bytes, which are their number.
const BLOCK: u64 = 4096;

/// The bytes of the content from an offset on. By whole blocks, because tests are not optimized.
fn fill(offset: u64, piece: &mut [u8]) {
    let (mut block, mut number) = ([0x5a; BLOCK as usize], offset / BLOCK);
    let (mut start, mut filled) = ((offset % BLOCK) as usize, 0);
    while filled < piece.len() {
        block[..8].copy_from_slice(&number.to_le_bytes());
        let count = (block.len() - start).min(piece.len() - filled);
        piece[filled..filled + count].copy_from_slice(&block[start..start + count]);
        (filled, start, number) = (filled + count, 0, number + 1);
    }
}

/// Compares with the content as it comes, in pieces of any size.
#[derive(Default)]
struct Check {
    offset: u64,
    expected: Vec<u8>,
}

impl Check {
    fn piece(&mut self, piece: &[u8]) {
        for piece in piece.chunks(PIECE) {
            self.expected.resize(piece.len(), 0);
            fill(self.offset, &mut self.expected);
            assert!(piece == self.expected, "after byte {}", self.offset);
            self.offset += piece.len() as u64;
        }
    }

    /// Reads as much as the content is long.
    fn all_of(mut self, body: &mut dyn BufRead) -> io::Result<()> {
        while self.offset < LENGTH {
            let piece = body.fill_buf()?;
            let left = usize::try_from(LENGTH - self.offset).unwrap_or(usize::MAX);
            let piece = &piece[..piece.len().min(left)];
            self.piece(piece);
            let count = piece.len();
            assert!(count > 0, "it ends at byte {}", self.offset);
            body.consume(count);
        }
        Ok(())
    }
}

/// What stands for the content in what a server keeps.
const CONTENT: &[u8] = b"<200 MB>";

/// Keeps all but the content: that of a whole body, and that of a part with this name.
fn keep(head: &Request, body: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    if head.header("content-type") == ["application/octet-stream"] {
        Check::default().all_of(body)?;
        kept.extend_from_slice(CONTENT);
    } else {
        let mut is_long = false;
        while body.read_until(b'\n', &mut kept)? > 0 {
            is_long |= kept.ends_with(b"filename=\"long\"\r\n");
            if is_long && kept.ends_with(b"\r\n\r\n") {
                Check::default().all_of(body)?;
                kept.extend_from_slice(CONTENT);
                is_long = false;
            }
        }
    }
    body.read_to_end(&mut kept)?;
    Ok(kept)
}

/// A line of /proc/self/status, in bytes: the memory that is there (`VmRSS`) or the most that was (`VmHWM`).
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let mut lines = status.lines();
    let kilobytes = lines.find_map(|found| found.strip_prefix(line)?.strip_suffix("kB"));
    kilobytes
        .unwrap()
        .trim_matches([':', ' ', '\t'])
        .parse::<u64>()
        .unwrap()
        * 1024
}

/// Runs a call; the peak of all calls so far may not be far above what there is before this one.
async fn flat<T>(what: &str, call: impl Future<Output = T>) -> T {
    let before = memory("VmRSS");
    let result = call.await;
    let extra = memory("VmHWM").saturating_sub(before);
    assert!(extra < LIMIT, "{what}: {extra} bytes more");
    result
}

fn write_file(path: &Path) -> io::Result<()> {
    let (mut file, mut piece, mut offset) = (File::create(path)?, vec![0; PIECE], 0);
    while offset < LENGTH {
        let count = piece.len().min((LENGTH - offset) as usize);
        fill(offset, &mut piece[..count]);
        file.write_all(&piece[..count])?;
        offset += count as u64;
    }
    Ok(())
}

#[tokio::test]
async fn long_bodies_are_never_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long");
    write_file(&path).unwrap();
    let answers = vec![
        Response::new(204, &[], ""),
        Response::json(200, r#"{"name": "f", "size": 1}"#),
        Response::json(200, r#"{"name": "f", "size": 1}"#),
        Response::made(200, &[], LENGTH, fill),
    ];
    let server = Server::start_keeping(answers, keep).unwrap();
    let builder = Client::builder()
        .base_url(server.base_url())
        .timeout(PATIENCE);
    let client = builder.build().unwrap();

    let long = FilePart::open(&path).await.unwrap();
    let attachments = vec![FilePart::from("a"), long.clone(), FilePart::from("b")];
    let body = PaletteImport::new(FilePart::from("c"), "T").attachments(attachments);
    let call = client.import_palettes().body(body).send();
    flat("a file among the parts of a body", call)
        .await
        .unwrap();

    let call = client.upload_file().name("f").x_checksum("c").body(long);
    flat("a file as the body", call.send()).await.unwrap();

    let pieces = stream::unfold(0, |offset| async move {
        let count = (LENGTH - offset).min(PIECE as u64);
        let mut piece = vec![0; count as usize];
        fill(offset, &mut piece);
        (count > 0).then_some((io::Result::Ok(piece), offset + count))
    });
    let stream = FilePart::from_stream(pieces, LENGTH);
    let call = client.upload_file().name("f").x_checksum("c").body(stream);
    flat("a stream as the body", call.send()).await.unwrap();

    let download = async {
        let call = client.download_file().name("f").send().await;
        let mut stream = call.unwrap().into_inner();
        let mut check = Check::default();
        while let Some(piece) = stream.chunk().await.unwrap() {
            check.piece(&piece);
        }
        check.offset
    };
    assert_eq!(flat("a download", download).await, LENGTH);

    let sent = server.requests();
    let [parts, file, stream, _] = &sent[..] else {
        unreachable!("the server has no other answers")
    };
    for whole in [file, stream] {
        assert_eq!(whole.header("content-length"), [LENGTH.to_string()]);
        assert_eq!(whole.body, CONTENT);
    }
    let stated = parts.header("content-type").remove(0);
    let boundary = stated
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let part = |name: &str, file_name: &str, content: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n"
        )
    };
    let content = std::str::from_utf8(CONTENT).unwrap();
    let expected = [
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n"),
        part("archive", "archive", "c"),
        part("attachments", "attachments", "a"),
        part("attachments", "long", content),
        part("attachments", "attachments", "b"),
        format!("--{boundary}--\r\n"),
    ]
    .concat();
    assert_eq!(String::from_utf8_lossy(&parts.body), expected);
    let length = expected.len() as u64 + LENGTH - CONTENT.len() as u64;
    assert_eq!(parts.header("content-length"), [length.to_string()]);
}
