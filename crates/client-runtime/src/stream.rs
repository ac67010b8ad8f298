//! Bodies that are read piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use crate::config::MAX_RESPONSE_BYTES;
use crate::deadline::{Patience, TimedOut};
use crate::error::{Answer, Cause, Error, Kind, Report};
use crate::events::Events;
use crate::headers;
use crate::inner::{self, Call};
use crate::resume::Replay;

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send + Sync>>;

/// The bytes of a body as they come, in pieces of any size. Not limited in length.
pub struct ByteStream {
    pieces: Pieces,
    /// The longest event that is read, in bytes.
    pub(crate) limit: usize,
    /// `None` for a made-up body.
    head: Option<Arc<Head>>,
    /// The call, if its answer is events and it can be made again.
    pub(crate) replay: Option<Replay>,
}

impl ByteStream {
    /// A made-up body, for tests.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, Error>> + Send + Sync + 'static) -> Self {
        Self {
            pieces: Box::pin(pieces),
            limit: MAX_RESPONSE_BYTES,
            head: None,
            replay: None,
        }
    }

    /// That an event is longer than a body may be.
    pub(crate) fn too_large(&self) -> Error {
        let kind = Kind::TooLarge(self.limit);
        Error::from_report(match &self.head {
            Some(head) => head.report(kind),
            None => Report::new(kind),
        })
    }

    /// That the body ended too early.
    pub(crate) fn broken_off(&self) -> Error {
        let kind = Kind::ReadBody;
        Error::from_report(match &self.head {
            Some(head) => head.report(kind),
            None => Report::new(kind),
        })
    }

    /// The server-sent events of the body (`text/event-stream`).
    #[must_use]
    pub fn into_events(self) -> Events {
        Events::new(self)
    }

    /// The next piece, or `None` at the end. The same as `next` of a [`Stream`], for programs without a crate for
    /// streams.
    ///
    /// # Errors
    ///
    /// If the connection fails, or nothing comes for as long as the client's timeout; the error has the response's status and header fields.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// The same, with each piece shown to `look` before it is given.
    pub(crate) fn shown_to(self, look: impl FnMut(&Bytes) + Send + Sync + 'static) -> Self {
        let pieces = self.pieces;
        let look = Box::new(look);
        Self {
            pieces: Box::pin(Shown { pieces, look }),
            ..self
        }
    }

    pub(crate) fn of(response: Response) -> Self {
        let call = response.extensions().get::<Call>().cloned();
        let secrets = inner::secrets(call.as_ref());
        let limit = inner::max_response_bytes(call.as_ref());
        let patience = Patience::new(inner::timeout(call.as_ref()));
        let head = Arc::new(Head {
            status: response.status(),
            headers: headers::without_credentials(response.headers(), secrets),
            call,
        });
        Self {
            limit,
            replay: response.extensions().get::<Replay>().cloned(),
            head: Some(head.clone()),
            pieces: Box::pin(ResponsePieces {
                patience,
                head,
                pieces: Some(Box::pin(response.bytes_stream())),
            }),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pieces.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}

/// Pieces that somebody looks at.
struct Shown {
    pieces: Pieces,
    look: Box<dyn FnMut(&Bytes) + Send + Sync>,
}

impl Stream for Shown {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.pieces.as_mut().poll_next(context));
        if let Some(Ok(piece)) = &piece {
            (self.look)(piece);
        }
        Poll::Ready(piece)
    }
}

/// The body of a response.
struct ResponsePieces {
    /// `None` once an error has ended it.
    pieces: Option<Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>>,
    patience: Patience,
    head: Arc<Head>,
}

/// What an error in a body has to say about the response.
struct Head {
    call: Option<Call>,
    status: StatusCode,
    headers: HeaderMap,
}

impl Head {
    fn report(&self, kind: Kind) -> Report {
        let answer = Answer {
            status: self.status,
            headers: self.headers.clone(),
            body: Bytes::new(),
            truncated: true,
        };
        Report::from_answer(kind, self.call.as_ref(), answer)
    }
}

impl Stream for ResponsePieces {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pieces) = &mut self.pieces else {
            return Poll::Ready(None);
        };
        let cause = match pieces.as_mut().poll_next(context) {
            Poll::Ready(Some(Ok(piece))) => {
                self.patience.renew();
                return Poll::Ready(Some(Ok(piece)));
            }
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Ready(Some(Err(error))) => {
                Cause::from_reqwest(error, inner::secrets(self.head.call.as_ref()))
            }
            Poll::Pending => {
                ready!(self.patience.poll_end(context));
                TimedOut.into()
            }
        };
        self.pieces = None;
        let mut report = self.head.report(Kind::ReadBody);
        report.cause = Some(cause);
        Poll::Ready(Some(Err(Error::from_report(report))))
    }
}
