//! A file as a body, counted while it is sent.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::progress::Listener;
use super::quiet::Quiet;
use crate::FilePart;
use crate::file_part::Reading;
use crate::sending::{PIECE, SendError};

/// A body of exactly the file's length. Who listens is told of each piece when the connection takes it.
pub(super) struct Counted {
    reading: Reading,
    sent: u64,
    total: u64,
    listener: Listener,
    quiet: Arc<Quiet>,
}

impl Counted {
    /// # Errors
    ///
    /// If the file is a stream that was sent before.
    pub(super) fn new(
        file: &FilePart,
        listener: Listener,
        quiet: Arc<Quiet>,
    ) -> Result<Self, SendError> {
        let total = file.length();
        let reading = file.content().read()?;
        listener.tell(0, Some(total));
        Ok(Self {
            reading,
            sent: 0,
            total,
            listener,
            quiet,
        })
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, SendError>>> {
        match &mut self.reading {
            Reading::Memory(bytes) if bytes.is_empty() => Poll::Ready(None),
            // In pieces as well, so that it can be seen how far it is.
            Reading::Memory(bytes) => {
                let length = bytes.len().min(PIECE);
                Poll::Ready(Some(Ok(bytes.split_to(length))))
            }
            Reading::Pieces(pieces) => pieces.poll_piece(context),
        }
    }
}

impl Body for Counted {
    type Data = Bytes;
    type Error = SendError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, SendError>>> {
        let this = &mut *self;
        Poll::Ready(match ready!(this.poll_piece(context)) {
            Some(Ok(piece)) => {
                this.sent += piece.len() as u64;
                this.quiet.end();
                this.listener.tell(this.sent, Some(this.total));
                Some(Ok(Frame::data(piece)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        // An empty stream has to be asked: it may not be empty.
        matches!(&self.reading, Reading::Memory(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.total - self.sent)
    }
}
