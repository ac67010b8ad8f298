//! What is known about a failed call, whatever the operation.

use std::borrow::Cow;
use std::path::PathBuf;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use super::code::code;
use super::message::Message;
use super::{Cause, chain};
use crate::body;
use crate::decode::{DecodeFailure, without_mark};
use crate::headers;
use crate::inner::{self, Call};
use crate::secrets::Secrets;
use crate::sending::SendError;

#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) kind: Kind,
    /// Not known while a request is still being put together.
    pub(crate) operation: Option<&'static str>,
    pub(crate) answer: Option<Answer>,
    pub(crate) decode: Option<DecodeFailure>,
    pub(crate) cause: Option<Cause>,
    /// What the vendor says about it.
    pub(crate) message: Option<Message>,
    /// What the vendor calls it, for programs.
    pub(crate) code: Option<Message>,
    /// The server had answered with a redirect that was followed before this.
    pub(crate) redirected: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Found before anything was sent.
    InvalidRequest(Cow<'static, str>),
    /// No status came.
    Transport,
    /// Nothing was sent, because there was no credential to send.
    Credential,
    /// No status came, because the body of the request could not be read; what is wrong with it, if it is one of ours.
    RequestBody(Option<String>),
    /// A status that is an error, or one that the API does not document.
    Status,
    /// A success whose body says that the call failed.
    Refused,
    /// A redirect that was not followed.
    Redirect,
    /// A success whose body broke off.
    ReadBody,
    /// A success whose body is longer than this many bytes.
    TooLarge(usize),
    /// A success whose body is not what the document says.
    Decode,
    /// A success whose body could not be written to this file.
    WriteFile(PathBuf),
}

/// The part of a response that came.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) truncated: bool,
}

impl Report {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            operation: None,
            answer: None,
            decode: None,
            cause: None,
            message: None,
            code: None,
            redirected: false,
        }
    }

    pub(crate) fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::InvalidRequest(message.into()))
    }

    /// A failure without a response. `call` is `None` while the request is put together, when no credential is in it.
    pub(crate) fn from_reqwest(error: reqwest::Error, call: Option<&Call>) -> Self {
        let kind = if error.is_builder() {
            Kind::InvalidRequest("it could not be put together".into())
        } else {
            Kind::Transport
        };
        Self {
            operation: call.map(|call| call.operation),
            cause: Some(Cause::from_reqwest(error, inner::secrets(call))),
            ..Self::new(kind)
        }
    }

    /// A failure of the body of a request while it was sent.
    pub(crate) fn from_request_body(error: reqwest::Error, call: &Call) -> Self {
        let secrets = inner::secrets(Some(call));
        let ours = chain(&error).find_map(|error| error.downcast_ref::<SendError>());
        let message = ours.map(|error| secrets.scrub(&error.to_string()));
        let kind = match message {
            Some(message) if ours.is_some_and(SendError::is_spent) => {
                Kind::InvalidRequest(message.into())
            }
            message => Kind::RequestBody(message),
        };
        Self {
            operation: Some(call.operation),
            cause: Some(Cause::from_reqwest(error, secrets)),
            ..Self::new(kind)
        }
    }

    /// A failure after a response began.
    pub(crate) fn from_answer(kind: Kind, call: Option<&Call>, answer: Answer) -> Self {
        Self {
            operation: call.map(|call| call.operation),
            answer: Some(answer),
            ..Self::new(kind)
        }
    }

    /// The same with what the vendor says in the body, of which the answer keeps only the beginning.
    pub(crate) fn with_message(self, body: &[u8], call: Option<&Call>) -> Self {
        let Some(answer) = &self.answer else {
            return self;
        };
        if !matches!(self.kind, Kind::Status | Kind::Refused) {
            return self;
        }
        let secrets = inner::secrets(call);
        let json = serde_json::from_slice(without_mark(body)).ok();
        let code = code(json.as_ref(), body, answer.status);
        Self {
            message: Message::of(&answer.headers, json.as_ref(), body, secrets),
            code: code.and_then(|code| Message::from_text(&code, secrets)),
            ..self
        }
    }
}

impl Answer {
    /// The status and the header fields of a response, as an error keeps them, without the body.
    pub(crate) fn head(response: &Response, secrets: &Secrets) -> Self {
        Self {
            status: response.status(),
            headers: headers::without_credentials(response.headers(), secrets),
            body: Bytes::new(),
            truncated: false,
        }
    }

    /// Adds the beginning of the body; `whole` says whether `bytes` is all of it.
    pub(crate) fn with_body(self, bytes: &[u8], whole: bool) -> Self {
        let (body, cut) = body::keep(bytes);
        Self {
            body,
            truncated: cut || !whole,
            ..self
        }
    }
}
