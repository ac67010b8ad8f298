//! The files of a video.

use std::fmt;

use crate::types::Video;

/// One of the files that belong to a video.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VideoFile {
    /// The video.
    #[default]
    Video,
    /// The video with captions in the picture.
    Captioned,
    /// The captions as SRT.
    Subtitles,
    /// A picture of it.
    Thumbnail,
    /// A moving picture of it.
    Gif,
}

impl VideoFile {
    /// Where the file is, if there is one.
    #[inline]
    pub(super) fn url(self, video: &Video) -> Option<&str> {
        let url = match self {
            Self::Video => &video.video_url,
            Self::Captioned => &video.captioned_video_url,
            Self::Subtitles => &video.subtitle_url,
            Self::Thumbnail => &video.thumbnail_url,
            Self::Gif => &video.gif_url,
        };
        url.as_deref().filter(|url| !url.is_empty())
    }
}

impl fmt::Display for VideoFile {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Video => "video file",
            Self::Captioned => "video file with captions",
            Self::Subtitles => "subtitles",
            Self::Thumbnail => "thumbnail",
            Self::Gif => "gif",
        })
    }
}
