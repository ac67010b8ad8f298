#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]

#[cfg(target_arch = "wasm32")]
compile_error!(
    "client-runtime does not support wasm32: a browser follows redirects by itself, so a key could leave its origin"
);
mod body;
mod call;
mod config;
mod credential;
mod deadline;
mod decode;
mod error;
mod error_body;
mod events;
mod file_part;
mod form;
mod formatted;
mod headers;
mod inner;
mod jobs;
mod lenient;
#[cfg(feature = "httpmock")]
pub mod mock;
mod multipart;
mod nullable;
mod numbers;
mod operation;
mod options;
mod origin;
mod pages;
mod parameter;
mod path;
mod query;
mod raw_call;
mod redirect;
mod request_body;
mod response;
mod resume;
mod retry;
mod secrets;
mod sending;
mod server;
mod spans;
mod stream;
mod success;
mod transfer;
mod tree;
mod union;
mod wire_enum;

pub use bytes::Bytes;
pub use config::{BuildError, Config};
pub use credential::Credential;
pub use decode::DecodeFailure;
pub use error::{CallError, Error};
pub use error_body::{Decoded, ErrorBody, Untyped, decode_json};
pub use events::{Event, Events};
pub use file_part::FilePart;
pub use form::RequestBuilderExt;
pub use formatted::Formatted;
#[cfg(feature = "httpmock")]
pub use httpmock;
pub use inner::Inner;
pub use jobs::{JobCall, JobError, JobProgress, JobStates, Polled, Wait, job_text};
pub use lenient::null_as_empty;
pub use nullable::Nullable;
pub use numbers::{NumberTexts, Numbers, integers, numbers_or_texts};
pub use operation::{ClientInfo, OperationInfo, perform};
pub use options::CallOptions;
pub use pages::{Following, Items, PageCall, PageFailure, PageNumber, Paged, Pages, SeenTokens};
pub use parameter::Parameter;
pub use path::encode_path;
pub use query::QueryParam;
pub use raw_call::RawCall;
pub use request_body::RequestBody;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};
pub use response::ResponseValue;
pub use retry::RetryPolicy;
pub use secrecy::{ExposeSecret, SecretString};
pub use stream::ByteStream;
pub use success::SuccessValues;
pub use transfer::{Download, Progress, Transfer, TransferExt, Upload};
pub use union::{Branch, BranchFailure, BranchValue, Union, deserialize_union};
pub use wire_enum::{
    WireEnum, WireValue, deserialize_enum, format_enum, parse_enum, serialize_enum,
};
