//! Bodies that are read piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use crate::config::MAX_RESPONSE_BYTES;
use crate::error::{Answer, Cause, Error, Kind, Report};
use crate::events::Events;
use crate::headers;
use crate::inner::{self, Call};

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send + Sync>>;

/// The bytes of a body as they come, in pieces of any size. Not limited in length.
pub struct ByteStream {
    pieces: Pieces,
    /// The longest event that is read, in bytes.
    pub(crate) limit: usize,
}

impl ByteStream {
    /// A made-up body, for tests.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, Error>> + Send + Sync + 'static) -> Self {
        Self {
            pieces: Box::pin(pieces),
            limit: MAX_RESPONSE_BYTES,
        }
    }

    /// That an event is longer than a body may be.
    pub(crate) fn too_large(&self) -> Error {
        Error::from_report(Report::new(Kind::TooLarge(self.limit)))
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
    /// If the connection fails or the time is over; the error has the response's status and header fields.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    pub(crate) fn of(response: Response) -> Self {
        let call = response.extensions().get::<Call>().cloned();
        let secrets = inner::secrets(call.as_ref());
        let limit = inner::max_response_bytes(call.as_ref());
        Self {
            pieces: Box::pin(ResponsePieces {
                status: response.status(),
                headers: headers::without_credentials(response.headers(), secrets),
                call,
                pieces: Box::pin(response.bytes_stream()),
            }),
            limit,
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

/// The body of a response, with what an error in it has to say about the call.
struct ResponsePieces {
    pieces: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>,
    call: Option<Call>,
    status: StatusCode,
    headers: HeaderMap,
}

impl Stream for ResponsePieces {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.pieces.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map_err(|error| self.error(error))))
    }
}

impl ResponsePieces {
    fn error(&self, error: reqwest::Error) -> Error {
        let answer = Answer {
            status: self.status,
            headers: self.headers.clone(),
            body: Bytes::new(),
            truncated: true,
        };
        let mut report = Report::from_answer(Kind::ReadBody, self.call.as_ref(), answer);
        let secrets = inner::secrets(self.call.as_ref());
        report.cause = Some(Cause::from_reqwest(error, secrets));
        Error::from_report(report)
    }
}
