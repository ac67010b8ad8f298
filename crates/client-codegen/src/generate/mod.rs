//! Stage *generate*: a lowered document to Rust by progenitor, guarded against its panics.

mod guard;
mod probe;
mod run;

pub(crate) use guard::catch_here;
pub use probe::{ErrorProbe, PROBE_COMPONENT};
pub use run::{Generated, generate};
