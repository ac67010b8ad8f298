//! Stage *generate*: a lowered document to Rust by progenitor, guarded against its panics.

mod guard;
mod probe;
mod run;

pub(crate) use guard::catch_here;
pub(crate) use probe::reference;
pub use probe::{PROBE_COMPONENT, Probe};
pub use run::{Generated, generate};
