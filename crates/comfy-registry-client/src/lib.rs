// Without the feature, the example of tests in the README would not compile as a doctest.
#![cfg_attr(any(not(doctest), feature = "httpmock"), doc = include_str!("../README.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod classes;
#[rustfmt::skip] // prettyplease formats it
mod generated;
mod number;
mod publish;
mod resolve;
pub mod views;

pub use client_runtime::{
    BuildError, ByteStream, Bytes, CallOptions, Download, Error, Event, Events, FilePart,
    Formatted, HeaderMap, Items, JobError, JobProgress, Method, Nullable, Paged, Pages, Polled,
    Progress, RawCall, ResponseValue, RetryPolicy, SecretString, StatusCode, Transfer, TransferExt,
    Untyped, Wait,
};
#[cfg(feature = "httpmock")]
pub use generated::httpmock;
pub use generated::{Client, ClientBuilder, builder, error, types};
pub use number::VersionNumber;
pub use publish::{Publish, PublishError, Published};
pub use resolve::{ResolveError, Resolved, Wanted};
