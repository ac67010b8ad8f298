//! The error that a response is.

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};

use super::{Answer, Cause, Error, Kind, Report};
use crate::body::{self, ERROR_LIMIT, End};
use crate::credential::Unavailable;
use crate::deadline::TimedOut;
use crate::decode::DecodeFailure;
use crate::error_body::{Decoded, ErrorBody};
use crate::hooks::OperationInfo;
use crate::inner::{self, Call};

impl<E: ErrorBody> Error<E> {
    /// The error for a response whose status is not one of the operation's successes. Reads at most 1 MiB (1,048,576
    /// bytes) of the body to find its typed form. Whatever the body is, status and header fields are kept.
    #[doc(hidden)] // for generated code
    pub async fn from_response(mut response: Response, info: &OperationInfo) -> Self {
        let body = body::read(&mut response, ERROR_LIMIT).await;
        let call = response.extensions().get::<Call>();
        let secrets = inner::secrets(call);

        let status = response.status();
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

        // What comes with a redirect is a page for people, also where the document has a `default` error.
        let decoded = match report.kind {
            Kind::Redirect => Decoded::Undocumented,
            _ => E::decode(status.as_u16(), &body.bytes),
        };
        let (typed, failure) = match (body.end, decoded) {
            (_, Decoded::Undocumented) => (None, None),
            // What came may happen to be JSON, but it is not what the server sent.
            (End::Limit, _) => (None, Some(DecodeFailure::too_long())),
            (End::Failed(error), _) => {
                report.cause = Some(Cause::from_reqwest(error, secrets));
                (None, Some(DecodeFailure::incomplete()))
            }
            (End::TimedOut, _) => {
                report.cause = Some(TimedOut.into());
                (None, Some(DecodeFailure::incomplete()))
            }
            (End::Complete, Decoded::Value(typed)) => (Some(typed), None),
            (End::Complete, Decoded::Failed(failure)) => (None, Some(failure.for_display(secrets))),
        };
        if report.cause.is_none() {
            let unavailable = response.extensions().get::<Unavailable>();
            report.cause = unavailable.cloned().map(Cause::from);
        }
        report.decode = failure;
        Self::with_typed(report, typed)
    }
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
