//! The steps of a download.

use std::fmt;
use std::path::Path;

use client_runtime::{ByteStream, Download, Progress, ResponseValue, TransferExt as _};

use super::{DownloadVideoError, VideoFile};
use crate::Client;
use crate::types::VideoStatus;

type Listener = Box<dyn Fn(Progress) + Send + Sync>;

/// A file of a video that is to be downloaded: say what it needs, then read it. Made by [`Client::download_video`].
#[must_use = "nothing is downloaded until it is sent"]
pub struct DownloadVideo<'c> {
    client: &'c Client,
    video_id: String,
    file: VideoFile,
    listener: Option<Listener>,
}

impl Client {
    /// Starts to download a video that is completed, without the key: HeyGen is asked where the file is, and asked once more if the storage says
    /// that the URL is not good any more.
    ///
    /// ```no_run
    /// # async fn f(client: heygen_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use heygen_client::VideoFile;
    ///
    /// client.get_video().video_id("video_a1").wait().await?;
    /// client.download_video("video_a1").to_file("film.mp4").await?;
    /// let captions = client.download_video("video_a1").file(VideoFile::Subtitles);
    /// captions.to_file("film.srt").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Other results have URLs that expire as well: [`Download::renew_url`] takes a function that asks for them again.
    ///
    /// ```no_run
    /// # async fn f(client: heygen_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use heygen_client::TransferExt as _;
    ///
    /// let lipsync = client.get_lipsync().lipsync_id("lips_3").wait().await?;
    /// let url = lipsync.data.video_url.as_deref().ok_or("no file")?;
    /// let again = client.clone();
    /// let download = client.transfer().download(url).renew_url(async move || {
    ///     let lipsync = again.get_lipsync().lipsync_id("lips_3").send().await;
    ///     let lipsync = lipsync.map_err(|error| error.to_string())?.into_inner();
    ///     lipsync.data.video_url.into_option().ok_or_else(|| "no file".to_owned())
    /// });
    /// download.to_file("lips.mp4").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn download_video(&self, video_id: impl Into<String>) -> DownloadVideo<'_> {
        DownloadVideo {
            client: self,
            video_id: video_id.into(),
            file: VideoFile::Video,
            listener: None,
        }
    }
}

impl DownloadVideo<'_> {
    /// Which of its files: the video unless set.
    #[inline]
    pub fn file(mut self, file: VideoFile) -> Self {
        self.file = file;
        self
    }

    /// Has somebody told how far the download is; see [`Download::on_progress`].
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Asks for the bytes, which are read piece by piece; see [`Download::send`].
    ///
    /// # Errors
    ///
    /// See [`DownloadVideoError`]. What breaks off later is an error of the stream.
    pub async fn send(self) -> Result<ResponseValue<ByteStream>, DownloadVideoError> {
        let download = self.start().await?;
        download.send().await.map_err(DownloadVideoError::Transfer)
    }

    /// Writes the bytes to a file, in place of one that is there, and gives its length in bytes. What has the name is whole; see
    /// [`Download::to_file`].
    ///
    /// # Errors
    ///
    /// See [`DownloadVideoError`].
    pub async fn to_file(
        self,
        path: impl AsRef<Path>,
    ) -> Result<ResponseValue<u64>, DownloadVideoError> {
        let download = self.start().await?;
        let written = download.to_file(path).await;
        written.map_err(DownloadVideoError::Transfer)
    }

    async fn start(self) -> Result<Download, DownloadVideoError> {
        let Self {
            client,
            video_id,
            file,
            listener,
        } = self;
        let url = url_of(client, &video_id, file).await?;
        let again = client.clone();
        let download = client
            .transfer()
            .download(url)
            .renew_url(move || async move { url_of(&again, &video_id, file).await });
        Ok(match listener {
            Some(listener) => download.on_progress(listener),
            None => download,
        })
    }
}

/// Where the file is now.
async fn url_of(
    client: &Client,
    video_id: &str,
    file: VideoFile,
) -> Result<String, DownloadVideoError> {
    let call = client.get_video().video_id(video_id);
    let answer = call.send().await.map_err(DownloadVideoError::Call)?;
    let video = answer.into_inner().data;
    // One that is being made may have parts of its files already.
    if video.status != VideoStatus::Completed {
        let video = Box::new(video);
        return Err(DownloadVideoError::NotCompleted { video });
    }
    match file.url(&video).map(str::to_owned) {
        Some(url) => Ok(url),
        None => {
            let video = Box::new(video);
            Err(DownloadVideoError::NoFile { video, file })
        }
    }
}

impl fmt::Debug for DownloadVideo<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadVideo")
            .field("video_id", &self.video_id)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
