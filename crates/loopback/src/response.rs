//! What the server answers: bytes and pauses.

use std::io::{self, Write};
use std::time::Duration;

/// One answer, as the bytes that are written and the pauses between them.
#[derive(Clone, Debug)]
pub struct Response {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Send(Vec<u8>),
    Wait(Duration),
}

impl Response {
    /// An answer with these header fields and this body; `content-length` and `connection: close` are added.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = head(status, headers);
        bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// An answer with `content-type: application/json`.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, &[("content-type", "application/json")], body)
    }

    /// An answer whose body is shorter than its `content-length` says: `missing` bytes never come.
    pub fn truncated(status: u16, body: impl AsRef<[u8]>, missing: usize) -> Self {
        let body = body.as_ref();
        let mut bytes = head(status, &[("content-type", "application/json")]);
        bytes.extend_from_slice(
            format!("content-length: {}\r\n\r\n", body.len() + missing).as_bytes(),
        );
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// An answer without `content-length`: its body ends where the connection ends.
    pub fn until_close(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let mut bytes = head(status, headers);
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body.as_ref());
        Self::raw(bytes)
    }

    /// Exactly these bytes, then the connection is closed. Empty bytes: closed without an answer.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            steps: vec![Step::Send(bytes.into())],
        }
    }

    /// The same answer after a pause.
    pub fn after(mut self, pause: Duration) -> Self {
        self.steps.insert(0, Step::Wait(pause));
        self
    }

    /// This answer, a pause, then more bytes.
    pub fn then(mut self, pause: Duration, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Wait(pause));
        self.steps.push(Step::Send(bytes.into()));
        self
    }

    pub(crate) fn write(&self, stream: &mut impl Write) -> io::Result<()> {
        for step in &self.steps {
            match step {
                Step::Send(bytes) => {
                    stream.write_all(bytes)?;
                    stream.flush()?;
                }
                Step::Wait(pause) => std::thread::sleep(*pause),
            }
        }
        Ok(())
    }
}

fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    // The reason phrase carries no meaning (RFC 9112 §4) and may be empty.
    let mut head = format!("HTTP/1.1 {status} \r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.into_bytes()
}
