//! Calls that do the same when they are made twice.

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, Request};
use uuid::Uuid;

use crate::inner::Shared;

/// RFC 9110 §9.2.2.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
    ]
    .contains(method)
}

/// Whether a request has a key by which the server knows a call that is made again.
pub(crate) fn has_key(request: &Request, field: Option<&HeaderName>) -> bool {
    let value = field.and_then(|field| request.headers().get(field));
    value.is_some_and(|value| !value.as_bytes().trim_ascii().is_empty())
}

impl Shared {
    /// Gives a call a key of its own, if the API takes one, the method needs one, and the caller has given none.
    pub(crate) fn add_idempotency_key(&self, request: &mut Request) {
        let Some(field) = &self.idempotency_key else {
            return;
        };
        if is_idempotent(request.method()) || request.headers().contains_key(field) {
            return;
        }
        // Random enough that no two calls have one key (RFC 9562 §5.4), and no text of it needs an encoding.
        let key = Uuid::new_v4().to_string();
        if let Ok(key) = HeaderValue::try_from(key) {
            request.headers_mut().insert(field, key);
        }
    }
}
