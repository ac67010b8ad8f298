//! Successful answers.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::body::{self, End, Received};
use crate::deadline::TimedOut;
use crate::decode::{self, DecodeFailure};
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
    pub fn from_response<E>(
        response: Response,
    ) -> impl Future<Output = Result<Self, Error<E>>> + Send {
        Self::from_response_if(response, &[])
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
        let limit = inner::max_response_bytes(response.extensions().get());
        let received = body::receive(response, limit).await;
        Self::decode(received, success).map_err(|report| Error::from_report(*report))
    }

    /// The part that depends on the value's type and on nothing else.
    fn decode(received: Received, success: &SuccessValues) -> Result<Self, Box<Report>> {
        let (response, body) = good(received, success)?;
        match decode::decode(&body) {
            Ok(value) => Ok(ResponseValue {
                body,
                ..ResponseValue::of(&response).map(|()| value)
            }),
            Err(failure) => Err(undecoded(&response, &body, failure)),
        }
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
    fn of(response: &Response) -> Self {
        let secrets = inner::secrets(response.extensions().get::<Call>());
        Self {
            inner: (),
            status: response.status(),
            headers: headers::marked(response.headers(), secrets),
            body: Bytes::new(),
        }
    }

    /// An answer whose document describes no body. A body that comes anyway is not read.
    #[must_use]
    #[doc(hidden)] // for generated code
    pub fn empty(response: Response) -> Self {
        Self::of(&response)
    }
}

impl ResponseValue<ByteStream> {
    /// An answer whose body is not JSON, to be read piece by piece. The client's timeout is for each piece.
    #[must_use]
    #[doc(hidden)] // for generated code
    pub fn stream(response: Response) -> Self {
        ResponseValue::of(&response).map(|()| ByteStream::of(response))
    }
}

/// A body that came whole and says that the call was a success.
fn good(
    (response, body): Received,
    success: &SuccessValues,
) -> Result<(Response, Bytes), Box<Report>> {
    let fail = |kind, whole, cause| {
        let mut report = report(&response, &body.bytes, kind, whole);
        report.cause = cause;
        Err(report)
    };
    match body.end {
        End::Limit => {
            let limit = inner::max_response_bytes(response.extensions().get());
            fail(Kind::TooLarge(limit), false, None)
        }
        End::Failed(error) => {
            let secrets = inner::secrets(response.extensions().get());
            let cause = Cause::from_reqwest(error, secrets);
            fail(Kind::ReadBody, false, Some(cause))
        }
        End::TimedOut => fail(Kind::ReadBody, false, Some(TimedOut.into())),
        End::Complete if is_failure(&body.bytes, success) => fail(Kind::Refused, true, None),
        End::Complete => Ok((response, body.bytes.into())),
    }
}

fn undecoded(response: &Response, body: &[u8], failure: DecodeFailure) -> Box<Report> {
    let secrets = inner::secrets(response.extensions().get());
    let mut report = report(response, body, Kind::Decode, true);
    report.decode = Some(failure.for_display(secrets));
    report
}

fn report(response: &Response, body: &[u8], kind: Kind, whole: bool) -> Box<Report> {
    let call = response.extensions().get::<Call>();
    let answer = Answer::head(response, inner::secrets(call)).with_body(body, whole);
    Box::new(Report::from_answer(kind, call, answer).with_message(body, call))
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
