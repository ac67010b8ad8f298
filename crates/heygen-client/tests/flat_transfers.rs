//! A film of 200 MB goes to a storage and comes from one in no more memory than a short one.
//!
//! The peak of a process is of all of its tests, so this is the only one of its binary. Everything that comes and goes is
//! made and compared on the fly, here and in the server, which is in this process as well.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use heygen_client::{Client, FilePart, TransferExt as _};
use loopback::{Request, Response, Server};

/// How long every body is, in bytes.
const LENGTH: u64 = 200 * 1000 * 1000;

/// How much more than before a transfer may be in memory, in bytes: 32 MiB.
const LIMIT: u64 = 32 * 1024 * 1024;

/// What is read, written or compared at once, in bytes.
const PIECE: usize = 64 * 1024;

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

/// Reads the content and nothing else.
fn check(content: &mut dyn BufRead) -> io::Result<()> {
    let (mut offset, mut came, mut expected) = (0, vec![0; PIECE], vec![0; PIECE]);
    while offset < LENGTH {
        let count = came.len().min((LENGTH - offset) as usize);
        content.read_exact(&mut came[..count])?;
        fill(offset, &mut expected[..count]);
        assert!(came[..count] == expected[..count], "after byte {offset}");
        offset += count as u64;
    }
    assert_eq!(content.read(&mut came)?, 0);
    Ok(())
}

/// What stands for the content in what a server keeps.
const CONTENT: &[u8] = b"<200 MB>";

/// Keeps all but the content, which goes to a storage.
fn keep(head: &Request, body: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    if head.line.starts_with("PUT ") {
        check(body)?;
        return Ok(CONTENT.to_vec());
    }
    let mut kept = Vec::new();
    body.read_to_end(&mut kept)?;
    Ok(kept)
}

/// A line of /proc/self/status, in bytes: the memory that is there (`VmRSS`) or the most that was (`VmHWM`).
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let mut lines = status.lines();
    let kilobytes = lines.find_map(|found| found.strip_prefix(line)?.strip_suffix("kB"));
    let kilobytes = kilobytes.unwrap().trim_matches([':', ' ', '\t']);
    kilobytes.parse::<u64>().unwrap() * 1024
}

/// Runs a transfer; the peak of all so far may not be far above what there is before this one.
async fn flat<T>(what: &str, transfer: impl Future<Output = T>) -> T {
    let before = memory("VmRSS");
    let result = transfer.await;
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
async fn long_films_are_never_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    write_file(&path).unwrap();
    let storage = Server::start_keeping(
        vec![
            Response::new(200, &[], ""),
            Response::made(200, &[], LENGTH, fill),
            Response::made(200, &[], LENGTH, fill),
        ],
        keep,
    )
    .unwrap();
    let url = format!("{}/film.mp4?X-Amz-Signature=s", storage.base_url());
    let place = format!(
        r#"{{"asset_id": "a", "status": "s", "upload_url": "{url}", "upload_headers": {{"Content-Type": "video/mp4"}},
        "expires_in_seconds": 1, "max_bytes": {LENGTH}}}"#
    );
    let asset =
        r#"{"asset_id": "a", "status": "s", "mime_type": "m", "size_bytes": 1, "url": "u"}"#;
    let data = |data: &str| Response::json(200, format!(r#"{{"data": {data}}}"#));
    let api = Server::start(vec![data(&place), data(asset)]).unwrap();
    let client = Client::builder().api_key("k").base_url(api.base_url());
    let client = client.build().unwrap();

    let sent = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&sent);
    let upload = client
        .upload(FilePart::open(&path).await.unwrap())
        .on_progress(move |at| seen.store(at.bytes, Ordering::Relaxed));
    flat("an upload", upload.send()).await.unwrap();
    assert_eq!(sent.load(Ordering::Relaxed), LENGTH);

    let transfer = client.transfer();
    let target = folder.path().join("copy.mp4");
    let download = transfer.download(&url).to_file(&target);
    assert_eq!(
        *flat("a download to a file", download).await.unwrap(),
        LENGTH
    );
    check(&mut BufReader::new(File::open(&target).unwrap())).unwrap();

    let pieces = async {
        let mut stream = transfer.download(&url).send().await.unwrap().into_inner();
        let mut length = 0;
        while let Some(piece) = stream.chunk().await.unwrap() {
            length += piece.len() as u64;
        }
        length
    };
    assert_eq!(flat("a download in pieces", pieces).await, LENGTH);

    let requests = storage.requests();
    assert_eq!(requests[0].header("content-length"), [LENGTH.to_string()]);
    assert_eq!(requests[0].header("content-type"), ["video/mp4"]);
    assert_eq!(requests[0].body, CONTENT);
    for request in requests {
        assert!(request.header("x-api-key").is_empty());
    }
}
