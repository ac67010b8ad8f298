//! Successful answers.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::body::{self, End};
use crate::deadline::TimedOut;
use crate::decode;
use crate::error::{Answer, Cause, Error, Kind, Report};
use crate::headers;
use crate::inner::{self, Call};
use crate::lenient::NullAsEmpty;
use crate::numbers::{self, NumberTexts, Numbers};
use crate::stream::ByteStream;
use crate::success::{SuccessValues, is_failure};

/// The value of a successful answer, with its status and header fields. It dereferences to the value.
///
/// `Debug` shows the value and the status, and of the header fields the names.
#[derive(Clone)]
pub struct ResponseValue<T> {
    inner: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl<T> ResponseValue<T> {
    /// A made-up answer, for tests.
    #[must_use]
    pub fn new(inner: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            inner,
            status,
            headers,
            body: Bytes::new(),
        }
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The status, which is one that the document has as a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The header fields as the server sent them, cookies too. Values that hold a cookie or echo a credential of the
    /// client are marked as sensitive, so that `Debug` does not show them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The JSON body as it came: what is in it that the document does not describe can be read from here. Empty for an answer
    /// that is a stream, that has no body, or that was made up.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The same answer with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            inner: f(self.inner),
            status: self.status,
            headers: self.headers,
            body: self.body,
        }
    }

    /// The value, and the same answer without it.
    pub(crate) fn take(self) -> (T, ResponseValue<()>) {
        let rest = ResponseValue {
            inner: (),
            status: self.status,
            headers: self.headers,
            body: self.body,
        };
        (self.inner, rest)
    }

    fn of(response: &Response, inner: T) -> Self {
        let secrets = inner::secrets(response.extensions().get::<Call>());
        Self {
            inner,
            status: response.status(),
            headers: headers::marked(response.headers(), secrets),
            body: Bytes::new(),
        }
    }
}

impl<T: DeserializeOwned> ResponseValue<T> {
    /// Reads and decodes a JSON body. No body at all is read as `null`.
    ///
    /// # Errors
    ///
    /// If the body breaks off, is longer than the client's limit (64 MiB unless [`Config::max_response_bytes`] says
    /// otherwise), or is not a `T`. The error has the status, the header fields and the beginning of the body.
    ///
    /// [`Config::max_response_bytes`]: crate::Config::max_response_bytes
    #[doc(hidden)] // for generated code
    pub async fn from_response<E>(response: Response) -> Result<Self, Error<E>> {
        Self::from_response_if(response, &[]).await
    }

    /// The same for an API that answers a call that failed with the status of a success: the body has to have one of the
    /// values in each of the places that `success` names, where anything stands there.
    ///
    /// # Errors
    ///
    /// Those of [`from_response`](Self::from_response), and [`Error::is_refused`] for a body that says otherwise.
    #[doc(hidden)] // for generated code
    pub async fn from_response_if<E>(
        response: Response,
        success: &SuccessValues,
    ) -> Result<Self, Error<E>> {
        read(response, success)
            .await
            .map_err(|report| Error::from_report(*report))
    }
}

impl<T: DeserializeOwned + Default> ResponseValue<T> {
    /// Reads a JSON body that is a list or a map, and `null` as an empty one.
    ///
    /// # Errors
    ///
    /// Those of [`from_response`](Self::from_response); no body at all is one.
    #[doc(hidden)] // for generated code
    pub async fn list_from_response<E>(response: Response) -> Result<Self, Error<E>> {
        let answer = ResponseValue::<NullAsEmpty<T>>::from_response(response).await?;
        Ok(answer.map(|list| list.0))
    }
}

impl<T: Numbers> ResponseValue<T> {
    /// Reads a JSON body that is a number or holds nothing else, as [`integers`](crate::integers) and
    /// [`numbers_or_texts`](crate::numbers_or_texts) do.
    ///
    /// # Errors
    ///
    /// Those of [`from_response`](Self::from_response).
    #[doc(hidden)] // for generated code
    pub async fn numbers_from_response<E>(
        response: Response,
        texts: NumberTexts,
    ) -> Result<Self, Error<E>> {
        match texts {
            NumberTexts::Refused => {
                ResponseValue::<numbers::Body<T, false>>::from_response(response)
                    .await
                    .map(|answer| answer.map(|body| body.0))
            }
            NumberTexts::Read => ResponseValue::<numbers::Body<T, true>>::from_response(response)
                .await
                .map(|answer| answer.map(|body| body.0)),
        }
    }
}

impl ResponseValue<()> {
    /// An answer whose document describes no body. A body that comes anyway is not read.
    #[must_use]
    #[doc(hidden)] // for generated code
    pub fn empty(response: Response) -> Self {
        Self::of(&response, ())
    }
}

impl ResponseValue<ByteStream> {
    /// An answer whose body is not JSON, to be read piece by piece. The client's timeout is for each piece.
    #[must_use]
    #[doc(hidden)] // for generated code
    pub fn stream(response: Response) -> Self {
        ResponseValue::of(&response, ()).map(|()| ByteStream::of(response))
    }
}

/// The part of `from_response` that does not depend on the operation's error type.
async fn read<T: DeserializeOwned>(
    mut response: Response,
    success: &SuccessValues,
) -> Result<ResponseValue<T>, Box<Report>> {
    let limit = inner::max_response_bytes(response.extensions().get());
    let body = body::read(&mut response, limit).await;
    let call = response.extensions().get::<Call>();
    let secrets = inner::secrets(call);
    let report = |kind, whole| {
        let answer = Answer::head(&response, secrets).with_body(&body.bytes, whole);
        Box::new(Report::from_answer(kind, call, answer).with_message(&body.bytes, call))
    };
    match body.end {
        End::Limit => Err(report(Kind::TooLarge(limit), false)),
        End::Failed(error) => {
            let mut report = report(Kind::ReadBody, false);
            report.cause = Some(Cause::from_reqwest(error, secrets));
            Err(report)
        }
        End::TimedOut => {
            let mut report = report(Kind::ReadBody, false);
            report.cause = Some(TimedOut.into());
            Err(report)
        }
        End::Complete if is_failure(&body.bytes, success) => Err(report(Kind::Refused, true)),
        End::Complete => match decode::decode(&body.bytes) {
            Ok(value) => Ok(ResponseValue {
                body: body.bytes.into(),
                ..ResponseValue::of(&response, value)
            }),
            Err(failure) => {
                let mut report = report(Kind::Decode, true);
                report.decode = Some(failure.for_display(secrets));
                Err(report)
            }
        },
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.inner
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("status", &self.status.as_u16())
            .field("headers", &headers::names(&self.headers))
            .field("inner", &self.inner)
            .finish()
    }
}
