//! Calls that are made again by themselves.

mod after;
mod attempts;
mod growing;
mod idempotency;
mod policy;

pub(crate) use after::retry_after;
pub(crate) use attempts::{Attempts, may_pass};
pub(crate) use growing::growing;
pub(crate) use idempotency::{has_key, is_idempotent};
pub use policy::RetryPolicy;
