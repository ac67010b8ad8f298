//! What a delivery says.

use std::fmt;
use std::time::SystemTime;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{WebhookError, header};
use crate::types::WebhookEventType;

const EVENT_ID: &str = "Heygen-Event-Id";

/// An event that HeyGen tells of.
#[derive(Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// The same each time that the event is sent (`Heygen-Event-Id`), as far as it is sent honestly: the signature does not cover it.
    pub event_id: Option<String>,
    /// When it was sent (`Heygen-Timestamp`), which the signature does not cover either.
    pub sent_at: Option<SystemTime>,
    /// What happened.
    pub event_type: WebhookEventType,
    /// What it is about, whose fields depend on what happened and have changed their names; empty if there is nothing.
    pub data: Map<String, Value>,
}

#[derive(Deserialize)]
struct Payload {
    event_type: WebhookEventType,
    event_data: Option<Map<String, Value>>,
}

impl Delivery {
    #[inline]
    pub(super) fn read(
        headers: &HeaderMap,
        body: &[u8],
        sent_at: Option<SystemTime>,
    ) -> Result<Self, WebhookError> {
        // What serde_json says may quote a value.
        let payload: Payload =
            serde_json::from_slice(body).map_err(|error| WebhookError::UnreadableBody {
                line: error.line(),
                column: error.column(),
            })?;
        let event_id = match header::one(headers, EVENT_ID) {
            Ok(id) => std::str::from_utf8(id).ok(),
            Err(WebhookError::MissingHeader(_)) => None,
            Err(repeated) => return Err(repeated),
        };
        Ok(Self {
            event_id: event_id.filter(|id| !id.is_empty()).map(str::to_owned),
            sent_at,
            event_type: payload.event_type,
            data: payload.event_data.unwrap_or_default(),
        })
    }

    /// The id of the video that it is about.
    #[must_use]
    #[inline]
    pub fn video_id(&self) -> Option<&str> {
        self.text("video_id")
    }

    /// What the call that made the thing was given as `callback_id`.
    #[must_use]
    #[inline]
    pub fn callback_id(&self) -> Option<&str> {
        self.text("callback_id")
    }

    /// Where the result is (`url`, or `video_url` in older deliveries), which expires; `download_video` asks for a fresh one.
    #[must_use]
    #[inline]
    pub fn url(&self) -> Option<&str> {
        self.text("url").or_else(|| self.text("video_url"))
    }

    /// What is said of a failure: `msg`, or `error` in other deliveries, as a text or in an object with a `message`.
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        let of_error = || self.data.get("error")?.get("message")?.as_str();
        self.text("msg")
            .or_else(|| self.text("error"))
            .or_else(|| of_error().filter(|text| !text.is_empty()))
    }

    /// A field of the data that is a text and not empty.
    #[must_use]
    #[inline]
    pub fn text(&self, name: &str) -> Option<&str> {
        let text = self.data.get(name)?.as_str();
        text.filter(|text| !text.is_empty())
    }
}

/// Of the data only the names: it has signed addresses.
impl fmt::Debug for Delivery {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("event_id", &self.event_id)
            .field("sent_at", &self.sent_at)
            .field("event_type", &self.event_type)
            .field("data", &self.data.keys().collect::<Vec<_>>())
            .finish()
    }
}
