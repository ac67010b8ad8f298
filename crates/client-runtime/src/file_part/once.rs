//! Streams of known length, which can be sent once.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::sending::{BoxError, Problem, SendError};

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, SendError>> + Send>>;

/// A stream that all clones share, until one of them is sent.
#[derive(Clone)]
pub(crate) struct Once {
    length: u64,
    slot: Arc<Mutex<Option<Pieces>>>,
}

impl Once {
    /// `length` is in bytes.
    pub(crate) fn new<S, B, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        let pieces: Pieces = Box::pin(Converted(Box::pin(stream)));
        Self {
            length,
            slot: Arc::new(Mutex::new(Some(pieces))),
        }
    }

    /// In bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// # Errors
    ///
    /// If the stream was lent before, and read from or not given back yet.
    pub(crate) fn lend(&self) -> Result<Lent, SendError> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        let pieces = slot.take();
        Ok(Lent {
            pieces: Some(pieces.ok_or_else(|| SendError::new(None, Problem::Spent))?),
            was_read: false,
            slot: Arc::clone(&self.slot),
        })
    }
}

impl PartialEq for Once {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.slot, &other.slot)
    }
}

impl Eq for Once {}

/// The stream while it is sent. A request that fails before anything of it was read, because the server was not to be
/// reached, gives it back.
pub(crate) struct Lent {
    /// Only `drop` leaves nothing here.
    pieces: Option<Pieces>,
    was_read: bool,
    slot: Arc<Mutex<Option<Pieces>>>,
}

impl Stream for Lent {
    type Item = Result<Bytes, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.was_read = true;
        match &mut self.pieces {
            Some(pieces) => pieces.as_mut().poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.was_read {
            let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
            *slot = self.pieces.take();
        }
    }
}

/// A caller's stream with our bytes and errors.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.0.as_mut().poll_next(context);
        piece.map(|piece| {
            piece.map(|piece| {
                piece
                    .map(Into::into)
                    .map_err(|error| SendError::failed(None, error))
            })
        })
    }
}
