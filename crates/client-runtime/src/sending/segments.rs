//! Bodies in segments, each of them bytes or a content that is read piece by piece.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::{Exact, PIECE, Problem, SendError};
use crate::file_part::{Content, Reading};

/// The segments of a body while it is put together.
#[derive(Default)]
pub(crate) struct Segments {
    segments: VecDeque<Segment>,
    /// What was written last, until something else follows.
    text: Vec<u8>,
}

enum Segment {
    Bytes(Bytes),
    Pieces(Exact),
    Failed(SendError),
}

impl Segments {
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// # Errors
    ///
    /// If the content is a stream that was sent before.
    pub(crate) fn push(&mut self, content: &Content) -> Result<(), SendError> {
        let segment = match content.read()? {
            // To copy what is smaller than a piece costs less than to send it on its own.
            Reading::Memory(bytes) if bytes.len() < PIECE => {
                self.write(&bytes);
                return Ok(());
            }
            Reading::Memory(bytes) => Segment::Bytes(bytes),
            Reading::Pieces(pieces) => Segment::Pieces(pieces),
        };
        self.end_text();
        self.segments.push_back(segment);
        Ok(())
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.segments.push_back(Segment::Bytes(text.into()));
        }
    }

    /// One buffer, which can be sent again, if all of it is in memory; else a body that is read while it is sent.
    ///
    /// # Errors
    ///
    /// If the length of the body is more than a `u64` holds.
    pub(crate) fn into_body(mut self) -> Result<reqwest::Body, SendError> {
        self.end_text();
        let in_memory = self.segments.iter().map(Segment::bytes);
        if let Some(bytes) = in_memory.collect::<Option<Vec<&Bytes>>>() {
            return Ok(match bytes[..] {
                [only] => only.clone().into(),
                _ => {
                    let bytes: Vec<&[u8]> = bytes.into_iter().map(|bytes| &bytes[..]).collect();
                    bytes.concat().into()
                }
            });
        }
        let mut lengths = self.segments.iter().map(Segment::length);
        let left = lengths.try_fold(0_u64, u64::checked_add);
        let left = left.ok_or_else(|| SendError::new(None, Problem::TooLong))?;
        Ok(reqwest::Body::wrap(Unsent {
            segments: self.segments,
            left,
        }))
    }
}

/// The body that is a content and nothing else.
pub(crate) fn body_of(content: &Content) -> reqwest::Body {
    let segment = match content.read() {
        Ok(Reading::Memory(bytes)) => return bytes.into(),
        Ok(Reading::Pieces(pieces)) => Segment::Pieces(pieces),
        // There is no other place to say so; it is found when the body is to be sent.
        Err(error) => Segment::Failed(error),
    };
    reqwest::Body::wrap(Unsent {
        segments: VecDeque::from([segment]),
        left: content.length(),
    })
}

impl Segment {
    fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Pieces(_) | Self::Failed(_) => None,
        }
    }

    /// In bytes.
    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Pieces(pieces) => pieces.announced(),
            Self::Failed(_) => 0,
        }
    }
}

/// A body whose segments are sent one after the other. Its exact size makes the `Content-Length`.
struct Unsent {
    segments: VecDeque<Segment>,
    /// In bytes.
    left: u64,
}

impl Body for Unsent {
    type Data = Bytes;
    type Error = SendError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, SendError>>> {
        while let Some(segment) = self.segments.pop_front() {
            let piece = match segment {
                Segment::Bytes(bytes) => Some(Ok(bytes)),
                Segment::Failed(error) => Some(Err(error)),
                Segment::Pieces(mut pieces) => {
                    let piece = pieces.poll_piece(context);
                    if !matches!(piece, Poll::Ready(None)) {
                        self.segments.push_front(Segment::Pieces(pieces));
                    }
                    ready!(piece)
                }
            };
            match piece {
                Some(Ok(piece)) => {
                    self.left = self.left.saturating_sub(piece.len() as u64);
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Some(Err(error)) => {
                    self.segments.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {}
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.segments.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
