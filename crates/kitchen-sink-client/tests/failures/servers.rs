//! A server that no HTTP library would be.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How many there were.
pub(crate) type Connections = Arc<AtomicUsize>;

/// The base URL of a server that resets each connection in the middle of a body: closing a socket with bytes that were not
/// read does that.
pub(crate) fn resetting() -> io::Result<(String, Connections)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let connections = Connections::default();
    let count = connections.clone();
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            count.fetch_add(1, Ordering::SeqCst);
            // An answer before its request would be none.
            let _ = stream.read_exact(&mut [0]);
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[\"OTHER\"",
            );
            // Until the client has that; the rest of its request was not read.
            thread::sleep(Duration::from_millis(50));
        }
    });
    Ok((base_url, connections))
}
