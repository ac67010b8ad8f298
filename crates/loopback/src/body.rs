//! The body of a request, as it is read.

use std::io::{self, BufRead, Read};

/// Ends where the body ends; a connection that ends before is an error.
pub(crate) struct Body<'a, R> {
    stream: &'a mut R,
    /// What is left of the body, or of this chunk of it.
    left: u64,
    chunks: Chunks,
}

#[derive(PartialEq, Eq)]
enum Chunks {
    /// There are none: the length is known.
    None,
    /// The size of one comes next.
    Size,
    /// A chunk, and after it a line end.
    Data,
}

impl<'a, R: BufRead> Body<'a, R> {
    /// A body of so many bytes.
    pub(crate) fn sized(stream: &'a mut R, length: u64) -> Self {
        Self {
            stream,
            left: length,
            chunks: Chunks::None,
        }
    }

    /// A chunked body, which is put together.
    pub(crate) fn chunked(stream: &'a mut R) -> Self {
        Self {
            stream,
            left: 0,
            chunks: Chunks::Size,
        }
    }

    /// Goes on to the next chunk; the last one has no bytes, and nothing comes after it.
    fn next_chunk(&mut self) -> io::Result<()> {
        if self.chunks == Chunks::Data {
            read_line(self.stream)?;
        }
        let size = read_line(self.stream)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        self.left = u64::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
        self.chunks = Chunks::Data;
        if self.left == 0 {
            read_line(self.stream)?;
            self.chunks = Chunks::None;
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Body<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 && self.chunks != Chunks::None {
            self.next_chunk()?;
        }
        if self.left == 0 {
            return Ok(&[]);
        }
        let bytes = self.stream.fill_buf()?;
        if bytes.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        Ok(&bytes[..bytes.len().min(most)])
    }

    fn consume(&mut self, amount: usize) {
        self.stream.consume(amount);
        self.left -= amount as u64;
    }
}

impl<R: BufRead> Read for Body<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// A line without its end; `None` where the connection ended.
pub(crate) fn read_line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    // Bytes above 127 are kept one to one, so that a test can see them.
    let text: String = line.iter().map(|byte| char::from(*byte)).collect();
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}
