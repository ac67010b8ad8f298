//! A call by the client beside the same call written by hand with reqwest and serde: one of a small answer, and one of a
//! megabyte. What counts is the ratio of the two columns of a row, since both go over the same loopback connection.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on must fail"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use divan::Bencher;
use kitchen_sink_client::Client;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

/// In widgets; 6,000 are some 1.1 MB.
const LENGTHS: [usize; 2] = [1, 6_000];

fn main() {
    divan::main();
}

/// What a program would write that needs no more than this.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only decoding matters here")]
struct Page {
    widgets: Vec<Widget>,
    next_page: Option<i64>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only decoding matters here")]
struct Widget {
    id: String,
    name: String,
    kind: String,
    tags: Option<Vec<String>>,
    made_at: Option<String>,
    price: Option<f64>,
    dimensions: Option<Dimensions>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only decoding matters here")]
struct Dimensions {
    width: Option<i64>,
    height: Option<i64>,
}

fn page(widgets: usize) -> String {
    let widget = |number: usize| {
        format!(
            r#"{{"id": "w{number}", "name": "Widget {number}", "kind": "hand-tool", "tags": ["left", "steel"],
                 "made_at": "2026-03-01T09:30:00Z", "price": 9.5, "dimensions": {{"width": 3, "height": 4}}}}"#
        )
    };
    let widgets: Vec<String> = (0..widgets).map(widget).collect();
    format!(r#"{{"next_page": 2, "widgets": [{}]}}"#, widgets.join(","))
}

/// The base URL of a server that gives this answer to everything, as often as a connection asks.
fn serve(body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let answer = answer.clone();
            thread::spawn(move || answer_all(&stream, answer.as_bytes()));
        }
    });
    base_url
}

fn answer_all(stream: &TcpStream, answer: &[u8]) {
    stream.set_nodelay(true).unwrap();
    let mut lines = BufReader::new(stream).lines();
    // A request without a body ends with an empty line.
    while let Some(Ok(line)) = lines.next() {
        let mut stream = stream;
        if line.is_empty() && stream.write_all(answer).is_err() {
            return;
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[divan::bench(args = LENGTHS)]
fn by_hand(bencher: Bencher<'_, '_>, widgets: usize) {
    let (url, runtime) = (format!("{}/widgets", serve(&page(widgets))), runtime());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    bencher.bench_local(|| {
        runtime.block_on(async {
            let request = client.get(&url).bearer_auth("t");
            let response = request.send().await.unwrap();
            response
                .error_for_status()
                .unwrap()
                .json::<Page>()
                .await
                .unwrap()
        })
    });
}

#[divan::bench(args = LENGTHS)]
fn by_the_client(bencher: Bencher<'_, '_>, widgets: usize) {
    let (base_url, runtime) = (serve(&page(widgets)), runtime());
    let client = Client::builder().token("t").base_url(base_url);
    let client = client.build().unwrap();
    bencher.bench_local(|| runtime.block_on(client.list_widgets().send()).unwrap());
}
