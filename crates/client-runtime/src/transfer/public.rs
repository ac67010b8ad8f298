//! How a client is asked for transfers.

use std::sync::Arc;

use reqwest::{ClientBuilder, Method};

use super::download::Download;
use super::job::Job;
use super::upload::Upload;
use crate::FilePart;
use crate::config::StorageHttp;
use crate::inner::Inner;
use crate::operation::ClientInfo;

/// Uploads to and downloads from URLs outside of the API, such as those that a storage signs: without the client's credentials, but with
/// its time limit and its retries. Made by [`TransferExt::transfer`].
///
/// A URL has to be absolute and `https`, unless its host is this machine, or the client's own base URL is one with `http` that
/// `allow_http` permits. A signed URL is a secret: no error, `Debug` or span shows it, and what a server echoes of
/// its query is replaced in [`Error::message`](crate::Error::message) and in the header fields of an error.
///
/// The HTTP client is not the API client's own, because that one may have been told to send header fields or cookies with every
/// request. So what `configure_http` of a `ClientBuilder` changes does not count here, but what [`configure_http`](Self::configure_http)
/// does.
#[derive(Clone, Debug)]
pub struct Transfer {
    inner: Inner,
    http: Arc<StorageHttp>,
}

impl Transfer {
    /// Transfers for this client.
    #[must_use]
    pub fn new(client: &impl ClientInfo<Inner>) -> Self {
        let inner = client.inner().clone();
        let http = Arc::clone(&inner.shared().storage_http);
        Self { inner, http }
    }

    /// A change to the HTTP client of these transfers, such as a proxy or a certificate, made before the rules of this crate: redirects,
    /// `referer` and decompression are not for it to choose. The last one given counts. Clones of the result share its connections.
    #[must_use]
    pub fn configure_http(
        self,
        change: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        let http = Arc::new(self.http.changed(change));
        Self { http, ..self }
    }

    /// Starts an upload: bytes, a file on disk or a stream, by `PUT` unless it is told otherwise.
    pub fn upload(&self, url: impl AsRef<str>, file: impl Into<FilePart>) -> Upload {
        let job = Job::new("upload", &self.inner, &self.http, Method::PUT, url.as_ref());
        Upload::new(job, file.into())
    }

    /// Starts a download, by `GET`.
    pub fn download(&self, url: impl AsRef<str>) -> Download {
        let method = Method::GET;
        let job = Job::new("download", &self.inner, &self.http, method, url.as_ref());
        Download::new(job)
    }
}

/// Transfers of a generated client, as `client.transfer()`. A trait, so that no API's own operation of that name is in its way.
///
/// ```no_run
/// use client_runtime::{ClientInfo, FilePart, Inner, TransferExt as _};
///
/// async fn exchange(client: &impl ClientInfo<Inner>, signed_url: &str) -> Result<(), Box<dyn std::error::Error>> {
///     let transfer = client.transfer();
///     transfer
///         .upload(signed_url, FilePart::open("node.zip").await?)
///         .header("Content-Type", "application/zip")
///         .on_progress(|at| println!("{} of {:?} bytes", at.bytes, at.total))
///         .send()
///         .await?;
///     transfer.download("https://cdn.example/film.mp4").to_file("film.mp4").await?;
///     Ok(())
/// }
/// ```
pub trait TransferExt: ClientInfo<Inner> {
    /// Uploads and downloads without this client's credentials, with its options.
    #[must_use]
    fn transfer(&self) -> Transfer
    where
        Self: Sized,
    {
        Transfer::new(self)
    }
}

impl<C: ClientInfo<Inner>> TransferExt for C {}
