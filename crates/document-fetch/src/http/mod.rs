//! Requests: bounded in time and size, polite, and honest about what went wrong.

mod body;
mod client;
mod etag;
mod exchange;
mod failure;
mod host;
mod retry_after;
mod time_left;
mod url;

pub(crate) use client::{Answer, Ask, Client};
pub(crate) use etag::usable as usable_etag;
pub(crate) use exchange::Received;
pub(crate) use failure::{Failure, Kind};
pub(crate) use url::{may_be_asked, origin, shown};
