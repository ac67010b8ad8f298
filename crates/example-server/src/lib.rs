#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod answers;
mod checks;
pub mod cli;
mod contents;
mod credentials;
mod document;
mod headers;
mod negotiation;
mod operation;
mod paging;
mod prefer;
mod problem;
mod request;
mod routing;
mod schemes;
mod security;
mod server;
mod service;
mod successes;
mod template;
mod values;
mod wire;

pub use credentials::Credential;
pub use request::Received;
pub use server::{MAX_BODY, Server};
pub use service::{Reply, Service};
