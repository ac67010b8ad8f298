//! What the server answers: bytes and pauses.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
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
    Make { length: u64, fill: Fill },
}

/// Fills a piece of a body that begins there.
type FillPiece = dyn Fn(u64, &mut [u8]) + Send + Sync;

/// What a body is filled with.
#[derive(Clone)]
struct Fill(Arc<FillPiece>);

impl fmt::Debug for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fill")
    }
}

/// How many bytes of a body that is made on the fly are there at once.
const PIECE: usize = 64 * 1024;

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

    /// An answer with a body of `length` bytes that is made while it is sent: `fill` is given places in it, as offsets
    /// from its start, and the bytes to fill there.
    pub fn made(
        status: u16,
        headers: &[(&str, &str)],
        length: u64,
        fill: impl Fn(u64, &mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        let fill = Fill(Arc::new(fill));
        let mut bytes = head(status, headers);
        bytes.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
        let mut response = Self::raw(bytes);
        response.steps.push(Step::Make { length, fill });
        response
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
                Step::Make { length, fill } => make(*length, &*fill.0, stream)?,
            }
        }
        Ok(())
    }
}

fn make(length: u64, fill: &dyn Fn(u64, &mut [u8]), stream: &mut impl Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let mut offset = 0;
    while offset < length {
        let left = usize::try_from(length - offset).unwrap_or(PIECE);
        let piece = &mut piece[..left.min(PIECE)];
        fill(offset, piece);
        stream.write_all(piece)?;
        offset += piece.len() as u64;
    }
    stream.flush()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_made_in_pieces() {
        let count = |offset: u64, piece: &mut [u8]| {
            for (at, byte) in (offset..).zip(piece) {
                *byte = (at % 251) as u8;
            }
        };
        let length = 2 * PIECE as u64 + 5;
        let mut wire = Vec::new();
        let answer = Response::made(200, &[("x-a", "b")], length, count);
        answer.write(&mut wire).unwrap();
        let head = format!(
            "HTTP/1.1 200 \r\nconnection: close\r\nx-a: b\r\ncontent-length: {length}\r\n\r\n"
        );
        let body = wire.strip_prefix(head.as_bytes()).unwrap();
        let expected: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        assert!(body == expected);
    }
}
