//! The two steps: the session until it has a video, then the video.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use client_runtime::{Nullable, ResponseValue};

use super::SessionVideoError;
use crate::Client;
use crate::types::{VideoAgentSession, VideoResponse};

/// How long to wait for both unless set otherwise, as for other jobs.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// The video of a session that is waited for; `.await` does it. Made by [`Client::video_of_session`].
#[must_use = "nothing is asked for until it is awaited"]
pub struct SessionVideo<'c> {
    client: &'c Client,
    session_id: String,
    timeout: Duration,
    max_delay: Option<Duration>,
    known: Option<String>,
}

impl Client {
    /// Waits for the video that the agent makes in a session: for the session until it has a video, and from then on for the video alone, since the
    /// session may be gone before its video is done. The looks are those of a [`Wait`](crate::Wait).
    ///
    /// Where the answer that began the session has a `video_id` already, `get_video` with `.wait()` is enough.
    ///
    /// ```no_run
    /// # async fn f(client: heygen_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use heygen_client::types::CreateVideoAgent;
    ///
    /// let prompt = CreateVideoAgent::new("A minute about our new screwdriver");
    /// let begun = client.create_video_agent().body(prompt).send().await?;
    /// match client.video_of_session(&begun.data.session_id).await {
    ///     Ok(video) => println!("{} is done", video.data.id),
    ///     Err(error) if error.needs_person() => println!("the agent asks: {:?}", error.message()),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn video_of_session(&self, session_id: impl Into<String>) -> SessionVideo<'_> {
        SessionVideo {
            client: self,
            session_id: session_id.into(),
            timeout: PATIENCE,
            max_delay: None,
            known: None,
        }
    }
}

impl SessionVideo<'_> {
    /// How long to wait at most, for the session and the video together; 20 minutes unless set.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest wait between two looks; see [`Wait::max_delay`](crate::Wait::max_delay).
    #[inline]
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.max_delay = Some(max_delay);
        self
    }

    /// Waits for another video than this one: the session keeps the id of the video that it has made, after a message that asks for a change
    /// too, until there is a new one.
    pub fn other_than(mut self, video_id: impl Into<String>) -> Self {
        self.known = Some(video_id.into());
        self
    }

    async fn outcome(self) -> Result<ResponseValue<VideoResponse>, SessionVideoError> {
        let began = Instant::now();
        let found = |session: &VideoAgentSession| {
            let id = video_id(session).filter(|id| Some(*id) != self.known.as_deref());
            id.map(str::to_owned)
        };
        let call = self.client.get_video_agent_session();
        let mut wait = call
            .session_id(&self.session_id)
            .wait()
            .timeout(self.timeout);
        if let Some(max_delay) = self.max_delay {
            wait = wait.max_delay(max_delay);
        }
        let session = wait.until(|answer| found(&answer.data).is_some()).await;
        let session = session
            .map_err(SessionVideoError::Session)?
            .into_inner()
            .data;
        let Some(video_id) = found(&session) else {
            let session = Box::new(session);
            return Err(SessionVideoError::NoVideo { session });
        };
        let left = self.timeout.saturating_sub(began.elapsed());
        let mut wait = self.client.get_video().video_id(&video_id).wait();
        if let Some(max_delay) = self.max_delay {
            wait = wait.max_delay(max_delay);
        }
        wait.timeout(left)
            .await
            .map_err(|source| SessionVideoError::Video { video_id, source })
    }
}

/// The id of the session's video, once there is one.
#[inline]
fn video_id(session: &VideoAgentSession) -> Option<&str> {
    let id = Nullable::as_deref(&session.video_id);
    id.filter(|id| !id.is_empty())
}

impl<'c> IntoFuture for SessionVideo<'c> {
    type Output = Result<ResponseValue<VideoResponse>, SessionVideoError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.outcome())
    }
}

impl fmt::Debug for SessionVideo<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionVideo")
            .field("session_id", &self.session_id)
            .field("timeout", &self.timeout)
            .field("max_delay", &self.max_delay)
            .field("other_than", &self.known)
            .finish_non_exhaustive()
    }
}
