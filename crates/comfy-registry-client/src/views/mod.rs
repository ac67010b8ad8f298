//! Fields that are texts and hold JSON: what they mean, whatever is in them.
//!
//! Nothing here fails: what is not what is expected is given as it is.

mod embedded;
mod inputs;
mod license;
mod outputs;
mod status_reason;

pub use embedded::Embedded;
pub use inputs::{Input, InputKind, InputTypes};
pub use license::License;
pub use status_reason::StatusReason;
