//! Contents of a length that was announced.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Problem, SendError};

/// A stream that gives so many in a row lets others work, so that the time of a call can end it.
const MOST_EMPTY_PIECES: usize = 32;

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, SendError>> + Send>>;

/// Pieces that are as many bytes as announced together, or an error before the last of them.
///
/// HTTP/1.1 has no way to take a body back that is complete, and nobody looks at what comes after its last byte. So the last
/// piece is given only once it is known that nothing follows.
pub(crate) struct Exact {
    /// Locked by nobody: a body has to be `Sync`, and a stream need not be.
    pieces: Mutex<Pieces>,
    path: Option<PathBuf>,
    announced: u64,
    left: u64,
    last: Option<Bytes>,
    /// A stream must not be asked again after its end.
    has_ended: bool,
}

impl Exact {
    /// `announced` is in bytes; `path` is what errors name.
    pub(crate) fn new(
        pieces: impl Stream<Item = Result<Bytes, SendError>> + Send + 'static,
        announced: u64,
        path: Option<&Path>,
    ) -> Self {
        Self {
            pieces: Mutex::new(Box::pin(pieces)),
            path: path.map(Path::to_owned),
            announced,
            left: announced,
            last: None,
            has_ended: false,
        }
    }

    /// In bytes.
    pub(crate) fn announced(&self) -> u64 {
        self.announced
    }

    /// The next piece, which is not empty, or `None` at the end.
    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        let announced = self.announced;
        if self.has_ended {
            return Poll::Ready(None);
        }
        let mut empty_pieces = 0;
        loop {
            let pieces = self.pieces.get_mut();
            let pieces = pieces.unwrap_or_else(PoisonError::into_inner).as_mut();
            let problem = match ready!(pieces.poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => {
                    empty_pieces += 1;
                    if empty_pieces < MOST_EMPTY_PIECES {
                        continue;
                    }
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Ok(piece)) if piece.len() as u64 > self.left => Problem::Longer { announced },
                Some(Ok(piece)) => {
                    self.left -= piece.len() as u64;
                    if self.left > 0 {
                        return Poll::Ready(Some(Ok(piece)));
                    }
                    self.last = Some(piece);
                    continue;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    self.has_ended = true;
                    if self.left == 0 {
                        return Poll::Ready(self.last.take().map(Ok));
                    }
                    Problem::Shorter {
                        announced,
                        came: announced - self.left,
                    }
                }
            };
            return Poll::Ready(Some(Err(SendError::new(self.path.clone(), problem))));
        }
    }
}
