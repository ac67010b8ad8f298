//! Server-sent events (WHATWG HTML §9.2).

mod parser;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::sleep;

use self::parser::{Parser, TooLong};
use crate::error::Error;
use crate::resume::{Exclusive, Resumption};
use crate::stream::ByteStream;

/// A server that asks for more is called again after this.
const LONGEST_RETRY: Duration = Duration::from_secs(60 * 60);

/// How long to wait before a call is made again, unless the server says so ("a few seconds", WHATWG HTML §9.2.3).
const RETRY: Duration = Duration::from_secs(3);

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
/// After a connection that broke off, [`resuming`](Self::resuming) goes on by itself. Whoever wants to go on another way makes the call
/// again with [`last_event_id`](Self::last_event_id) in the header `Last-Event-ID`, after [`retry`](Self::retry).
pub struct Events {
    source: Source,
    /// What came and is not read yet, so that no more than one event is held.
    piece: Bytes,
    parser: Parser,
    resumption: Option<Resumption>,
}

/// Where events come from.
enum Source {
    Body(ByteStream),
    /// The call is made again.
    Call(Exclusive<Pin<Box<dyn Future<Output = Again> + Send>>>),
    Nothing,
}

/// The rest of the events, nothing if the server says that there are no more, or why there is no answer.
type Again = Result<Option<ByteStream>, Error>;

impl Events {
    pub(crate) fn new(mut bytes: ByteStream) -> Self {
        Self {
            piece: Bytes::new(),
            parser: Parser::new(bytes.limit),
            resumption: bytes.replay.take().map(Resumption::unasked),
            source: Source::Body(bytes),
        }
    }

    /// Makes the call again when the connection breaks off or ends, so that events go on after the last one that came
    /// (`Last-Event-ID`): after the time that the server asks for, at most an hour, or else 3 seconds, and up to `attempts`
    /// times in a row without an event between. A server ends it by status 204; an error status ends it too, and is the error.
    ///
    /// For calls that may be made twice. One whose body cannot be sent again (a stream) is not made again, nor one whose answer
    /// does not say that it is events (`Content-Type: text/event-stream`).
    #[must_use]
    pub fn resuming(mut self, attempts: u32) -> Self {
        if let Some(resumption) = &mut self.resumption {
            resumption.allow(attempts);
        }
        self
    }

    /// The next event, or `None` at the end. The same as `next` of a [`Stream`], for programs without a crate for
    /// streams.
    ///
    /// # Errors
    ///
    /// If the connection fails, nothing comes for as long as the client's timeout, or an event is longer than the client's limit
    /// for a body.
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
                Ok(Some(event)) => {
                    events.resumption.iter_mut().for_each(Resumption::succeed);
                    return Poll::Ready(Some(Ok(event)));
                }
                Ok(None) => {}
                Err(TooLong) => {
                    // What comes next is not the start of an event.
                    events.piece = Bytes::new();
                    let source = std::mem::replace(&mut events.source, Source::Nothing);
                    return Poll::Ready(source.too_large().map(Err));
                }
            }
            let end = match &mut events.source {
                Source::Nothing => return Poll::Ready(None),
                Source::Body(bytes) => match ready!(Pin::new(bytes).poll_next(context)) {
                    Some(Ok(piece)) => {
                        events.piece = piece;
                        continue;
                    }
                    Some(Err(error)) => Some(error),
                    None => None,
                },
                Source::Call(call) => match ready!(call.get_mut().as_mut().poll(context)) {
                    Ok(Some(bytes)) => {
                        events.source = Source::Body(bytes);
                        continue;
                    }
                    Err(error) if error.status().is_none() => Some(error),
                    other => {
                        events.source = Source::Nothing;
                        return Poll::Ready(other.err().map(Err));
                    }
                },
            };
            match events.again() {
                Some(source) => events.source = source,
                None => {
                    events.source = Source::Nothing;
                    return Poll::Ready(end.map(Err));
                }
            }
        }
    }
}

impl Events {
    /// The next attempt, if there may be one.
    fn again(&mut self) -> Option<Source> {
        let call = self.resumption.as_mut()?.attempt()?;
        self.parser.restart();
        let wait = self.parser.retry.unwrap_or(RETRY).min(LONGEST_RETRY);
        let last_id = self.parser.has_last_id.then(|| self.parser.last_id.clone());
        Some(Source::Call(Exclusive::new(Box::pin(async move {
            sleep(wait).await;
            call.again(last_id.as_deref()).await
        }))))
    }
}

impl Source {
    fn too_large(self) -> Option<Error> {
        match self {
            Self::Body(bytes) => Some(bytes.too_large()),
            _ => None,
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}
