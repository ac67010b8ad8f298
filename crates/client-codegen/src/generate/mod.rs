//! Stage *generate*: a lowered document to Rust by progenitor, guarded against its failures.

mod child;
mod component_types;
mod culprits;
mod failure;
mod guard;
mod isolation;
mod left_out;
mod mocks;
mod parts;
mod probe;
mod process;
mod run;
pub(crate) mod secrets;
mod upstream;

pub use child::{CHILD_COMMAND, answer_parent};
pub use component_types::component_types;
pub(crate) use guard::catch_here;
pub use isolation::{Isolation, TIME_LIMIT};
pub(crate) use mocks::MOCK_MODULE;
pub(crate) use probe::reference;
pub use probe::{PROBE_COMPONENT, Probe};
pub use run::{Generated, generate};
