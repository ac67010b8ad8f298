//! Configuration of a client.

mod base_url;
mod environment;
mod error;
mod http;
mod servers;
mod settings;
mod storage_http;

pub use error::BuildError;
pub use settings::Config;
pub(crate) use settings::MAX_RESPONSE_BYTES;
pub(crate) use storage_http::StorageHttp;
