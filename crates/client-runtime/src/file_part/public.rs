//! A file in a multipart body.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use std::{fmt, io};

use bytes::Bytes;
use futures_core::Stream;

use super::Content;
use super::disk::DiskFile;
use super::once::Once;
use crate::sending;

/// A part of a multipart body that is a file: bytes, and what is said about them. It can be a whole body as well.
///
/// ```
/// use client_runtime::FilePart;
///
/// let part = FilePart::new(&b"\x89PNG"[..])
///     .with_file_name("logo.png")
///     .with_content_type("image/png");
/// assert_eq!(part.file_name(), Some("logo.png"));
/// ```
///
/// Bytes and texts turn into a part with `into`, so a builder's setter takes them as they are. What is not to be held in
/// memory is a file on disk ([`open`](Self::open)) or a stream of known length ([`from_stream`](Self::from_stream)): it is
/// read piece by piece while it is sent, with an exact `Content-Length`. A call has 30 seconds in all unless the `timeout` of
/// its client says otherwise, which is little for a long file.
///
/// A part turns into a [`reqwest::Body`] with `into`, for operations whose body is a file and nothing else. The file name and
/// the media type are not sent then: the operation has its own.
///
/// ```no_run
/// use client_runtime::{ClientInfo, FilePart, Inner, Method, RawCall};
///
/// async fn upload(client: &impl ClientInfo<Inner>) -> Result<(), Box<dyn std::error::Error>> {
///     let film = FilePart::open("film.mp4").await?;
///     println!("{} bytes", film.length());
///     RawCall::new(client, Method::PUT, "/films/1").body(film).send::<()>().await?;
///     Ok(())
/// }
/// ```
///
/// A body that is a file on disk or a stream, or has one in it, is not sent again after a redirect, which is an error then
/// ([`Error::is_redirect`](crate::Error::is_redirect)). A file that is gone, and one that is shorter or longer than announced,
/// is an error as well ([`Error::is_request_body`](crate::Error::is_request_body)), and never a body of another length.
///
/// Two parts are equal if what is said about them is, and their bytes are known to be: the same bytes, one path with one
/// length, or clones with the very same stream.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    content: Content,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl FilePart {
    /// A file of these bytes. Without more it is sent under the name of its part, with the media type that the API
    /// documents for the part, or else as `application/octet-stream`.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            content: Content::Memory(bytes.into()),
            file_name: None,
            content_type: None,
        }
    }

    /// A file on disk, under its own name if that is UTF-8. Its length is read now, and its bytes each time that it is sent.
    ///
    /// # Errors
    ///
    /// If the path leads to no regular file, or to one that cannot be read. The error names the path.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file_name = path.file_name().and_then(OsStr::to_str).map(str::to_owned);
        Ok(Self {
            content: Content::Disk(Arc::new(DiskFile::open(path.to_owned()).await?)),
            file_name,
            content_type: None,
        })
    }

    /// A stream of bytes that yields `length` of them in all and then ends. It can be sent once: clones share it, and a call
    /// that sends it a second time is an [invalid request](crate::Error::is_invalid_request). A call that fails before
    /// anything of it was read leaves it as it was.
    ///
    /// The body of an answer, a [`ByteStream`](crate::ByteStream), is such a stream.
    pub fn from_stream<S, B, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self {
            content: Content::Stream(Once::new(stream, length)),
            file_name: None,
            content_type: None,
        }
    }

    /// Sets the file's name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type of the bytes.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file's name, if it was set.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type of the bytes, if it was set.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// How long the file is, in bytes: for a stream, as announced.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.content.length()
    }

    /// Whether it can be sent only once.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.content, Content::Stream(_))
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    /// The bytes as a text.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(crate) fn text(&self) -> Result<&str, &'static str> {
        match &self.content {
            Content::Memory(bytes) => {
                std::str::from_utf8(bytes).map_err(|_| "the bytes of a file are not UTF-8")
            }
            Content::Disk(_) | Content::Stream(_) => Err(
                "a file on disk or a stream cannot be a text: it is sent as a part of a multipart body, or as a body",
            ),
        }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("content", &format_args!("{}", self.content.kind()))
            .field("length", &self.length())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

macro_rules! from {
    ($($type:ty,)*) => {
        $(impl From<$type> for FilePart {
            fn from(content: $type) -> Self {
                Self::new(content)
            }
        })*
    };
}

from! { Bytes, Vec<u8>, String, &'static [u8], &'static str, }

impl<const N: usize> From<&'static [u8; N]> for FilePart {
    fn from(content: &'static [u8; N]) -> Self {
        Self::new(&content[..])
    }
}

/// The file and nothing else, with its `Content-Length`.
impl From<FilePart> for reqwest::Body {
    fn from(file: FilePart) -> Self {
        sending::body_of(&file.content)
    }
}
