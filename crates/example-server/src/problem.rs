//! Answers of this server itself, which no document has: RFC 9457's problem details.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value, json};

/// An answer that says what is wrong with a request.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    members: Map<String, Value>,
}

impl Problem {
    /// `detail` is a sentence; it has names of the document and of the request's path, and no values of credentials.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let mut members = Map::new();
        let title = status.canonical_reason().unwrap_or("Problem");
        members.insert("title".to_owned(), json!(title));
        members.insert("status".to_owned(), json!(status.as_u16()));
        members.insert("detail".to_owned(), Value::String(detail.into()));
        Self { status, members }
    }

    /// Adds a member, for programs.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    /// The sentence.
    pub(crate) fn detail(&self) -> &str {
        self.members
            .get("detail")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn response(self) -> Response<Bytes> {
        let body = Value::Object(self.members).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status;
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
