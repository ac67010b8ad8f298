//! The bodies of one documented answer.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::document::At;
use crate::negotiation;
use crate::paging::Paging;
use crate::request::essence;
use crate::successes::Successes;
use crate::values::{Values, unknown};
use crate::wire;

/// What `content` of a response has, each media type as bytes.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    all: Vec<Content>,
}

/// The body of one media type.
#[derive(Debug)]
pub(crate) struct Content {
    essence: String,
    /// What `Content-Type` says.
    pub(crate) media_type: HeaderValue,
    pub(crate) body: Bytes,
}

impl Contents {
    /// `successes` says what values of a success are; empty for other answers. With a paging it is the last page.
    pub(crate) fn read(
        response: &At<'_>,
        values: &Values,
        successes: &Successes<'_>,
        last: Option<&Paging>,
    ) -> Self {
        let content = response.get("content");
        let all = content.iter().flat_map(At::members);
        let one = |(key, media): (&str, At<'_>)| {
            let media_type = wire::announced(key, &essence(key));
            let essence = essence(&media_type);
            let mut shown = values.adjusted(&media, successes);
            if let Some(paging) = last {
                let allowed = |page: &Value| values.allows(&media, page);
                shown.iter_mut().for_each(|page| paging.end(page, allowed));
            }
            if shown.is_empty() {
                shown.extend(unknown(&essence));
            }
            Some(Content {
                body: wire::body(&essence, &shown),
                // A key that no header can have is no media type.
                media_type: HeaderValue::from_str(&media_type).ok()?,
                essence,
            })
        };
        Self {
            all: all.filter_map(one).collect(),
        }
    }

    /// The one that a caller gets; `None` if there is no body.
    pub(crate) fn choose(&self, headers: &HeaderMap) -> Option<&Content> {
        let offered: Vec<&str> = self.all.iter().map(|one| one.essence.as_str()).collect();
        self.all.get(negotiation::choose(headers, &offered)?)
    }
}
