//! Sending a file to a URL.

use reqwest::Method;

use super::job::Job;
use super::progress::{Listener, Progress};
use crate::FilePart;
use crate::error::Error;
use crate::response::ResponseValue;

/// An upload: say what it needs, then send it. Made by [`Transfer::upload`](super::Transfer::upload).
///
/// What is sent are the bytes with their exact `Content-Length`, the header fields that are given here, `Accept: */*`, and the client's
/// `User-Agent` unless another one is given; nothing else of the client. A media type that the [`FilePart`] has is not sent: the
/// signature says which it has to be, so [`header`](Self::header) sets it.
///
/// A file in memory or on disk is sent again from its start where the client's [`RetryPolicy`](crate::RetryPolicy) says so and the method
/// is idempotent, as `PUT` is; a stream never is. The client's `timeout` is how long nothing may move, not how long all of it may take.
/// Redirects are not followed.
#[derive(Debug)]
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload(Job);

impl Upload {
    pub(super) fn new(job: Job, file: FilePart) -> Self {
        Self(Job {
            file: Some(file),
            ..job
        })
    }

    /// The method: `PUT` unless set.
    pub fn method(mut self, method: Method) -> Self {
        self.0.method = method;
        self
    }

    /// Adds a header field. What HTTP does not allow in one is an error when it is sent, and so is a `Content-Length` that is not the
    /// file's.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.0.add_header(name, value.as_ref());
        self
    }

    /// Adds header fields, as an API lists those that were signed.
    pub fn headers<N: AsRef<str>, V: AsRef<[u8]>>(
        self,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        headers.into_iter().fold(self, |upload, (name, value)| {
            upload.header(name.as_ref(), value)
        })
    }

    /// Has somebody told how far it is: at the start of each attempt, and whenever the connection has taken a piece. Bytes that it has
    /// taken may still be on their way. The callback holds up the upload while it runs.
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.0.listener = Listener::new(listener);
        self
    }

    /// Sends it. The answer has the status and the header fields, such as an `ETag`.
    ///
    /// # Errors
    ///
    /// Any status but 2xx, with what the storage says as [`Error::message`], and whatever else goes wrong. Nothing of an error shows
    /// the URL.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.0.answer().await.map(ResponseValue::empty)
    }
}
