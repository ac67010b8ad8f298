//! What is asked of the body of a request around its sending.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::{fmt, mem};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Body, Request};

type Slot = Arc<Mutex<Option<reqwest::Error>>>;

/// Why the body of a request could not be read, if so.
///
/// What reqwest returns then depends on the version of HTTP and on what the connection was doing: HTTP/2 does not say it at
/// all. So it is kept here.
pub(crate) struct Watch(Slot);

impl Watch {
    /// Watches the body of this request, unless it is in memory.
    pub(crate) fn over(request: &mut Request) -> Self {
        let slot = Slot::default();
        if let Some(body) = request.body_mut()
            && body.as_bytes().is_none()
        {
            let inner = mem::take(body);
            let slot = Arc::clone(&slot);
            *body = Body::wrap(Watched { inner, slot });
        }
        Self(slot)
    }

    /// The error, once.
    pub(crate) fn error(&self) -> Option<reqwest::Error> {
        lock(&self.0).take()
    }
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<reqwest::Error>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Watched {
    inner: Body,
    slot: Slot,
}

/// What the connection is told in place of the error.
#[derive(Debug)]
struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body of the request cannot be read")
    }
}

impl std::error::Error for Unreadable {}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = Unreadable;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unreadable>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(context);
        frame.map_err(|error| {
            *lock(&self.slot) = Some(error);
            Unreadable
        })
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// Makes sure that a body that is said to be empty is, because no HTTP library asks it for anything, and states its length
/// (RFC 9110 §8.6), without which some servers refuse it. Other bodies are left alone.
///
/// # Errors
///
/// If the body is not empty, or cannot be read.
pub(crate) async fn state_empty(request: &mut Request) -> Result<(), reqwest::Error> {
    let Some(body) = request.body_mut() else {
        return Ok(());
    };
    if body.size_hint().exact() != Some(0) {
        return Ok(());
    }
    if let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        frame?;
    }
    *body = Body::default();
    let length = request.headers_mut().entry(CONTENT_LENGTH);
    length.or_insert(HeaderValue::from_static("0"));
    Ok(())
}
