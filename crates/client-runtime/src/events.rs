//! Server-sent events (WHATWG HTML §9.2).

mod parser;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use self::parser::{Parser, TooLong};
use crate::error::Error;
use crate::stream::ByteStream;

/// An event that a server has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The id that the server gave last, for `Last-Event-ID` of a later call; `None` before there is one.
    pub id: Option<String>,
    /// Its type, `message` unless the server said otherwise.
    pub event: String,
    /// Its lines of data, with line feeds between them; often JSON.
    pub data: String,
    /// How long to wait before a call that goes on after this one, if the server said so in this event.
    pub retry: Option<Duration>,
}

/// The events of a body, as they come. Made by [`ByteStream::into_events`].
///
/// To go on after a connection that broke off, make the call again with [`last_event_id`](Self::last_event_id) in the
/// header `Last-Event-ID`, after [`retry`](Self::retry).
pub struct Events {
    /// `None` after an event that was too long: what comes next is not the start of one.
    bytes: Option<ByteStream>,
    /// What came and is not read yet, so that no more than one event is held.
    piece: Bytes,
    parser: Parser,
}

impl Events {
    pub(crate) fn new(bytes: ByteStream) -> Self {
        Self {
            piece: Bytes::new(),
            parser: Parser::new(bytes.limit),
            bytes: Some(bytes),
        }
    }

    /// The next event, or `None` at the end. The same as `next` of a [`Stream`], for programs without a crate for
    /// streams.
    ///
    /// # Errors
    ///
    /// If the connection fails or the time is over, or an event is longer than the client's limit for a body.
    pub async fn next_event(&mut self) -> Result<Option<Event>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// The id that the server gave last.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.parser.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// How long the server wants a client to wait before it goes on, if it said so.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl Stream for Events {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let events = &mut *self;
        loop {
            match events.parser.next(&mut events.piece) {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) => {}
                Err(TooLong) => {
                    events.piece = Bytes::new();
                    return Poll::Ready(events.bytes.take().map(|bytes| Err(bytes.too_large())));
                }
            }
            let Some(bytes) = &mut events.bytes else {
                return Poll::Ready(None);
            };
            match ready!(Pin::new(bytes).poll_next(context)) {
                Some(Ok(piece)) => events.piece = piece,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}
