//! Why a session gave no video.

use std::fmt;

use client_runtime::JobError;

use crate::error::{GetVideoAgentSessionError, GetVideoError};
use crate::types::{
    VideoAgentMessage, VideoAgentMessageType, VideoAgentSession, VideoAgentSessionResponse,
    VideoResponse,
};

/// Why the waiting for the video of a session ended without it, by the step in which it did.
///
/// Like [`JobError`], it shows nothing of what HeyGen wrote; [`message`](Self::message) gives it.
#[non_exhaustive]
pub enum SessionVideoError {
    /// The session has no video: it has failed, waits for a person, was not that far in time, or could not be asked for.
    Session(JobError<VideoAgentSessionResponse, GetVideoAgentSessionError>),
    /// The session is completed without a video, or without another one than the one that was there.
    NoVideo {
        /// The session as it is.
        session: Box<VideoAgentSession>,
    },
    /// The session has a video, which has failed, was not done in time, or could not be asked for. `get_video` with `.wait()` goes on waiting.
    Video {
        /// The id of the video.
        video_id: String,
        /// What came of the waiting.
        source: JobError<VideoResponse, GetVideoError>,
    },
}

impl SessionVideoError {
    /// The id of the video, if there is one.
    #[must_use]
    #[inline]
    pub fn video_id(&self) -> Option<&str> {
        match self {
            Self::Video { video_id, .. } => Some(video_id),
            Self::Session(_) | Self::NoVideo { .. } => None,
        }
    }

    /// There will be no video: the session or the video has failed, or the session is completed without one.
    #[must_use]
    #[inline]
    pub fn is_failed(&self) -> bool {
        match self {
            Self::Session(error) => error.is_failed(),
            Self::NoVideo { .. } => true,
            Self::Video { source, .. } => source.is_failed(),
        }
    }

    /// The agent has asked something or wants its work to be looked at: answer by `send_video_agent_message`, and wait again, for a change of a
    /// video by [`other_than`](crate::SessionVideo::other_than).
    #[must_use]
    #[inline]
    pub fn needs_person(&self) -> bool {
        match self {
            Self::Session(error) => error.needs_person(),
            Self::NoVideo { .. } => false,
            Self::Video { source, .. } => source.needs_person(),
        }
    }

    /// The time of the waiting is over. The agent may go on.
    #[must_use]
    #[inline]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Session(error) => error.is_timeout(),
            Self::NoVideo { .. } => false,
            Self::Video { source, .. } => source.is_timeout(),
        }
    }

    /// What HeyGen says about it: of a session that has failed the last message that is an error, of one that needs a person the
    /// agent's last words, of a video that has failed why, and of a call that failed [`Error::message`](crate::Error::message).
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Session(error) if error.is_call() => error.call()?.message(),
            Self::Session(error) => {
                let answer = error.answer()?;
                let mut messages = answer.data.messages.iter().flatten().rev();
                let is_error =
                    |said: &&VideoAgentMessage| said.type_ == VideoAgentMessageType::Error;
                let said = if error.is_failed() {
                    messages.find(is_error)
                } else if error.needs_person() {
                    messages.find(|said| said.role != "user")
                } else {
                    None
                };
                said.map(|said| said.content.as_str())
            }
            Self::NoVideo { .. } => None,
            Self::Video { source, .. } if source.is_call() => source.call()?.message(),
            Self::Video { source, .. } => source.message(),
        }
    }
}

impl fmt::Display for SessionVideoError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(error) => write!(f, "the session has no video: {error}"),
            Self::NoVideo { .. } => f.write_str("the session is completed, but has no video"),
            Self::Video { video_id, source } => {
                write!(f, "the session's video {video_id:?} is not there: {source}")
            }
        }
    }
}

/// As `Display`: a session holds a conversation.
impl fmt::Debug for SessionVideoError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionVideoError({self})")
    }
}

/// The sources are those of the job's error, which `Display` has already.
impl std::error::Error for SessionVideoError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Session(error) => error.source(),
            Self::NoVideo { .. } => None,
            Self::Video { source, .. } => source.source(),
        }
    }
}
