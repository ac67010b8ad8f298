//! The error that a caller sees.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};

use super::message::Message;
use super::{Cause, Kind, Report};
use crate::error_body::Untyped;
use crate::headers;
use crate::retry;
use crate::secrets::Secrets;

/// Why a call failed, with everything that is known about it.
///
/// `E` is the operation's error type: one variant for each documented error status, with its body. Operations that
/// document none have [`Untyped`].
///
/// `Display` is one line. Neither it nor `Debug` nor the chain of sources shows a credential, a body or the value of a
/// header field; [`body`](Self::body) and [`headers`](Self::headers) give what the server sent.
///
/// ```
/// # fn f<E>(error: client_runtime::Error<E>) {
/// if let Some(status) = error.status() {
///     println!("{status}, request {:?}: {:?}", error.request_id(), error.body());
/// } else if error.is_timeout() {
///     println!("no answer");
/// }
/// # }
/// ```
pub struct Error<E = Untyped>(Box<Content<E>>);

struct Content<E> {
    report: Report,
    typed: Option<E>,
}

impl<E> Error<E> {
    /// An error that is found before anything is sent. Generated code calls it for a value that does not fit its
    /// parameter.
    #[must_use]
    pub fn invalid_request(message: String) -> Self {
        Self::from_report(Report::invalid_request(message))
    }

    pub(crate) fn from_report(report: Report) -> Self {
        Self::with_typed(report, None)
    }

    /// The same error with a source: a sentence, and below it what somebody else's error says, as text without the secrets.
    pub(crate) fn because(
        mut self,
        sentence: &str,
        source: &(dyn std::error::Error + 'static),
        secrets: &Secrets,
    ) -> Self {
        self.0.report.cause = Some(Cause::of_text(sentence, source, secrets));
        self
    }

    pub(crate) fn with_typed(report: Report, typed: Option<E>) -> Self {
        Self(Box::new(Content { report, typed }))
    }

    /// The operation's name in Rust, as in `get_widget`. `None` for a request that could not be put together.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.report.operation
    }

    /// The status, if the server sent one; whatever else went wrong after it.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.report.answer.as_ref()?.status)
    }

    /// The header fields of the response, if there was one, without cookies and without fields that hold credentials.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.report.answer.as_ref()?.headers)
    }

    /// The body, if there was a response: at most its first 64 KiB (65,536 bytes).
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        Some(&self.0.report.answer.as_ref()?.body)
    }

    /// Whether [`body`](Self::body) is less than the server sent or announced.
    #[must_use]
    pub fn body_truncated(&self) -> bool {
        self.0
            .report
            .answer
            .as_ref()
            .is_some_and(|answer| answer.truncated)
    }

    /// The body as the document describes it for this status. `None` if the status is not documented or the body is
    /// something else, which [`decode_path`](Self::decode_path) tells apart.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        self.0.typed.as_ref()
    }

    /// The typed body by value.
    ///
    /// # Errors
    ///
    /// The error itself, if there is none.
    pub fn into_typed(self) -> Result<E, Self> {
        let Content { report, typed } = *self.0;
        typed.ok_or_else(|| Self::from_report(report))
    }

    /// Where the body is not what the document describes, as a JSONPath: `$.data.id`, or `$` for a body that is not
    /// JSON at all. `None` if no body failed to decode. The source says what was expected there.
    #[must_use]
    pub fn decode_path(&self) -> Option<&str> {
        Some(self.0.report.decode.as_ref()?.path())
    }

    /// The `Location` of the response, for a redirect that was not followed.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers()?.get(LOCATION)?.to_str().ok()
    }

    /// What the vendor's support asks for: the value of `x-request-id`, or of a field that vendors use in its place.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        headers::request_id(self.headers()?)
    }

    /// What the vendor says about it, in the words of the body: `message`, `error.message`, `detail`, `errors[0].title` and the
    /// like, a JSON text, a body of plain text, or the `<Message>` of a storage's XML; at most 1,024 characters. Credentials of the client are replaced in it, and
    /// like all of the body it is not in `Display`.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.report.message.as_ref().map(Message::as_str)
    }

    /// What the vendor calls it, for programs: `code`, `error.code`, `errors[0].code` and the like, `error` (RFC 6749 §5.2), `type`
    /// (RFC 9457 §3.1.1), or the `<Code>` of a storage's XML. It is a text without white space of at most 128 bytes, or a number that is
    /// another one than the status, as text.
    ///
    /// Where the API documents its errors, [`typed`](Self::typed) has them; this is the same for all operations.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.report.code.as_ref().map(Message::as_str)
    }

    /// How long the server asks to wait before the next call (`Retry-After`, RFC 9110 §10.2.3); zero if that time is past.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?)
    }

    /// Whether the same call may succeed later: there was no connection or it broke off, the time was over, or the status is 408,
    /// 429, 500, 502, 503 or 504. Whether the call may be made twice is for the caller to say: the server may have done what it
    /// was asked.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.report.may_pass()
    }

    /// There were too many calls (429, RFC 6585 §4).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Nothing was sent, because the provider of a credential gave none.
    #[must_use]
    pub fn is_credential(&self) -> bool {
        matches!(self.0.report.kind, Kind::Credential)
    }

    /// Nothing was sent: a parameter or the body does not fit what the API takes.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.report.kind, Kind::InvalidRequest(_))
    }

    /// No connection: the name was not found, or the host refused, or TLS failed. The server has not seen the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.report.is_connect()
    }

    /// The time was over, before an answer or while its body was read. The server may have done what it was asked.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.report.is_timeout()
    }

    /// The body of the request could not be read while it was sent, or was not as long as announced. The server has not seen
    /// a whole request.
    #[must_use]
    pub fn is_request_body(&self) -> bool {
        matches!(self.0.report.kind, Kind::RequestBody(_))
    }

    /// The server answered with an error status (400 to 599), or with one that the document does not have.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.0.report.kind, Kind::Status)
    }

    /// The status is one of a success, and the body says that the call failed, as this API does.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self.0.report.kind, Kind::Refused)
    }

    /// The server answered with a redirect that was not followed: to another origin, one too many, or one after which
    /// the call would be another (a POST that becomes a GET, a body that cannot be sent again).
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.0.report.kind, Kind::Redirect)
    }

    /// The server answered with success, and its body broke off or is longer than the limit.
    #[must_use]
    pub fn is_body(&self) -> bool {
        matches!(self.0.report.kind, Kind::ReadBody | Kind::TooLarge(_))
    }

    /// The server answered with success, and its bytes could not be written to the file that they are for; the source is the
    /// [`io::Error`](std::io::Error).
    #[must_use]
    pub fn is_write_file(&self) -> bool {
        matches!(self.0.report.kind, Kind::WriteFile(_))
    }

    /// The server answered with success, and its body is not what the document describes. (A body of an *error* status
    /// that is something else leaves [`is_status`](Self::is_status) true.)
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.report.kind, Kind::Decode)
    }

    /// The same error with another type for its body, for functions that call several operations.
    pub fn map_typed<F>(self, f: impl FnOnce(E) -> F) -> Error<F> {
        let Content { report, typed } = *self.0;
        Error::with_typed(report, typed.map(f))
    }

    /// The same error without its typed body, for functions that call several operations.
    #[must_use]
    pub fn into_untyped(self) -> Error {
        Error::from_report(self.0.report)
    }
}

impl Report {
    /// Whether the same call may succeed later.
    pub(crate) fn may_pass(&self) -> bool {
        let status = self.answer.as_ref().map(|answer| answer.status);
        match self.kind {
            Kind::Transport => !self.cause.as_ref().is_some_and(Cause::is_untrusted),
            Kind::ReadBody => true,
            Kind::Credential => self.is_timeout(),
            Kind::Status => status.is_some_and(retry::may_pass),
            _ => false,
        }
    }

    pub(crate) fn is_timeout(&self) -> bool {
        self.is_of_call() && self.cause.as_ref().is_some_and(Cause::is_timeout)
    }

    pub(crate) fn is_connect(&self) -> bool {
        self.is_of_call() && !self.redirected && self.cause.as_ref().is_some_and(Cause::is_connect)
    }

    /// A body of a request can be an answer of another call, which had its own connection and its own time.
    fn is_of_call(&self) -> bool {
        !matches!(self.kind, Kind::RequestBody(_))
    }

    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.cause, &self.decode) {
            (Some(cause), _) => Some(cause.as_error()),
            (None, Some(failure)) => Some(failure),
            (None, None) => None,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.report, f)
    }
}

/// The typed body is not shown, only whether there is one.
impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("report", &self.0.report)
            .field("typed", &self.0.typed.is_some())
            .finish()
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.report.source()
    }
}
