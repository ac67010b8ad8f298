// Without the features, the examples of tests and of webhooks in the README would not compile as doctests.
#![cfg_attr(
    any(not(doctest), all(feature = "httpmock", feature = "webhooks")),
    doc = include_str!("../README.md")
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod download;
mod failure;
#[rustfmt::skip] // prettyplease formats it
mod generated;
mod session;
mod upload;
#[cfg(feature = "webhooks")]
pub mod webhook;

pub use client_runtime::{
    BuildError, ByteStream, Bytes, CallOptions, Download, Error, Event, Events, FilePart,
    Formatted, HeaderMap, Items, JobError, JobProgress, Method, Nullable, Paged, Pages, Polled,
    Progress, RawCall, ResponseValue, RetryPolicy, SecretString, StatusCode, Transfer, TransferExt,
    Untyped, Wait,
};
pub use download::{DownloadVideo, DownloadVideoError, VideoFile};
#[cfg(feature = "httpmock")]
pub use generated::httpmock;
pub use generated::{Client, ClientBuilder, builder, error, types};
pub use session::{SessionVideo, SessionVideoError};
pub use upload::{Upload, UploadError, Uploaded};
