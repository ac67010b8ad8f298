//! Connections that break, and those that there are none of.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::bench::{Bench, assert_untouched, path};

/// Closing a socket with bytes that were not read resets the connection.
#[test]
fn a_connection_that_is_reset_in_a_body_is_a_problem() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.md", listener.local_addr().unwrap());
    let ended = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&ended);
    let server = thread::spawn(move || {
        let mut count = 0;
        while let Ok((mut stream, _)) = listener.accept() {
            if end.load(Ordering::SeqCst) {
                break;
            }
            count += 1;
            let _ = stream.read_exact(&mut [0]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n# Get");
        }
        count
    });
    let bench = Bench::fetched(&[0]);
    bench.edit("specs/apis.toml", &bench.site.url(&path(0)), &url);
    let before = bench.tree();
    // Depending on which comes first, the head of the answer is lost as well.
    let ran = bench.fetch();
    ran.is(1, &["(4 attempts)"]);
    assert!(
        ran.text.contains("fetch::body") || ran.text.contains("fetch::connect"),
        "{}",
        ran.text
    );
    assert_untouched(&before, &bench.tree(), "reset");
    ended.store(true, Ordering::SeqCst);
    drop(std::net::TcpStream::connect(
        url.trim_start_matches("http://").trim_end_matches("/a.md"),
    ));
    assert_eq!(server.join().unwrap(), 4);
}

#[test]
fn no_network_is_told_once_for_a_host() {
    let bench = Bench::fetched(&[0, 1, 2]);
    let nobody = loopback::refused_base_url().unwrap();
    let text = bench
        .read("specs/apis.toml")
        .replace(&bench.site.url(""), &nobody);
    bench.write("specs/apis.toml", text);
    let before = bench.tree();
    let ran = bench.fetch();
    ran.is(
        1,
        &[
            "fetch::connect",
            "cannot be reached",
            "this is so for 3 documents of that host",
        ],
    );
    assert_eq!(
        ran.text.matches("fetch::connect").count(),
        1,
        "{}",
        ran.text
    );
    assert_untouched(&before, &bench.tree(), "no network");

    // A name that is reserved for names that do not exist (RFC 6761 §6.4).
    let text = bench
        .read("specs/apis.toml")
        .replace(&nobody, "https://depot.invalid");
    bench.write("specs/apis.toml", text);
    let before = bench.tree();
    bench.fetch().is(
        1,
        &[
            "fetch::connect",
            "https://depot.invalid/reference/crate-0.md",
        ],
    );
    assert_untouched(&before, &bench.tree(), "no such host");
}
