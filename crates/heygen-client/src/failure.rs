//! What HeyGen says about a call that failed, whatever the operation.

use client_runtime::Error;

use crate::types::{ErrorCause, ErrorDetail, ErrorEnvelope};

impl ErrorDetail {
    /// What HeyGen says about a failed call in the form of v3: which parameter is wrong, where there is more to read. It is the same for all
    /// operations; [`Error::code`] and [`Error::message`] are enough for most programs, and also know older forms.
    ///
    /// `None` for an error without such a body, as one of a call that had no answer.
    ///
    /// ```no_run
    /// # async fn f(client: heygen_client::Client) {
    /// use heygen_client::types::ErrorDetail;
    ///
    /// if let Err(error) = client.get_video().video_id("").send().await {
    ///     let detail = ErrorDetail::of(&error).unwrap_or_default();
    ///     println!("{error}: {:?}, parameter {:?}", error.code(), detail.param.as_deref());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn of<E>(error: &Error<E>) -> Option<Self> {
        let envelope: ErrorEnvelope = serde_json::from_slice(error.body()?).ok()?;
        match envelope.error {
            ErrorCause::ErrorDetail(detail) => Some(detail),
            _ => None,
        }
    }
}
