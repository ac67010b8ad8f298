//! What the client sent.

use std::io::{self, BufRead};

use crate::body::{Body, read_line};

/// Reads the body of a request, of which the head is given, and says what of it is kept.
pub(crate) type Keep = dyn Fn(&Request, &mut dyn BufRead) -> io::Result<Vec<u8>> + Send + Sync;

/// A request as it was on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The request line without its line end, as in `GET /a?b=c HTTP/1.1`.
    pub line: String,
    /// The header fields in the order they came; names in the case they came in.
    pub headers: Vec<(String, String)>,
    /// The body, or what [`Server::start_keeping`](crate::Server::start_keeping) keeps of it; a chunked one is put
    /// together.
    pub body: Vec<u8>,
}

impl Request {
    /// The values of a header field, in order; the name's case does not matter.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(have, _)| have.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The request target, as in `/a?b=c`.
    pub fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    /// `None` if the connection ended before a whole head came, an error if it ended before the body did.
    pub(crate) fn read(stream: &mut impl BufRead, keep: &Keep) -> io::Result<Option<Self>> {
        let Some(line) = read_line(stream)? else {
            return Ok(None);
        };
        let mut request = Self {
            line,
            ..Self::default()
        };
        loop {
            match read_line(stream)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => break,
                Some(line) => {
                    let (name, value) = line.split_once(':').unwrap_or((&line, ""));
                    request
                        .headers
                        .push((name.to_owned(), value.trim().to_owned()));
                }
            }
        }
        let mut body = if request.header("transfer-encoding") == ["chunked"] {
            Body::chunked(stream)
        } else {
            let length = request.header("content-length").first().copied();
            let length = length.unwrap_or("0").parse().map_err(io::Error::other)?;
            Body::sized(stream, length)
        };
        request.body = keep(&request, &mut body)?;
        Ok(Some(request))
    }
}

/// Keeps all of a body.
pub(crate) fn keep_all(_: &Request, body: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut wire: &[u8]) -> io::Result<Option<Request>> {
        Request::read(&mut wire, &keep_all)
    }

    #[test]
    fn a_chunked_body_is_put_together() {
        let wire = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assert_eq!(read(wire).unwrap().unwrap().body, b"abcde");
    }

    #[test]
    fn half_a_request_is_no_request() {
        assert_eq!(read(b"GET / HT").unwrap(), None);
        assert_eq!(read(b"").unwrap(), None);
        for half in [
            "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabc",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ] {
            let error = read(half.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{half}");
        }
    }

    #[test]
    fn a_body_can_be_read_without_being_kept() {
        let wire = b"POST /a HTTP/1.1\r\nContent-Length: 6\r\n\r\nab\ncdeGET";
        let first_line = |head: &Request, body: &mut dyn BufRead| {
            assert_eq!(head.target(), "/a");
            let mut line = Vec::new();
            body.read_until(b'\n', &mut line)?;
            assert_eq!(io::copy(body, &mut io::sink())?, 3);
            Ok(line)
        };
        let request = Request::read(&mut &wire[..], &first_line).unwrap().unwrap();
        assert_eq!(request.body, b"ab\n");
    }
}
