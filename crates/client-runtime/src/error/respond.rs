//! The error that a response is.

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};

use super::{Answer, Cause, Error, Kind, Report};
use crate::body::{self, ERROR_LIMIT, End, Received};
use crate::credential::Unavailable;
use crate::deadline::TimedOut;
use crate::decode::DecodeFailure;
use crate::error_body::{Decoded, ErrorBody};
use crate::inner::{self, Call};
use crate::operation::OperationInfo;

impl<E: ErrorBody> Error<E> {
    /// The error for a response whose status is not one of the operation's successes. Reads at most 1 MiB (1,048,576
    /// bytes) of the body to find its typed form. Whatever the body is, status and header fields are kept.
    #[doc(hidden)] // for generated code
    pub async fn from_response(response: Response, info: &OperationInfo) -> Self {
        let received = body::receive(response, ERROR_LIMIT).await;
        let (response, body) = &received;
        // What comes with a redirect is a page for people, also where the document has a `default` error.
        let decoded = if is_redirect(response) {
            Decoded::Undocumented
        } else {
            E::decode(response.status().as_u16(), &body.bytes)
        };
        let (typed, decoded) = match decoded {
            Decoded::Value(typed) => (Some(typed), Decoded::Value(())),
            Decoded::Undocumented => (None, Decoded::Undocumented),
            Decoded::Failed(failure) => (None, Decoded::Failed(failure)),
        };
        // What came may happen to be JSON, but it is not what the server sent.
        let typed = typed.filter(|_| matches!(body.end, End::Complete));
        Self::with_typed(report(received, info, decoded), typed)
    }
}

/// The part that does not depend on the type of the error's body.
fn report((response, body): Received, info: &OperationInfo, decoded: Decoded<()>) -> Report {
    let call = response.extensions().get::<Call>();
    let secrets = inner::secrets(call);
    let kind = if is_redirect(&response) {
        Kind::Redirect
    } else {
        Kind::Status
    };
    let whole = matches!(body.end, End::Complete);
    let answer = Answer::head(&response, secrets).with_body(&body.bytes, whole);
    let mut report = Report {
        operation: Some(info.operation_id),
        ..Report::from_answer(kind, call, answer).with_message(&body.bytes, call)
    };
    report.decode = match (body.end, decoded) {
        (_, Decoded::Undocumented) | (End::Complete, Decoded::Value(())) => None,
        (End::Limit, _) => Some(DecodeFailure::too_long()),
        (End::Failed(error), _) => {
            report.cause = Some(Cause::from_reqwest(error, secrets));
            Some(DecodeFailure::incomplete())
        }
        (End::TimedOut, _) => {
            report.cause = Some(TimedOut.into());
            Some(DecodeFailure::incomplete())
        }
        (End::Complete, Decoded::Failed(failure)) => Some(failure.for_display(secrets)),
    };
    if report.cause.is_none() {
        let unavailable = response.extensions().get::<Unavailable>();
        report.cause = unavailable.cloned().map(Cause::from);
    }
    report
}

/// A redirection that a client could follow (RFC 9110 §15.4); 304, for one, is something else.
fn is_redirect(response: &Response) -> bool {
    let followed = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    followed.contains(&response.status()) && response.headers().contains_key(LOCATION)
}
