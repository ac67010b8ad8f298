//! Making a call again that was a stream of events (WHATWG HTML §9.2.3, "reestablish the connection").

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Client, Request, Response, StatusCode};

use crate::call;
use crate::error::Error;
use crate::headers;
use crate::inner::{Call, Inner};
use crate::operation::OperationInfo;
use crate::options::CallOptions;
use crate::retry::RetryPolicy;
use crate::stream::ByteStream;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How often a stream of events is begun again.
pub(crate) struct Resumption {
    replay: Replay,
    allowed: u32,
    left: u32,
}

impl Resumption {
    /// Not at all, until it is asked for.
    pub(crate) fn unasked(replay: Replay) -> Self {
        Self {
            replay,
            allowed: 0,
            left: 0,
        }
    }

    pub(crate) fn allow(&mut self, attempts: u32) {
        self.allowed = attempts;
        self.left = attempts;
    }

    /// An event came.
    pub(crate) fn succeed(&mut self) {
        self.left = self.allowed;
    }

    pub(crate) fn attempt(&mut self) -> Option<Replay> {
        self.left = self.left.checked_sub(1)?;
        Some(self.replay.clone())
    }
}

/// A value that is only reached by whoever has it alone, so that it may be shared without being `Sync`.
pub(crate) struct Exclusive<T>(Mutex<T>);

impl<T> Exclusive<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that can be made again. It travels in the extensions of a response of events.
#[derive(Clone)]
pub(crate) struct Replay(Arc<Repeated>);

struct Repeated {
    client: Client,
    inner: Inner,
    info: OperationInfo,
    request: Request,
}

pub(crate) fn is_events(response: &Response) -> bool {
    headers::media_type(response.headers()).as_deref() == Some("text/event-stream")
}

impl Replay {
    pub(crate) fn new(client: &Client, call: &Call, request: Request) -> Self {
        Self(Arc::new(Repeated {
            client: client.clone(),
            inner: call.inner.clone(),
            info: OperationInfo::new(call.operation, call.path),
            request,
        }))
    }

    /// The rest of the events after `last_id`, if the server has given one, which may be empty; `None` if the server says that there are no more (204).
    pub(crate) async fn again(self, last_id: Option<&str>) -> Result<Option<ByteStream>, Error> {
        let Repeated {
            client,
            inner,
            info,
            request,
        } = &*self.0;
        let Some(mut request) = request.try_clone() else {
            return Ok(None);
        };
        if let Some(id) = last_id {
            request.headers_mut().remove(LAST_EVENT_ID);
            // An id is any text without a line break or NUL.
            let id = HeaderValue::from_bytes(id.as_bytes())
                .ok()
                .filter(|id| !id.is_empty());
            id.and_then(|id| request.headers_mut().insert(LAST_EVENT_ID, id));
        }
        // How often it is begun again is what `resuming` says.
        let once = inner.with_options(&CallOptions::new().retry(RetryPolicy::off()));
        let response = call::send(client, &once, request, info).await?;
        match response.status() {
            StatusCode::NO_CONTENT => Ok(None),
            status if status.is_success() && is_events(&response) => {
                Ok(Some(ByteStream::of(response)))
            }
            _ => Err(Error::from_response(response, info).await),
        }
    }
}
