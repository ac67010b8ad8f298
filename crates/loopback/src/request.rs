//! What the client sent.

use std::io::{self, BufRead, Read};

/// A request as it was on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The request line without its line end, as in `GET /a?b=c HTTP/1.1`.
    pub line: String,
    /// The header fields in the order they came; names in the case they came in.
    pub headers: Vec<(String, String)>,
    /// The body; a chunked one is put together.
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

    /// `None` if the connection ended before a whole request came.
    pub(crate) fn read(stream: &mut impl BufRead) -> io::Result<Option<Self>> {
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
        if request.header("transfer-encoding") == ["chunked"] {
            request.body = read_chunks(stream)?;
        } else if let Some(length) = request.header("content-length").first() {
            let length = length.parse().map_err(io::Error::other)?;
            stream.take(length).read_to_end(&mut request.body)?;
        }
        Ok(Some(request))
    }
}

fn read_line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    // Bytes above 127 are kept one to one, so that a test can see them.
    let text: String = line.iter().map(|byte| char::from(*byte)).collect();
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn read_chunks(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(size) = read_line(stream)? {
        let size = u64::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
        stream.take(size).read_to_end(&mut body)?;
        read_line(stream)?;
        if size == 0 {
            break;
        }
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_body_is_put_together() {
        let wire = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        let request = Request::read(&mut &wire[..]).unwrap().unwrap();
        assert_eq!(request.body, b"abcde");
    }

    #[test]
    fn half_a_request_is_none() {
        assert_eq!(Request::read(&mut &b"GET / HT"[..]).unwrap(), None);
        assert_eq!(Request::read(&mut &b""[..]).unwrap(), None);
    }
}
