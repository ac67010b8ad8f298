//! A list of 10,000 items over 100 pages is never in memory, and an error on its way does not lose or repeat any.
//!
//! The peak of a process is of all of its tests, so this is the only one of its binary. Pages are made while they are sent.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fs;

use kitchen_sink_client::{Client, RetryPolicy};
use loopback::{Response, Server};

const PAGES: u64 = 100;

/// On one page.
const ITEMS: u64 = 100;

/// The page that fails at first.
const FAILING: u64 = 57;

/// How long an item is, in bytes, with the comma behind it. A page is 1 MB, the list 100 MB.
const LENGTH: u64 = 10_000;

/// How much more than before there may be in memory, in bytes: 16 MiB.
const LIMIT: u64 = 16 * 1024 * 1024;

const HEAD: &[u8] = br#"{"totalPages":100,"shelves":["#;

/// All items are of one length, and so is what ends the list: the comma of the last one is a space.
const TAIL: &[u8] = b"]}";

/// Numbers of five digits.
fn id(page: u64, item: u64) -> u64 {
    10_000 + (page - 1) * ITEMS + item
}

fn item(page: u64, item: u64) -> Vec<u8> {
    let start = format!(r#"{{"id":{},"label":""#, id(page, item));
    let end = if item + 1 < ITEMS { "\"}," } else { "\"} " };
    let filler = LENGTH as usize - start.len() - end.len();
    format!("{start}{}{end}", "x".repeat(filler)).into_bytes()
}

/// Fills a piece of a page.
fn fill(page: u64, offset: u64, piece: &mut [u8]) {
    let head = HEAD.len() as u64;
    let mut filled = 0;
    while filled < piece.len() {
        let at = offset + filled as u64;
        let (part, start) = if at < head {
            (HEAD.to_vec(), 0)
        } else if at < head + ITEMS * LENGTH {
            let number = (at - head) / LENGTH;
            (item(page, number), head + number * LENGTH)
        } else {
            (TAIL.to_vec(), head + ITEMS * LENGTH)
        };
        let rest = &part[(at - start) as usize..];
        let count = rest.len().min(piece.len() - filled);
        piece[filled..filled + count].copy_from_slice(&rest[..count]);
        filled += count;
    }
}

fn answers() -> Vec<Response> {
    let length = HEAD.len() as u64 + ITEMS * LENGTH + TAIL.len() as u64;
    let page = |page: u64| {
        Response::made(200, &[], length, move |offset, piece| {
            fill(page, offset, piece)
        })
    };
    let mut answers: Vec<Response> = (1..=PAGES).map(page).collect();
    answers.insert(FAILING as usize - 1, Response::json(500, "{}"));
    answers
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

#[tokio::test]
async fn ten_thousand_items_over_a_hundred_pages_with_an_error_on_the_way() {
    let server = Server::start(answers()).unwrap();
    let builder = Client::builder()
        .token("t")
        .base_url(server.base_url())
        .retry(RetryPolicy::off());
    let client = builder.build().unwrap();
    let call = client.list_shelves().room("r").floor(1);
    let mut shelves = call.all_pages().items();

    let before = memory("VmRSS");
    let (mut count, mut errors) = (0, 0);
    loop {
        match shelves.next_item().await {
            Ok(Some(shelf)) => {
                let (page, item) = (count / ITEMS + 1, count % ITEMS);
                assert_eq!(shelf.id, i64::try_from(id(page, item)).unwrap());
                count += 1;
            }
            Ok(None) => break,
            Err(error) => {
                assert_eq!(error.status().unwrap().as_u16(), 500);
                assert_eq!(count, (FAILING - 1) * ITEMS);
                errors += 1;
            }
        }
    }
    let extra = memory("VmHWM").saturating_sub(before);
    assert!(extra < LIMIT, "{extra} bytes more");
    assert_eq!((count, errors), (PAGES * ITEMS, 1));

    let asked: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    let pages = (1..=FAILING).chain(FAILING..=PAGES);
    let expected = pages.map(|page| match page {
        1 => "GET /rooms/r/shelves?floor=1 HTTP/1.1".to_owned(),
        page => format!("GET /rooms/r/shelves?floor=1&page={page} HTTP/1.1"),
    });
    assert_eq!(asked, expected.collect::<Vec<_>>());
}
