//! Errors of a page that does not say which is next.

use super::{Answer, Error, Kind, Report};
use crate::body;
use crate::decode::DecodeFailure;
use crate::headers;
use crate::response::ResponseValue;
use crate::secrets::Secrets;

impl<E> Error<E> {
    /// For an answer that was read, and has something at `place` (a JSON pointer) that the document does not promise.
    pub(crate) fn of_page<T>(
        operation: &'static str,
        page: &ResponseValue<T>,
        place: &str,
        reason: String,
    ) -> Self {
        let (body, truncated) = body::keep(page.body());
        let answer = Answer {
            status: page.status(),
            // Those of an answer are marked already where they have a secret.
            headers: headers::without_credentials(page.headers(), &Secrets::none()),
            body,
            truncated,
        };
        Self::from_report(Report {
            operation: Some(operation),
            answer: Some(answer),
            decode: Some(DecodeFailure::at(place, reason)),
            ..Report::new(Kind::Decode)
        })
    }

    /// For a page that cannot be asked for.
    pub(crate) fn of_next_page(operation: &'static str, reason: String) -> Self {
        Self::from_report(Report {
            operation: Some(operation),
            ..Report::invalid_request(reason)
        })
    }
}
