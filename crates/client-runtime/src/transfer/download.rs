//! Reading a file from a URL.

use std::error::Error as StdError;
use std::future::Future;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use reqwest::Response;

use super::job::Job;
use super::part_file::PartFile;
use super::progress::{Listener, Progress};
use super::renewal::{Renewal, is_expiry};
use crate::error::{Cause, Error, Kind, Report};
use crate::response::ResponseValue;
use crate::stream::ByteStream;

/// A download: say what it needs, then read it. Made by [`Transfer::download`](super::Transfer::download).
///
/// What is sent are the header fields that are given here, `Accept: */*`, and the client's `User-Agent` unless another one is given;
/// nothing else of the client. Redirects are followed, up to ten and also to other hosts, which do not get the given
/// header fields; never from `https` to `http`.
///
/// Until the head of the answer is there the client's [`RetryPolicy`](crate::RetryPolicy) and `timeout` are those of a call; then each
/// piece has that long. Bytes are given as they come, compressed ones too.
#[derive(Debug)]
#[must_use = "a download does nothing until it is sent"]
pub struct Download {
    job: Job,
    renewal: Option<Renewal>,
}

impl Download {
    pub(super) const fn new(job: Job) -> Self {
        Self { job, renewal: None }
    }

    /// Adds a header field. What HTTP does not allow in one is an error when it is sent.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.job.add_header(name, value.as_ref());
        self
    }

    /// Has somebody told how far it is: before the first piece, and whenever one has come. The callback holds up the download while it runs.
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.job.listener = Listener::new(listener);
        self
    }

    /// Where a fresh URL comes from, for URLs that expire: if the storage answers 400, 401, 403, 404 or 410, as storages do to a signature
    /// that is over, `renew` is called once, and the bytes are asked for at the URL that it gives, with the header fields that were given
    /// here. It is called once at most, so a fresh URL that is refused, too, is an error.
    ///
    /// If it gives none, the error is the refusal, and its source says why there is no other URL: what `renew` says is kept as text, without the secrets of the old URL.
    ///
    /// ```no_run
    /// use client_runtime::{Error, Transfer};
    ///
    /// /// Asks the API for the film again, whose answer has a fresh URL.
    /// async fn film_url() -> Result<String, Error> {
    ///     # unimplemented!()
    /// }
    ///
    /// async fn save(transfer: Transfer, url: &str) -> Result<(), Error> {
    ///     transfer.download(url).renew_url(film_url).to_file("film.mp4").await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn renew_url<A, S, E>(mut self, renew: impl FnOnce() -> A + Send + 'static) -> Self
    where
        A: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<String>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.renewal = Some(Renewal::new(renew));
        self
    }

    /// Asks for the bytes, which are read piece by piece.
    ///
    /// # Errors
    ///
    /// Any status but 2xx, with what the storage says as [`Error::message`], and whatever else goes wrong before the first byte. Nothing of
    /// an error shows the URL. A body that is shorter than it was announced is an error of the stream.
    pub async fn send(self) -> Result<ResponseValue<ByteStream>, Error> {
        let (answer, _) = self.start().await?;
        Ok(answer)
    }

    /// Writes the bytes to a file, in place of one that is there, and gives its length in bytes. They go to a file with another name in
    /// the same folder, which gets its name once all of them are on the disk; of a download that fails or is dropped nothing stays.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), a body that breaks off or is shorter than announced ([`Error::is_body`]), and a file that cannot be
    /// written ([`Error::is_write_file`]).
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<ResponseValue<u64>, Error> {
        let operation = self.job.operation;
        let target = path.as_ref().to_owned();
        let (answer, announced) = self.start().await?;
        let failed = |error| not_written(operation, target.clone(), error);
        let mut file = PartFile::beside(&target).await.map_err(failed)?;
        let (mut stream, answer) = answer.take();
        let mut length = 0;
        while let Some(piece) = stream.chunk().await? {
            file.write(&piece).await.map_err(failed)?;
            length += piece.len() as u64;
        }
        // HTTP says so by itself; a file must not depend on it.
        if announced.is_some_and(|announced| announced != length) {
            return Err(stream.broken_off());
        }
        file.keep().await.map_err(failed)?;
        Ok(answer.map(|()| length))
    }

    /// The answer, and how many bytes it announces.
    async fn start(self) -> Result<(ResponseValue<ByteStream>, Option<u64>), Error> {
        let listener = self.job.listener.clone();
        let response = self.answer().await?;
        let total = response.content_length();
        listener.tell(0, total);
        let mut bytes = 0;
        let look = move |piece: &Bytes| {
            bytes += piece.len() as u64;
            listener.tell(bytes, total);
        };
        let answer = ResponseValue::stream(response).map(|stream| stream.shown_to(look));
        Ok((answer, total))
    }

    /// The answer, from a fresh URL if the first one has expired.
    async fn answer(self) -> Result<Response, Error> {
        let Self { mut job, renewal } = self;
        let outcome = job.answer().await;
        match (outcome, renewal) {
            (Err(refusal), Some(renewal)) if is_expiry(&refusal) => {
                let fresh = renewal.url(refusal, &job.secrets()).await?;
                job.set_url(&fresh);
                job.answer().await
            }
            (outcome, _) => outcome,
        }
    }
}

fn not_written(operation: &'static str, path: PathBuf, error: std::io::Error) -> Error {
    Error::from_report(Report {
        operation: Some(operation),
        cause: Some(Cause::File(error)),
        ..Report::new(Kind::WriteFile(path))
    })
}
