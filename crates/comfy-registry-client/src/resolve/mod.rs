//! Which version to install, without counting a download.

mod bulk;
mod error;
mod one;
mod resolved;

pub use error::ResolveError;
pub use one::Wanted;
pub use resolved::Resolved;
