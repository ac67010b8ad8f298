//! Why a file of a video is not there.

use std::fmt;

use client_runtime::Error;

use super::VideoFile;
use crate::error::GetVideoError;
use crate::types::{Video, VideoStatus};

/// Why a file of a video was not downloaded.
///
/// Like [`Error`], it shows no credential, no body and no signed address.
#[non_exhaustive]
pub enum DownloadVideoError {
    /// The video could not be asked for.
    Call(Error<GetVideoError>),
    /// The video is not completed: it is still being made, or has failed, as its `status` says. `get_video` with `.wait()` waits for it.
    NotCompleted {
        /// The video as it is.
        video: Box<Video>,
    },
    /// The video is completed, and has no such file.
    NoFile {
        /// The video as it is.
        video: Box<Video>,
        /// What was asked for.
        file: VideoFile,
    },
    /// The file could not be downloaded, or not written; if its URL had expired, not with a fresh one either.
    Transfer(Error),
}

impl DownloadVideoError {
    /// The video, if it was found and has no such file.
    #[must_use]
    #[inline]
    pub fn video(&self) -> Option<&Video> {
        match self {
            Self::NotCompleted { video } | Self::NoFile { video, .. } => Some(video),
            Self::Call(_) | Self::Transfer(_) => None,
        }
    }

    /// What HeyGen or its storage says; see [`Error::message`].
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Call(error) => error.message(),
            Self::NotCompleted { video } => video.failure_message.as_deref(),
            Self::NoFile { .. } => None,
            Self::Transfer(error) => error.message(),
        }
    }
}

impl fmt::Display for DownloadVideoError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => write!(f, "the video could not be asked for: {error}"),
            Self::NotCompleted { video } => match &video.status {
                VideoStatus::Unknown(_) => {
                    f.write_str("the video is not completed: its state is not a known one")
                }
                status => write!(f, "the video is not completed: its state is `{status}`"),
            },
            Self::NoFile { file, .. } => write!(f, "the video is completed, but has no {file}"),
            Self::Transfer(error) => write!(f, "the video was not downloaded: {error}"),
        }
    }
}

/// As `Display`: a video has signed addresses.
impl fmt::Debug for DownloadVideoError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DownloadVideoError({self})")
    }
}

/// The sources are those of the call's error, which `Display` has already.
impl std::error::Error for DownloadVideoError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::NotCompleted { .. } | Self::NoFile { .. } => None,
            Self::Transfer(error) => error.source(),
        }
    }
}
