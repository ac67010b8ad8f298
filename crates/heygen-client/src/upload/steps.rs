//! The steps of an upload.

use std::fmt;
use std::time::Duration;

use client_runtime::{CallOptions, FilePart, Progress, TransferExt as _};

use super::{UploadError, Uploaded, media_type};
use crate::Client;
use crate::types::{AssetUpload, CompleteAssetUpload, CreateAssetUpload};

type Listener = Box<dyn Fn(Progress) + Send + Sync>;

/// How long the one call with a file may take at least. HeyGen's own program gives uploads as long; the 30 seconds of other calls are not
/// enough for 32 MB on many lines.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// A file that is to be uploaded: say what it needs, then send it. Made by [`Client::upload`].
#[must_use = "nothing is uploaded until it is sent"]
pub struct Upload<'c> {
    client: &'c Client,
    file: FilePart,
    checksum: Option<String>,
    is_direct: bool,
    listener: Option<Listener>,
    timeout: Option<Option<Duration>>,
}

impl Client {
    /// Starts to upload a file for use in other calls: images, videos, sounds, PDF and SRT.
    ///
    /// A file of up to [32 MB](Upload::ONE_CALL_LIMIT) goes in one call. A longer one goes directly to HeyGen's storage, without a credential:
    /// a place for it is asked for, its bytes are sent there, and HeyGen is told. A file on disk and a stream are read while they
    /// are sent.
    ///
    /// A step that fails in a way that may pass is made again, as the client's [`RetryPolicy`](crate::RetryPolicy) says, where the bytes are there once
    /// more: those in memory always, those of a file on disk on the direct way, those of a stream never.
    ///
    /// What the file is (its media type) follows from its name if that ends with `png`, `jpg`, `jpeg`, `mp4`, `webm`, `mp3`, `wav`, `pdf` or `srt` and
    /// [`with_content_type`](FilePart::with_content_type) says nothing else. In one call a file without either is sent as bytes of any kind, and
    /// HeyGen looks what they are; directly it is refused. A file without a name is called `file`.
    ///
    /// ```no_run
    /// # async fn f(client: heygen_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use heygen_client::FilePart;
    /// use heygen_client::types::{AssetUrl, CreateLipsync};
    ///
    /// let film = client.upload(FilePart::open("film.mp4").await?).send().await?;
    /// println!("{} of {} bytes", film.asset_id, film.size_bytes);
    /// let speech = AssetUrl::new("https://example.com/speech.mp3");
    /// client.create_lipsync().body(CreateLipsync::new(speech, film)).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload(&self, file: impl Into<FilePart>) -> Upload<'_> {
        Upload {
            client: self,
            file: file.into(),
            checksum: None,
            is_direct: false,
            listener: None,
            timeout: None,
        }
    }
}

impl Upload<'_> {
    /// The longest file that goes in one call, in bytes: HeyGen says 32 MB and not which. The smaller of the two meanings is right in
    /// both, since the other way takes longer files, too.
    pub const ONE_CALL_LIMIT: u64 = 32_000_000;

    /// Sets the SHA-256 of the bytes, as 64 hexadecimal digits; HeyGen refuses a file that has another. The file goes directly to the
    /// storage then, however short it is: the other way has no place for it.
    pub fn checksum_sha256(mut self, checksum: impl Into<String>) -> Self {
        self.checksum = Some(checksum.into());
        self
    }

    /// Sends the file directly to the storage, however short it is.
    #[inline]
    pub fn directly(mut self) -> Self {
        self.is_direct = true;
        self
    }

    /// Has somebody told how far the upload is: piece by piece if the file goes directly to the storage, else at its start and at its end.
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// How long the call may take if the file goes in one, with all its attempts: ten minutes unless set, or the client's timeout if that is
    /// longer; `None` for no limit. On the direct way the time of the client counts: for the calls, and for how long nothing of the file may
    /// move.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// Uploads the file. HeyGen may go on to look into one that went directly, as its [`status`](Uploaded::status) says. That is not waited for,
    /// because other calls are not known to refuse the id meanwhile; `bulk_asset_statuses` reads the state later.
    ///
    /// To drop the future ends the upload where it is. On the direct way an asset stays then whose id nobody was told.
    ///
    /// # Errors
    ///
    /// See [`UploadError`], which says which step failed and what there is now.
    pub async fn send(self) -> Result<Uploaded, UploadError> {
        let is_hex =
            |text: &String| text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !self.checksum.as_ref().is_none_or(is_hex) {
            let problem = "the checksum is not SHA-256 in hex, which is 64 digits";
            return Err(UploadError::Invalid(problem));
        }
        let upload = Self {
            file: typed(self.file),
            ..self
        };
        let is_long = upload.file.length() > Self::ONE_CALL_LIMIT;
        if is_long || upload.is_direct || upload.checksum.is_some() {
            upload.direct().await
        } else {
            upload.in_one_call().await
        }
    }

    async fn in_one_call(self) -> Result<Uploaded, UploadError> {
        let length = self.file.length();
        let tell = |bytes| {
            if let Some(listener) = &self.listener {
                listener(Progress::new(bytes, Some(length)));
            }
        };
        let options = match self.timeout {
            Some(timeout) => CallOptions::new().timeout(timeout),
            None => CallOptions::new().min_timeout(PATIENCE),
        };
        let client = self.client.with_options(options);
        tell(0);
        let call = client.upload_asset().body(AssetUpload::new(self.file));
        let answer = call.send().await.map_err(UploadError::Send)?;
        tell(length);
        Ok(answer.into_inner().data.into())
    }

    async fn direct(self) -> Result<Uploaded, UploadError> {
        let Self { client, file, .. } = self;
        let Some(media_type) = file.content_type().map(str::to_owned) else {
            let problem = "what the file is follows neither from its name nor from `FilePart::with_content_type`";
            return Err(UploadError::Invalid(problem));
        };
        let length = i64::try_from(file.length());
        let length = length.map_err(|_| UploadError::Invalid("it is longer than any file"))?;
        let name = file.file_name().unwrap_or("file");
        let mut asset = CreateAssetUpload::new(media_type, name, length);
        let mut complete = CompleteAssetUpload::new();
        if let Some(checksum) = self.checksum {
            asset = asset.checksum_sha256(checksum.clone());
            complete = complete.checksum_sha256(checksum);
        }
        let place = client.create_asset_upload().body(asset).send().await;
        let place = place.map_err(UploadError::Create)?.into_inner().data;
        let asset_id = place.asset_id;
        // A limit of nothing is none.
        if (1..length).contains(&place.max_bytes) {
            return Err(UploadError::TooLong {
                asset_id,
                length,
                max_bytes: place.max_bytes,
            });
        }

        let upload = client.transfer().upload(place.upload_url, file);
        // Exactly these: the signature is of them.
        let upload = upload.headers(place.upload_headers);
        let upload = match self.listener {
            Some(listener) => upload.on_progress(listener),
            None => upload,
        };
        if let Err(source) = upload.send().await {
            return Err(UploadError::Put { asset_id, source });
        }

        let call = client.complete_asset_upload().asset_id(&asset_id);
        match call.body(complete).send().await {
            Ok(answer) => Ok(answer.into_inner().data.into()),
            Err(source) => Err(UploadError::Complete { asset_id, source }),
        }
    }
}

/// The file with a media type, if its name says one and nothing else does.
#[inline]
fn typed(file: FilePart) -> FilePart {
    let of_name = file.file_name().and_then(media_type::of_name);
    match of_name {
        Some(media_type) if file.content_type().is_none() => file.with_content_type(media_type),
        _ => file,
    }
}

impl fmt::Debug for Upload<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file", &self.file)
            .field("checksum", &self.checksum)
            .field("is_direct", &self.is_direct)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
